#include <stdlib.h>

#include "errors.h"

typedef struct {
  const uint8_t *bytes;
  size_t count;
  size_t position;
} source;

static void source_read(png_structp png, png_bytep to, size_t count) {
  source *s = png_get_io_ptr(png);
  if (count > s->count - s->position) png_error(png, "the file ends too early");
  memcpy(to, s->bytes + s->position, count);
  s->position += count;
}

// Text that is kept: enough for provenance, never a way to fill the memory.
enum { TEXT_LIMIT = 1 << 16 };

static size_t append_utf8(uint8_t *to, const char *text, int latin1) {
  size_t count = 0;
  for (const uint8_t *c = (const uint8_t *)text; *c; c++) {
    if (latin1 && *c >= 128) {
      to[count++] = (uint8_t)(0xc0 | (*c >> 6));
      to[count++] = (uint8_t)(0x80 | (*c & 0x3f));
    } else {
      to[count++] = *c;
    }
  }
  to[count++] = 0;
  return count;
}

static void collect_text(png_structp png, png_infop info, cpng_image *result) {
  png_textp chunks = NULL;
  int count = 0;
  png_get_text(png, info, &chunks, &count);
  for (int i = 0; i < count; i++) {
    if (!chunks[i].text) continue;
    size_t need = strlen(chunks[i].key) * 2 + strlen(chunks[i].text) * 2 + 2;
    if (result->text.count + need > TEXT_LIMIT) continue;
    uint8_t *grown = realloc(result->text.bytes, result->text.count + need);
    if (!grown) png_error(png, "out of memory");
    result->text.bytes = grown;
    int latin1 = chunks[i].compression < PNG_ITXT_COMPRESSION_NONE;
    result->text.count += append_utf8(grown + result->text.count, chunks[i].key, 1);
    result->text.count += append_utf8(grown + result->text.count, chunks[i].text, latin1);
  }
}

// From the bytes red, green, blue, alpha to one premultiplied word.
static void premultiply(const uint8_t *in, uint32_t *out, uint32_t width) {
  for (uint32_t x = 0; x < width; x++) {
    uint32_t a = in[4 * x + 3];
    uint32_t r = (in[4 * x] * a + 127) / 255;
    uint32_t g = (in[4 * x + 1] * a + 127) / 255;
    uint32_t b = (in[4 * x + 2] * a + 127) / 255;
    out[x] = a << 24 | r << 16 | g << 8 | b;
  }
}

static void expand_to_rgba(png_structp png, png_infop info) {
  int type = png_get_color_type(png, info);
  if (png_get_bit_depth(png, info) == 16) png_set_scale_16(png);
  if (type == PNG_COLOR_TYPE_PALETTE) png_set_palette_to_rgb(png);
  if (type == PNG_COLOR_TYPE_GRAY) png_set_expand_gray_1_2_4_to_8(png);
  if (png_get_valid(png, info, PNG_INFO_tRNS)) png_set_tRNS_to_alpha(png);
  if (!(type & PNG_COLOR_MASK_COLOR)) png_set_gray_to_rgb(png);
  png_set_filler(png, 0xff, PNG_FILLER_AFTER);
}

// The body that may jump. `rows` are filled in place so that interlaced files work as well: a row of bytes red, green,
// blue, alpha takes exactly the room of its words.
static int decode(png_structp png, png_infop info, uint64_t pixel_limit, cpng_image *result) {
  png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
  png_set_chunk_malloc_max(png, 1 << 22);
  png_set_chunk_cache_max(png, 128);
  png_set_option(png, PNG_MAXIMUM_INFLATE_WINDOW, PNG_OPTION_ON);
  png_read_info(png, info);
  result->width = png_get_image_width(png, info);
  result->height = png_get_image_height(png, info);
  if ((uint64_t)result->width * result->height > pixel_limit) return 1;
  result->had_color = (png_get_color_type(png, info) & PNG_COLOR_MASK_COLOR) != 0;
  expand_to_rgba(png, info);
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  if (png_get_rowbytes(png, info) != (size_t)result->width * 4) png_error(png, "an unsupported pixel layout");
  result->pixels = calloc((size_t)result->width * result->height, 4);
  if (!result->pixels) png_error(png, "out of memory");
  for (int pass = 0; pass < passes; pass++) {
    for (uint32_t y = 0; y < result->height; y++) {
      png_read_row(png, (png_bytep)(result->pixels + (size_t)y * result->width), NULL);
    }
  }
  png_read_end(png, info);
  for (uint32_t y = 0; y < result->height; y++) {
    uint32_t *row = result->pixels + (size_t)y * result->width;
    premultiply((const uint8_t *)row, row, result->width);
  }
  png_uint_32 across = 0, down = 0;
  int unit = 0;
  if (png_get_pHYs(png, info, &across, &down, &unit) && unit == PNG_RESOLUTION_METER) result->pixels_per_metre = across;
  collect_text(png, info, result);
  return 0;
}

int cpng_decode(
    const uint8_t *bytes, size_t count, uint64_t pixel_limit, cpng_image *result, char message[CPNG_MESSAGE_SIZE]) {
  memset(result, 0, sizeof *result);
  cpng_store(message, "out of memory");
  if (count < 8 || png_sig_cmp(bytes, 0, 8)) {
    cpng_store(message, "not a PNG file: the signature is missing");
    return -1;
  }
  source from = {bytes, count, 0};
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, message, cpng_fail, cpng_ignore);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    if (png) png_destroy_read_struct(&png, NULL, NULL);
    return -1;
  }
  int status;
  if (setjmp(png_jmpbuf(png))) {
    status = -1;
  } else {
    png_set_read_fn(png, &from, source_read);
    status = decode(png, info, pixel_limit, result);
  }
  png_destroy_read_struct(&png, &info, NULL);
  if (status != 0) {
    free(result->pixels);
    free(result->text.bytes);
    result->pixels = NULL;
    result->text.bytes = NULL;
    result->text.count = 0;
  }
  return status;
}
