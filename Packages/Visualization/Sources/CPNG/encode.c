#include <stdlib.h>

#include "errors.h"
#include "rows.h"

typedef struct {
  cpng_buffer *result;
  size_t capacity;
} sink;

static void sink_write(png_structp png, png_bytep bytes, size_t count) {
  sink *s = png_get_io_ptr(png);
  size_t needed = s->result->count + count;
  if (needed > s->capacity) {
    size_t capacity = s->capacity * 2 > needed ? s->capacity * 2 : needed + 65536;
    uint8_t *grown = realloc(s->result->bytes, capacity);
    if (!grown) png_error(png, "out of memory");
    s->result->bytes = grown;
    s->capacity = capacity;
  }
  memcpy(s->result->bytes + s->result->count, bytes, count);
  s->result->count = needed;
}

static void sink_flush(png_structp png) { (void)png; }

static void write_text(png_structp png, png_infop info, const cpng_options *options) {
  for (size_t i = 0; i < options->text_count; i++) {
    const cpng_text *from = &options->texts[i];
    png_text chunk;
    memset(&chunk, 0, sizeof chunk);
    chunk.key = (char *)from->keyword;
    chunk.text = (char *)from->text;
    chunk.lang = "";
    chunk.lang_key = "";
    if (from->international) {
      chunk.compression = PNG_ITXT_COMPRESSION_NONE;
      chunk.itxt_length = strlen(from->text);
    } else {
      chunk.compression = PNG_TEXT_COMPRESSION_NONE;
      chunk.text_length = strlen(from->text);
    }
    png_set_text(png, info, &chunk, 1);
  }
}

static void write_palette(png_structp png, png_infop info, const cpng_palette *p) {
  png_color colors[256] = {{0, 0, 0}};
  png_byte alphas[256];
  int transparent = 0;
  for (int i = 0; i < p->count; i++) {
    uint32_t c = p->colors[i], a = c >> 24;
    alphas[i] = (png_byte)a;
    if (a < 255) transparent = i + 1;
    colors[i].red = a ? cpng_straight((c >> 16) & 255, a) : 0;
    colors[i].green = a ? cpng_straight((c >> 8) & 255, a) : 0;
    colors[i].blue = a ? cpng_straight(c & 255, a) : 0;
  }
  png_set_PLTE(png, info, colors, p->count);
  if (transparent) png_set_tRNS(png, info, alphas, transparent, NULL);
}

static void free_parts(cpng_part *parts, size_t count) {
  for (size_t i = 0; i < count && parts; i++) free(parts[i].bytes);
  free(parts);
}

// Writes the file around the compressed parts. Everything that a longjmp must find unchanged is set before setjmp and
// only pointed to afterwards.
static int write_file(
    const cpng_rows *rows, const cpng_options *options, const cpng_part *parts, size_t count, sink *target,
    char message[CPNG_MESSAGE_SIZE]) {
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, message, cpng_fail, cpng_ignore);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    if (png) png_destroy_write_struct(&png, &info);
    return -1;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    return -1;
  }
  png_set_write_fn(png, target, sink_write, sink_flush);
  int type = rows->indexed ? PNG_COLOR_TYPE_PALETTE : rows->alpha ? PNG_COLOR_TYPE_RGBA : PNG_COLOR_TYPE_RGB;
  png_set_IHDR(
      png, info, rows->width, rows->height, 8, type, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
      PNG_FILTER_TYPE_DEFAULT);
  png_set_sRGB(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
  if (rows->indexed) write_palette(png, info, &rows->palette);
  if (options->pixels_per_metre) {
    png_set_pHYs(png, info, options->pixels_per_metre, options->pixels_per_metre, PNG_RESOLUTION_METER);
  }
  write_text(png, info, options);
  png_write_info(png, info);
  for (size_t i = 0; i < count; i++) png_write_chunk(png, (png_const_bytep)"IDAT", parts[i].bytes, parts[i].count);
  // Not png_write_end, which wants to have compressed the rows itself.
  png_write_chunk(png, (png_const_bytep)"IEND", NULL, 0);
  png_destroy_write_struct(&png, &info);
  return 0;
}

int cpng_encode(
    const uint32_t *pixels, uint32_t width, uint32_t height, const cpng_options *options, cpng_share share,
    cpng_buffer *result, char message[CPNG_MESSAGE_SIZE]) {
  result->bytes = NULL;
  result->count = 0;
  cpng_store(message, "out of memory");
  if (width == 0 || height == 0) {
    cpng_store(message, "a picture needs at least one pixel");
    return -1;
  }
  int status = -1;
  size_t count = 0;
  cpng_part *parts = NULL;
  cpng_rows *rows = malloc(sizeof *rows);
  if (rows) {
    cpng_rows_choose(rows, pixels, width, height, options->color);
    count = cpng_part_count(rows);
    parts = calloc(count, sizeof *parts);
  }
  sink target = {result, 0};
  if (parts && cpng_compress(rows, options->level, share, parts, count) == 0) {
    status = write_file(rows, options, parts, count, &target, message);
  }
  free_parts(parts, count);
  free(rows);
  if (status != 0) {
    free(result->bytes);
    result->bytes = NULL;
    result->count = 0;
  }
  return status;
}

void cpng_free(void *pointer) { free(pointer); }

// The polynomial of PNG's checksum, four bits at a time: a table of sixteen entries made on the spot is fast enough
// for the few chunks of an animation.
uint32_t cpng_crc32(uint32_t crc, const uint8_t *bytes, size_t count) {
  uint32_t table[16];
  for (uint32_t i = 0; i < 16; i++) {
    uint32_t value = i;
    for (int bit = 0; bit < 4; bit++) value = value & 1 ? value >> 1 ^ 0xedb88320u : value >> 1;
    table[i] = value;
  }
  crc = ~crc;
  for (size_t i = 0; i < count; i++) {
    crc ^= bytes[i];
    crc = crc >> 4 ^ table[crc & 15];
    crc = crc >> 4 ^ table[crc & 15];
  }
  return ~crc;
}
