// The transposition of a table in small squares.
#ifndef WABE_TRANSPOSE_H
#define WABE_TRANSPOSE_H

#include <stddef.h>
#include <stdint.h>

// y[row * y_step + column] = x[row + column * x_step]. `lines` is the side of the squares in cache lines: 1 is best
// inside the second-level cache, 4 outside.
void wabe_transpose_4(
    const uint32_t *x, uint32_t *y, size_t rows, size_t columns, ptrdiff_t x_step, ptrdiff_t y_step,
    size_t lines);
void wabe_transpose_8(
    const uint64_t *x, uint64_t *y, size_t rows, size_t columns, ptrdiff_t x_step, ptrdiff_t y_step,
    size_t lines);

#endif
