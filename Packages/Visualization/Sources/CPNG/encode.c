#include <stdlib.h>

#include "errors.h"

// Up to 256 colours in the order of their first appearance, found through a small open hash table.
typedef struct {
  uint32_t colors[256];
  int count;
  uint32_t keys[1024];
  int16_t slots[1024];  // −1: free
} palette;

static int palette_index(palette *p, uint32_t color) {
  uint32_t h = (color * 2654435761u) >> 22;
  while (p->slots[h] >= 0) {
    if (p->keys[h] == color) return p->slots[h];
    h = (h + 1) & 1023;
  }
  if (p->count == 256) return -1;
  p->keys[h] = color;
  p->slots[h] = (int16_t)p->count;
  p->colors[p->count] = color;
  return p->count++;
}

static int palette_build(palette *p, const uint32_t *pixels, size_t count) {
  p->count = 0;
  for (int i = 0; i < 1024; i++) p->slots[i] = -1;
  uint32_t last = ~pixels[0];
  for (size_t i = 0; i < count; i++) {
    if (pixels[i] == last) continue;
    last = pixels[i];
    if (palette_index(p, last) < 0) return 0;
  }
  return 1;
}

static int all_opaque(const uint32_t *pixels, size_t count) {
  uint32_t both = 0xff000000u;
  for (size_t i = 0; i < count; i++) both &= pixels[i];
  return both == 0xff000000u;
}

static inline uint8_t straight(uint32_t channel, uint32_t alpha) {
  uint32_t value = (channel * 255 + alpha / 2) / alpha;
  return (uint8_t)(value > 255 ? 255 : value);
}

static void row_rgb(const uint32_t *in, uint8_t *out, uint32_t width) {
  for (uint32_t x = 0; x < width; x++) {
    uint32_t p = in[x];
    out[3 * x] = (uint8_t)(p >> 16);
    out[3 * x + 1] = (uint8_t)(p >> 8);
    out[3 * x + 2] = (uint8_t)p;
  }
}

static void row_rgba(const uint32_t *in, uint8_t *out, uint32_t width) {
  for (uint32_t x = 0; x < width; x++) {
    uint32_t p = in[x], a = p >> 24;
    out[4 * x] = a ? straight((p >> 16) & 255, a) : 0;
    out[4 * x + 1] = a ? straight((p >> 8) & 255, a) : 0;
    out[4 * x + 2] = a ? straight(p & 255, a) : 0;
    out[4 * x + 3] = (uint8_t)a;
  }
}

static void row_palette(palette *p, const uint32_t *in, uint8_t *out, uint32_t width) {
  uint32_t last = in[0];
  uint8_t index = (uint8_t)palette_index(p, last);
  for (uint32_t x = 0; x < width; x++) {
    if (in[x] != last) {
      last = in[x];
      index = (uint8_t)palette_index(p, last);
    }
    out[x] = index;
  }
}

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

static void write_palette(png_structp png, png_infop info, const palette *p) {
  png_color colors[256];
  png_byte alphas[256];
  int transparent = 0;
  for (int i = 0; i < p->count; i++) {
    uint32_t c = p->colors[i], a = c >> 24;
    alphas[i] = (png_byte)a;
    if (a < 255) transparent = i + 1;
    colors[i].red = a ? straight((c >> 16) & 255, a) : 0;
    colors[i].green = a ? straight((c >> 8) & 255, a) : 0;
    colors[i].blue = a ? straight(c & 255, a) : 0;
  }
  png_set_PLTE(png, info, colors, p->count);
  if (transparent) png_set_tRNS(png, info, alphas, transparent, NULL);
}

int cpng_encode(
    const uint32_t *pixels, uint32_t width, uint32_t height, const cpng_options *options, cpng_buffer *result,
    char message[CPNG_MESSAGE_SIZE]) {
  result->bytes = NULL;
  result->count = 0;
  cpng_store(message, "out of memory");
  if (width == 0 || height == 0) {
    cpng_store(message, "a picture needs at least one pixel");
    return -1;
  }
  // Everything that a longjmp must find unchanged is set before setjmp and only pointed to afterwards.
  size_t count = (size_t)width * height;
  palette *table = malloc(sizeof *table);
  uint8_t *row = malloc((size_t)width * 4);
  sink target = {result, 0};
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, message, cpng_fail, cpng_ignore);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!table || !row || !info) {
    if (png) png_destroy_write_struct(&png, &info);
    free(table);
    free(row);
    return -1;
  }
  int indexed = options->color == CPNG_COLOR_AUTOMATIC && palette_build(table, pixels, count);
  int alpha = options->color == CPNG_COLOR_RGBA
              || (options->color == CPNG_COLOR_AUTOMATIC && !indexed && !all_opaque(pixels, count));
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    free(table);
    free(row);
    free(result->bytes);
    result->bytes = NULL;
    result->count = 0;
    return -1;
  }
  png_set_write_fn(png, &target, sink_write, sink_flush);
  int type = indexed ? PNG_COLOR_TYPE_PALETTE : alpha ? PNG_COLOR_TYPE_RGBA : PNG_COLOR_TYPE_RGB;
  png_set_IHDR(
      png, info, width, height, 8, type, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_compression_level(png, options->level);
  png_set_compression_buffer_size(png, 1 << 18);
  // Measured on figures of 800 × 800 pixels: unfiltered rows are fastest and, because colours repeat exactly in
  // drawings and in colour maps of a few hundred colours, give the smallest files too.
  png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
  png_set_sRGB(png, info, PNG_sRGB_INTENT_PERCEPTUAL);
  if (indexed) write_palette(png, info, table);
  if (options->pixels_per_metre) {
    png_set_pHYs(png, info, options->pixels_per_metre, options->pixels_per_metre, PNG_RESOLUTION_METER);
  }
  write_text(png, info, options);
  png_write_info(png, info);
  for (uint32_t y = 0; y < height; y++) {
    const uint32_t *in = pixels + (size_t)y * width;
    if (indexed) {
      row_palette(table, in, row, width);
    } else if (alpha) {
      row_rgba(in, row, width);
    } else {
      row_rgb(in, row, width);
    }
    png_write_row(png, row);
  }
  png_write_end(png, NULL);
  png_destroy_write_struct(&png, &info);
  free(table);
  free(row);
  return 0;
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
