// How nests of loops are cut into the two innermost loops, which a kernel runs, and the rest.
#ifndef WABE_NESTS_H
#define WABE_NESTS_H

#include "share.h"

// Which elements a kernel reads: `columns` neighbours, `step` elements apart, for rows that are `row` elements apart.
typedef struct {
  const char *start;
  ptrdiff_t row, step;
} wabe_reader;

// Work on `rows` × `columns` elements; the result is contiguous.
typedef void wabe_table_kernel(const wabe_reader readers[3], void *y, size_t rows, size_t columns);

// Runs a kernel over the whole nest. `operands` have elements of `widths` bytes and steps a, b, c of the nest.
void wabe_run_nest(
    wabe_table_kernel *kernel, const wabe_nest *nest, int operand_count, const void *const operands[],
    const size_t widths[], void *y, size_t y_width);

#endif
