// Large products: both matrices are copied, slice by slice of the inner index, into the order in which the kernels
// read them. All threads share the copies, so that nothing is copied twice, and the tiles of the result.
#include "denormals.h"
#include "include/wabe_elementwise.h"
#include "include/wabe_engine.h"
#include "include/wabe_products.h"
#include "product_kernels.h"

enum {
  DEEPEST = 400,        // of a slice: a block of A and two vectors of B then fit into the first-level cache
  MOST_LINES = 4096,    // rows of A or columns of B that are copied at once
  LINES_AT_ONCE = 32,  // copied by one part; a multiple of every block
  TILE_COLUMNS = 256,   // of B, which stay in the second-level cache while the rows of A pass
};

typedef struct {
  const wabe_product_kernels *kernels;
  wabe_block block;        // the rows, columns and slice at hand
  char *a_copy, *b_copy;
  size_t width, a_parts, tile_rows, tiles_down;
  int dtype, activation;   // to be applied after this slice, or WABE_NO_ACTIVATION
  bool goes_on;
} slice;

static inline size_t least(size_t a, size_t b) { return a < b ? a : b; }
static inline size_t parts(size_t all, size_t each) { return (all + each - 1) / each; }
static inline void *at(const void *from, ptrdiff_t elements, size_t width) {
  return (char *)from + elements * (ptrdiff_t)width;
}

static void pack_some(void *context, size_t index) {
  const slice *slice = context;
  wabe_block lines = slice->block;
  if (index < slice->a_parts) {
    size_t first = index * LINES_AT_ONCE;
    lines.a = at(lines.a, (ptrdiff_t)first * lines.a_row, slice->width);
    lines.rows = least(LINES_AT_ONCE, lines.rows - first);
    slice->kernels->pack_left(&lines, slice->a_copy + first * lines.inner * slice->width);
  } else {
    size_t first = (index - slice->a_parts) * LINES_AT_ONCE;
    lines.b = at(lines.b, (ptrdiff_t)first * lines.b_column, slice->width);
    lines.columns = least(LINES_AT_ONCE, lines.columns - first);
    slice->kernels->pack_right(&lines, slice->b_copy + first * lines.inner * slice->width);
  }
}

// Tiles below each other are computed one after the other, since they read the same columns of B.
static void compute_tile(void *context, size_t index) {
  const slice *slice = context;
  size_t row = index % slice->tiles_down * slice->tile_rows, column = index / slice->tiles_down * TILE_COLUMNS;
  wabe_block tile = slice->block;
  tile.rows = least(slice->tile_rows, tile.rows - row);
  tile.columns = least(TILE_COLUMNS, tile.columns - column);
  tile.a = slice->a_copy + row * tile.inner * slice->width;
  tile.b = slice->b_copy + column * tile.inner * slice->width;
  tile.c = at(tile.c, (ptrdiff_t)row * tile.c_row + (ptrdiff_t)column, slice->width);
  if (tile.bias) tile.bias = at(tile.bias, (ptrdiff_t)column, slice->width);
  wabe_float_mode mode = wabe_flush_denormals();
  slice->kernels->packed(&tile, slice->goes_on);
  wabe_restore(mode);
  if (slice->activation == WABE_NO_ACTIVATION) return;
  for (size_t i = 0; i < tile.rows; i++) {
    void *line = at(tile.c, (ptrdiff_t)i * tile.c_row, slice->width);
    wabe_map(slice->activation, slice->dtype, line, line, tile.columns);
  }
}

void wabe_multiply_packed(const wabe_product_kernels *kernels, int dtype, const wabe_block *whole, int activation) {
  size_t width = dtype == WABE_F32 ? sizeof(float) : sizeof(double);
  size_t depth = parts(parts(whole->inner, parts(whole->inner, DEEPEST)), 8) * 8;
  size_t most_rows = least(parts(whole->rows, kernels->block_rows) * kernels->block_rows, MOST_LINES);
  size_t most_columns = least(parts(whole->columns, kernels->block_columns) * kernels->block_columns, MOST_LINES);
  size_t bytes = (most_rows + most_columns) * depth * width;
  slice slice = {.kernels = kernels, .width = width, .dtype = dtype, .a_copy = wabe_scratch(bytes)};
  slice.b_copy = slice.a_copy + most_rows * depth * width;
  for (size_t column = 0; column < whole->columns; column += MOST_LINES)
    for (size_t k = 0; k < whole->inner; k += depth)
      for (size_t row = 0; row < whole->rows; row += MOST_LINES) {
        wabe_block *x = &slice.block;
        bool last = k + depth >= whole->inner;
        *x = *whole;
        x->rows = least(MOST_LINES, whole->rows - row);
        x->columns = least(MOST_LINES, whole->columns - column);
        x->inner = least(depth, whole->inner - k);
        x->a = at(whole->a, (ptrdiff_t)row * x->a_row + (ptrdiff_t)k * x->a_column, width);
        x->b = at(whole->b, (ptrdiff_t)k * x->b_row + (ptrdiff_t)column * x->b_column, width);
        x->c = at(whole->c, (ptrdiff_t)row * x->c_row + (ptrdiff_t)column, width);
        x->bias = whole->bias && last ? at(whole->bias, (ptrdiff_t)column, width) : NULL;
        slice.activation = last ? activation : WABE_NO_ACTIVATION;
        slice.goes_on = k > 0;
        slice.a_parts = parts(x->rows, LINES_AT_ONCE);
        wabe_parallel(slice.a_parts + (row == 0 ? parts(x->columns, LINES_AT_ONCE) : 0), &slice, pack_some);
        slice.tile_rows = x->rows > 512 ? 128 : 64;
        slice.tiles_down = parts(x->rows, slice.tile_rows);
        wabe_parallel(slice.tiles_down * parts(x->columns, TILE_COLUMNS), &slice, compute_tile);
      }
  wabe_free(slice.a_copy, bytes);
}
