// Large products: the result is divided into tiles, and the thread that computes a tile makes copies of its own, slice by
// slice of the inner index, of the columns of B and the rows of A in the order in which the kernels read them. The copies
// stay in the caches of that core, and nothing is read that another core has just written.
#include "denormals.h"
#include "include/wabe_elementwise.h"
#include "include/wabe_engine.h"
#include "include/wabe_products.h"
#include "product_kernels.h"

enum {
  DEEPEST = 384,             // of a slice: a block of A's rows then fits into the first-level cache
  MOST_ROWS = 1024,          // of a tile
  MOST_COLUMNS = 512,        // whose slice of B stays in the second-level cache while A's rows pass
  ROWS_AT_ONCE = 48,         // of A that are copied; a multiple of every block
  A_AT_HAND = 3 << 18,       // bytes of A that may be read where they are
  BLOCKS_BEFORE_COPY = 2,    // of columns, for which reading A where it lies costs less than copying it
};

typedef struct {
  const wabe_product_kernels *kernels;
  const wabe_block *whole;
  size_t width, depth;                  // of an element, of a slice
  size_t rows, columns, tiles_down;     // of one tile, and how many there are below each other
  bool copies_a;
  int dtype, activation;
} grid;

static inline size_t whole_parts(size_t all, size_t each) { return parts(all, each) * each; }

// Copies A. Rows that lie in lines are put one behind the other, because lines whose distance is a power of two drive
// each other out of the caches.
static void copy_left(const grid *grid, wabe_block *x, char *copy) {
  size_t line = x->inner * grid->width, block_rows = grid->kernels->block_rows;
  if (x->a_column == 1) {
    for (size_t i = 0; i < x->rows; i++) memcpy(copy + i * line, at(x->a, (ptrdiff_t)i * x->a_row, grid->width), line);
    x->a_row = (ptrdiff_t)x->inner;
  } else {
    grid->kernels->pack_left(x, copy);
    x->a_row = 1;
    x->a_column = (ptrdiff_t)block_rows;
  }
  x->a_block = (ptrdiff_t)(block_rows * x->inner);
  x->a = copy;
}

// One slice of a tile, with `copy` for some rows of A.
static void multiply_slice(const grid *grid, const wabe_block *slice, bool goes_on, char *copy) {
  wabe_block some = *slice;
  if (!grid->copies_a) {
    some.a_block = slice->a_row * (ptrdiff_t)grid->kernels->block_rows;
    grid->kernels->packed(&some, goes_on);
    return;
  }
  for (size_t i = 0; i < slice->rows; i += ROWS_AT_ONCE) {
    some = *slice;
    some.rows = least(ROWS_AT_ONCE, slice->rows - i);
    some.a = at(slice->a, (ptrdiff_t)i * slice->a_row, grid->width);
    some.c = at(slice->c, (ptrdiff_t)i * slice->c_row, grid->width);
    copy_left(grid, &some, copy);
    grid->kernels->packed(&some, goes_on);
  }
}

// Tiles below each other are computed one after the other, since they read the same columns of B.
static void compute_tile(void *context, size_t index) {
  const grid *grid = context;
  const wabe_block *whole = grid->whole;
  size_t width = grid->width;
  size_t row = index % grid->tiles_down * grid->rows, column = index / grid->tiles_down * grid->columns;
  wabe_block tile = *whole;
  tile.rows = least(grid->rows, whole->rows - row);
  tile.columns = least(grid->columns, whole->columns - column);
  tile.c = at(whole->c, (ptrdiff_t)row * whole->c_row + (ptrdiff_t)column, width);
  size_t lines = ROWS_AT_ONCE + whole_parts(tile.columns, grid->kernels->block_columns);
  char *copies = wabe_scratch(lines * grid->depth * width), *b_copy = copies + ROWS_AT_ONCE * grid->depth * width;
  wabe_float_mode mode = wabe_flush_denormals();
  for (size_t k = 0; k < whole->inner; k += grid->depth) {
    wabe_block slice = tile;
    slice.inner = least(grid->depth, whole->inner - k);
    slice.a = at(whole->a, (ptrdiff_t)row * whole->a_row + (ptrdiff_t)k * whole->a_column, width);
    slice.b = at(whole->b, (ptrdiff_t)k * whole->b_row + (ptrdiff_t)column * whole->b_column, width);
    bool last = k + slice.inner == whole->inner;
    slice.bias = whole->bias && last ? at(whole->bias, (ptrdiff_t)column, width) : NULL;
    grid->kernels->pack_right(&slice, b_copy);
    slice.b = b_copy;
    multiply_slice(grid, &slice, k > 0, copies);
  }
  wabe_restore(mode);
  wabe_free(copies, lines * grid->depth * width);
  if (grid->activation == WABE_NO_ACTIVATION) return;
  for (size_t i = 0; i < tile.rows; i++) {
    void *line = at(tile.c, (ptrdiff_t)i * tile.c_row, width);
    wabe_map(grid->activation, grid->dtype, line, line, tile.columns);
  }
}

// Chooses the tiles with which the threads are done first. That may depend on their number, because the bits do not
// depend on the tiles. A step of the inner index costs a tile half a cycle for each vector of results, and the cycles
// below for each vector of B's row and A's column that is copied: turning them round takes longer than copying lines.
static void divide(grid *grid) {
  const wabe_block *x = grid->whole;
  size_t block_rows = grid->kernels->block_rows, block_columns = grid->kernels->block_columns;
  size_t threads = (size_t)wabe_threads(), fewest = parts(x->rows, MOST_ROWS);
  double lanes = (double)block_columns / 2;
  double copy_of_b = x->b_column == 1 ? 1.5 : 0.4 * lanes, copy_of_a = x->a_column == 1 ? 1.5 : 2.5;
  bool a_at_hand = x->a_column == 1 && x->rows * x->inner * grid->width <= A_AT_HAND;
  double shortest = 0;
  for (size_t down = fewest; down <= fewest + 3; down++)
    for (size_t columns = block_columns; columns <= MOST_COLUMNS; columns += block_columns) {
      size_t rows = whole_parts(parts(x->rows, down), block_rows);
      size_t tiles = parts(x->rows, rows) * parts(x->columns, columns);
      bool copies_a = !a_at_hand || columns > BLOCKS_BEFORE_COPY * block_columns;
      double cycles = (double)columns / lanes * ((double)rows / 2 + copy_of_b);
      if (copies_a) cycles += (double)rows / lanes * copy_of_a;
      cycles *= (double)parts(tiles, threads);
      if (shortest > 0 && cycles >= shortest) continue;
      shortest = cycles;
      grid->rows = rows;
      grid->columns = columns;
      grid->copies_a = copies_a;
    }
  grid->tiles_down = parts(x->rows, grid->rows);
}

void wabe_multiply_tiled(
    const wabe_product_kernels *kernels, int dtype, const wabe_block *whole, int activation, bool shared) {
  grid grid = {.kernels = kernels, .whole = whole, .width = dtype == WABE_F32 ? sizeof(float) : sizeof(double),
               .dtype = dtype, .activation = activation};
  grid.depth = whole_parts(parts(whole->inner, parts(whole->inner, DEEPEST)), 8);
  divide(&grid);
  wabe_compute_tiles(shared, grid.tiles_down * parts(whole->columns, grid.columns), &grid, compute_tile);
}
