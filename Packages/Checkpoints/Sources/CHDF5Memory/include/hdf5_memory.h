#ifndef WABE_HDF5_MEMORY_H
#define WABE_HDF5_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// The bytes behind an HDF5 file that exists in memory only.
typedef struct wabe_image wabe_image;

/// An empty image that libhdf5 can write; only the pages it touches take memory, so that the space of large arrays,
/// which is filled elsewhere, costs nothing. NULL when memory is missing.
wabe_image *wabe_image_create(void);

/// An image that libhdf5 can read, over `count` bytes that must outlive it. NULL when memory is missing.
wabe_image *wabe_image_over(const uint8_t *bytes, size_t count);

/// Frees an image, after the file on it has been closed.
void wabe_image_free(wabe_image *image);

/// The pages that were written, in ascending order.
size_t wabe_image_page_count(const wabe_image *image);

/// The position in the file of page `index`, and its bytes; the last page may reach past the end of the file.
uint64_t wabe_image_page(const wabe_image *image, size_t index, const uint8_t **bytes, size_t *count);

/// Where the file on this image ends, as libhdf5 last said.
uint64_t wabe_image_end(const wabe_image *image);

/// Makes the property list `access` open files on `image`; `driver` comes from `wabe_image_driver`.
bool wabe_image_use(int64_t access, int64_t driver, wabe_image *image);

/// Registers the driver with libhdf5 and returns its identifier, negative on failure.
int64_t wabe_image_driver(void);

#endif
