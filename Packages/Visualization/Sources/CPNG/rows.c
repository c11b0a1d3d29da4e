#include "rows.h"

static int palette_index(cpng_palette *p, uint32_t color) {
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

// The place of a colour that is there; only reads, so several threads may ask at once.
static uint8_t palette_find(const cpng_palette *p, uint32_t color) {
  uint32_t h = (color * 2654435761u) >> 22;
  while (p->keys[h] != color || p->slots[h] < 0) h = (h + 1) & 1023;
  return (uint8_t)p->slots[h];
}

static int palette_build(cpng_palette *p, const uint32_t *pixels, size_t count) {
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
    out[4 * x] = a ? cpng_straight((p >> 16) & 255, a) : 0;
    out[4 * x + 1] = a ? cpng_straight((p >> 8) & 255, a) : 0;
    out[4 * x + 2] = a ? cpng_straight(p & 255, a) : 0;
    out[4 * x + 3] = (uint8_t)a;
  }
}

static void row_palette(const cpng_palette *p, const uint32_t *in, uint8_t *out, uint32_t width) {
  uint32_t last = in[0];
  uint8_t index = palette_find(p, last);
  for (uint32_t x = 0; x < width; x++) {
    if (in[x] != last) {
      last = in[x];
      index = palette_find(p, last);
    }
    out[x] = index;
  }
}

void cpng_rows_choose(
    cpng_rows *rows, const uint32_t *pixels, uint32_t width, uint32_t height, cpng_color color) {
  size_t count = (size_t)width * height;
  rows->pixels = pixels;
  rows->width = width;
  rows->height = height;
  rows->indexed = color == CPNG_COLOR_AUTOMATIC && palette_build(&rows->palette, pixels, count);
  rows->alpha = color == CPNG_COLOR_RGBA
                || (color == CPNG_COLOR_AUTOMATIC && !rows->indexed && !all_opaque(pixels, count));
  rows->row_bytes = 1 + (size_t)width * (rows->indexed ? 1 : rows->alpha ? 4 : 3);
}

void cpng_row(const cpng_rows *rows, size_t y, uint8_t *out) {
  const uint32_t *in = rows->pixels + y * rows->width;
  // Measured on figures of 800 × 800 pixels: unfiltered rows are fastest and, because colours repeat exactly in
  // drawings and in colour maps of a few hundred colours, give the smallest files too.
  *out++ = 0;
  if (rows->indexed) {
    row_palette(&rows->palette, in, out, rows->width);
  } else if (rows->alpha) {
    row_rgba(in, out, rows->width);
  } else {
    row_rgb(in, out, rows->width);
  }
}
