// Triangles of matrices, and the places where a mask is true.
#include "wabe_movement.h"
#include <string.h>

void wabe_triangle(
    int width, bool keep_upper, ptrdiff_t offset, size_t count, size_t rows, size_t columns, const void *x, void *y) {
  size_t bytes = columns * (size_t)width;
  for (size_t row = 0; row < count * rows; row++) {
    // The first column right of the kept or cleared left part.
    ptrdiff_t cut = (ptrdiff_t)(row % rows) + offset + (keep_upper ? 0 : 1);
    size_t left = cut < 0 ? 0 : (size_t)cut > columns ? columns : (size_t)cut;
    left *= (size_t)width;
    const char *in = (const char *)x + row * bytes;
    char *out = (char *)y + row * bytes;
    if (keep_upper) {
      memset(out, 0, left);
      memcpy(out + left, in + left, bytes - left);
    } else {
      memcpy(out, in, left);
      memset(out + left, 0, bytes - left);
    }
  }
}

size_t wabe_count_true(const uint8_t *mask, size_t count) {
  size_t sum = 0;
  for (size_t i = 0; i < count; i++) sum += mask[i];
  return sum;
}

size_t wabe_true_positions(const uint8_t *mask, size_t count, int64_t *positions) {
  size_t found = 0;
  for (size_t i = 0; i < count; i++)
    if (mask[i]) positions[found++] = (int64_t)i;
  return found;
}

bool wabe_same_bytes(const void *x, const void *y, size_t bytes) { return bytes == 0 || memcmp(x, y, bytes) == 0; }
