// The rows of a picture as PNG stores them, and their compression in parts.
#ifndef WABE_CPNG_ROWS_H
#define WABE_CPNG_ROWS_H

#include <stddef.h>
#include <stdint.h>

#include "CPNG.h"

// Up to 256 colours in the order of their first appearance, found through a small open hash table.
typedef struct {
  uint32_t colors[256];
  int count;
  uint32_t keys[1024];
  int16_t slots[1024];  // −1: free
} cpng_palette;

// A picture and how its rows are stored: as indices, three or four channels.
typedef struct {
  const uint32_t *pixels;
  uint32_t width, height;
  int indexed, alpha;
  size_t row_bytes;  // with the filter's byte in front
  cpng_palette palette;
} cpng_rows;

void cpng_rows_choose(
    cpng_rows *rows, const uint32_t *pixels, uint32_t width, uint32_t height, cpng_color color);

// Makes row `y` as the file stores it; `out` has room for `row_bytes`.
void cpng_row(const cpng_rows *rows, size_t y, uint8_t *out);

static inline uint8_t cpng_straight(uint32_t channel, uint32_t alpha) {
  uint32_t value = (channel * 255 + alpha / 2) / alpha;
  return (uint8_t)(value > 255 ? 255 : value);
}

// One stretch of the compressed data; together they are one zlib stream.
typedef struct {
  uint8_t *bytes;
  size_t count;
  size_t raw;      // bytes before compression
  uint32_t adler;  // their sum
} cpng_part;

size_t cpng_part_count(const cpng_rows *rows);

// Compresses all parts, several at once if `share` does so. Returns 0, or −1 if there was no memory.
int cpng_compress(const cpng_rows *rows, int level, cpng_share share, cpng_part *parts, size_t count);

#endif
