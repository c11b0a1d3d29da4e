// PNG in memory by libpng. libpng reports errors by longjmp, which must not cross Swift frames: here every error
// stays inside one C function and comes back as a return value with a message.
#ifndef WABE_CPNG_H
#define WABE_CPNG_H

#include <stddef.h>
#include <stdint.h>

/// One text chunk: tEXt if the text is Latin-1, iTXt if `international` is set (then the text is UTF-8).
typedef struct {
  const char *keyword;
  const char *text;
  int international;
} cpng_text;

/// How pixels are stored in the file.
typedef enum {
  CPNG_COLOR_AUTOMATIC = 0,  // palette up to 256 colours, else RGB, RGBA if a pixel is transparent
  CPNG_COLOR_RGB = 1,
  CPNG_COLOR_RGBA = 2,
} cpng_color;

/// What to write beside the pixels and how hard to compress.
typedef struct {
  cpng_color color;
  int level;                  // zlib level 0…9
  uint32_t pixels_per_metre;  // 0: no pHYs chunk
  const cpng_text *texts;
  size_t text_count;
} cpng_options;

/// Bytes owned by C; give them back with `cpng_free`.
typedef struct {
  uint8_t *bytes;
  size_t count;
} cpng_buffer;

/// A decoded picture with one 32-bit word per pixel: premultiplied alpha, red, green, blue from the highest byte down.
typedef struct {
  uint32_t *pixels;
  uint32_t width;
  uint32_t height;
  int had_color;  // the file stores more than gray
  uint32_t pixels_per_metre;
  cpng_buffer text;  // keyword NUL text NUL keyword NUL text NUL …, all UTF-8
} cpng_image;

enum { CPNG_MESSAGE_SIZE = 192 };

/// Calls part(context, i) for each i below count, on several threads if it likes, and returns when all are done.
typedef void (*cpng_share)(size_t count, void *context, void (*part)(void *context, size_t index));

/// Encodes premultiplied pixels; large pictures are compressed in parts by `share`, or one after the other if it is
/// null. Returns 0, or −1 with a message; the same input gives the same bytes, whoever does the parts.
int cpng_encode(
    const uint32_t *pixels, uint32_t width, uint32_t height, const cpng_options *options, cpng_share share,
    cpng_buffer *result, char message[CPNG_MESSAGE_SIZE]);

/// Decodes a PNG of at most `pixel_limit` pixels. Returns 0, −1 with a message, or 1 if the picture is larger (then
/// `width` and `height` are set).
int cpng_decode(
    const uint8_t *bytes, size_t count, uint64_t pixel_limit, cpng_image *result, char message[CPNG_MESSAGE_SIZE]);

/// Frees what `cpng_encode` or `cpng_decode` returned. Null is allowed.
void cpng_free(void *pointer);

/// The CRC-32 of PNG chunks, continued from `crc` (start with 0).
uint32_t cpng_crc32(uint32_t crc, const uint8_t *bytes, size_t count);

#endif
