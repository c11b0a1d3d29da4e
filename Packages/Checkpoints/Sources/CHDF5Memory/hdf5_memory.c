// A file driver for libhdf5 whose file is memory.
//
// Unlike HDF5's own "core" driver it does not fill the space of arrays that are not written through it (their bytes go
// to the disk directly), hands out what was written without a copy, and reads a caller's buffer in place.

#define H5_USE_110_API 1
#include "hdf5_memory.h"

#include <hdf5.h>
#include <stdlib.h>
#include <string.h>

enum { page_size = 4096 };

typedef struct {
  uint64_t address;
  uint8_t *bytes;
} page;

struct wabe_image {
  const uint8_t *readable;  // or NULL when pages are written
  uint64_t end;             // end of what exists
  uint64_t allocated;       // end of what libhdf5 has given to objects
  page *pages;              // sorted by address
  size_t page_count, page_capacity;
};

wabe_image *wabe_image_create(void) { return calloc(1, sizeof(wabe_image)); }

wabe_image *wabe_image_over(const uint8_t *bytes, size_t count) {
  wabe_image *image = calloc(1, sizeof *image);
  if (image) image->readable = bytes, image->end = count;
  return image;
}

void wabe_image_free(wabe_image *image) {
  if (!image) return;
  for (size_t i = 0; i < image->page_count; i++) free(image->pages[i].bytes);
  free(image->pages);
  free(image);
}

size_t wabe_image_page_count(const wabe_image *image) { return image->page_count; }

uint64_t wabe_image_page(const wabe_image *image, size_t index, const uint8_t **bytes, size_t *count) {
  *bytes = image->pages[index].bytes;
  *count = page_size;
  return image->pages[index].address;
}

uint64_t wabe_image_end(const wabe_image *image) { return image->allocated; }

// The index of the first page at or after `address`.
static size_t position(const wabe_image *image, uint64_t address) {
  size_t low = 0, high = image->page_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (image->pages[middle].address < address) low = middle + 1;
    else high = middle;
  }
  return low;
}

// The page at `address`, new and zero if there was none; NULL when memory is missing.
static uint8_t *page_for(wabe_image *image, uint64_t address) {
  size_t at = position(image, address);
  if (at < image->page_count && image->pages[at].address == address) return image->pages[at].bytes;
  if (image->page_count == image->page_capacity) {
    size_t capacity = image->page_capacity ? 2 * image->page_capacity : 64;
    page *larger = realloc(image->pages, capacity * sizeof(page));
    if (!larger) return NULL;
    image->pages = larger, image->page_capacity = capacity;
  }
  uint8_t *bytes = calloc(1, page_size);
  if (!bytes) return NULL;
  memmove(image->pages + at + 1, image->pages + at, (image->page_count - at) * sizeof(page));
  image->pages[at] = (page){address, bytes};
  image->page_count++;
  return bytes;
}

// Calls for each page that [address, address + size) touches; reading a page that was never written gives zeros.
static bool transfer(wabe_image *image, uint64_t address, size_t size, uint8_t *target, const uint8_t *source) {
  while (size > 0) {
    uint64_t start = address / page_size * page_size;
    size_t skip = address - start, count = page_size - skip < size ? page_size - skip : size;
    if (source) {
      uint8_t *bytes = page_for(image, start);
      if (!bytes) return false;
      memcpy(bytes + skip, source, count);
      source += count;
    } else {
      size_t at = position(image, start);
      if (at < image->page_count && image->pages[at].address == start) memcpy(target, image->pages[at].bytes + skip, count);
      else memset(target, 0, count);
      target += count;
    }
    address += count, size -= count;
  }
  return true;
}

// What libhdf5 knows of an open file; its own part must come first.
typedef struct {
  H5FD_t base;
  wabe_image *image;
} open_file;

// What a property list carries: libhdf5 copies these bytes.
typedef struct {
  wabe_image *image;
} settings;

static wabe_image *image_of(const H5FD_t *file) { return ((const open_file *)file)->image; }

static H5FD_t *driver_open(const char *name, unsigned flags, hid_t access, haddr_t limit) {
  (void)name, (void)limit;
  const settings *chosen = H5Pget_driver_info(access);
  if (!chosen || !chosen->image) return NULL;
  if (chosen->image->readable && (flags & H5F_ACC_RDWR)) return NULL;
  open_file *file = calloc(1, sizeof *file);
  if (file) file->image = chosen->image;
  return (H5FD_t *)file;
}

static herr_t driver_close(H5FD_t *file) {
  free(file);
  return 0;
}

static herr_t driver_query(const H5FD_t *file, unsigned long *flags) {
  (void)file;
  *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
  return 0;
}

static haddr_t driver_get_eoa(const H5FD_t *file, H5FD_mem_t type) {
  (void)type;
  return image_of(file)->allocated;
}

static herr_t driver_set_eoa(H5FD_t *file, H5FD_mem_t type, haddr_t address) {
  (void)type;
  image_of(file)->allocated = address;
  return 0;
}

static haddr_t driver_get_eof(const H5FD_t *file, H5FD_mem_t type) {
  (void)type;
  return image_of(file)->end;
}

static herr_t driver_read(H5FD_t *file, H5FD_mem_t type, hid_t list, haddr_t address, size_t size, void *buffer) {
  (void)type, (void)list;
  wabe_image *image = image_of(file);
  if (!image->readable) return transfer(image, address, size, buffer, NULL) ? 0 : -1;
  if (address > image->end || size > image->end - address) return -1;
  memcpy(buffer, image->readable + address, size);
  return 0;
}

static herr_t driver_write(
    H5FD_t *file, H5FD_mem_t type, hid_t list, haddr_t address, size_t size, const void *buffer) {
  (void)type, (void)list;
  wabe_image *image = image_of(file);
  if (image->readable || address > UINT64_MAX - size) return -1;
  if (!transfer(image, address, size, NULL, buffer)) return -1;
  if (image->end < address + size) image->end = address + size;
  return 0;
}

static const H5FD_class_t driver = {
#if defined(H5FD_CLASS_VERSION)
    .version = H5FD_CLASS_VERSION,
    .value = (H5FD_class_value_t)600,
#endif
    .name = "wabe_memory",
    .maxaddr = (haddr_t)INT64_MAX,
    .fc_degree = H5F_CLOSE_STRONG,
    .fapl_size = sizeof(settings),
    .open = driver_open,
    .close = driver_close,
    .query = driver_query,
    .get_eoa = driver_get_eoa,
    .set_eoa = driver_set_eoa,
    .get_eof = driver_get_eof,
    .read = driver_read,
    .write = driver_write,
    .fl_map = H5FD_FLMAP_SINGLE,
};

int64_t wabe_image_driver(void) { return H5FDregister(&driver); }

bool wabe_image_use(int64_t access, int64_t driver_id, wabe_image *image) {
  settings chosen = {image};
  return H5Pset_driver(access, driver_id, &chosen) >= 0;
}
