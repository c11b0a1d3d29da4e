// Products of a few rows with a matrix that is stored transposed, as a layer's backward pass needs them: instead of
// turning all of B round, A and the result are, since Cᵀ = Bᵀ · Aᵀ reads B's memory line by line.
//
// Each thread makes an Aᵀ of its own, since one core reads what another has just written more slowly than it turns A
// round itself. Tiles of Cᵀ are computed in a small buffer and written to their places
// in C. Every element is the same chain of multiply-adds as in the other ways.
#include "denormals.h"
#include "include/wabe_elementwise.h"
#include "include/wabe_engine.h"
#include "include/wabe_products.h"
#include "product_kernels.h"

enum {
  TILE_COLUMNS = 64,    // of C, that is rows of Cᵀ
  TILE_BYTES = 1 << 15, // of one tile of the result
  MOST_THREADS = 256,
};

typedef struct {
  const wabe_product_kernels *kernels;
  wabe_block turned;  // Cᵀ = Bᵀ · Aᵀ, without c
  const void *a;
  void *c;
  size_t a_row, c_row;
  const void *bias;
  size_t width, tile_rows, tiles_down;
  int dtype, activation, caller;
  char *copies;       // of Aᵀ, one for each thread, or NULL where A is stored so
  size_t copy_bytes;
  bool *made;         // whether the copy of each thread is there
} turn;

// The calling thread's Aᵀ, which its first tile makes.
static const void *own_copy(const turn *turn) {
  int thread = wabe_thread_number(), number = thread == turn->caller ? 0 : thread;
  char *copy = turn->copies + (size_t)number * turn->copy_bytes;
  if (!turn->made[number]) {
    size_t rows = turn->turned.columns;
    turn->kernels->transpose(rows, turn->turned.inner, turn->a, turn->a_row, copy, rows);
    turn->made[number] = true;
  }
  return copy;
}

// Tiles beside each other in Cᵀ are computed one after the other, since they read the same rows of B.
static void compute_tile(void *context, size_t index) {
  const turn *turn = context;
  _Alignas(64) char buffer[TILE_BYTES];
  size_t row = index % turn->tiles_down * turn->tile_rows, column = index / turn->tiles_down * TILE_COLUMNS;
  size_t width = turn->width;
  wabe_block tile = turn->turned;
  size_t rows = tile.columns = least(turn->tile_rows, tile.columns - row);
  size_t columns = tile.rows = least(TILE_COLUMNS, tile.rows - column);
  tile.a = at(tile.a, column * (size_t)tile.a_row, width);
  tile.b = at(turn->copies ? own_copy(turn) : tile.b, row, width);
  tile.c = buffer;
  tile.c_row = (ptrdiff_t)rows;
  char *c = at(turn->c, row * turn->c_row + column, width);
  wabe_float_mode mode = wabe_flush_denormals();
  turn->kernels->direct(&tile);
  turn->kernels->transpose(columns, rows, buffer, rows, c, turn->c_row);
  for (size_t i = 0; turn->bias && i < rows; i++) {
    void *line = at(c, i * turn->c_row, width);
    wabe_zip(WABE_ADD, turn->dtype, line, 1, at(turn->bias, column, width), 1, line, columns);
  }
  wabe_restore(mode);
  if (turn->activation == WABE_NO_ACTIVATION) return;
  for (size_t i = 0; i < rows; i++) {
    void *line = at(c, i * turn->c_row, width);
    wabe_map(turn->activation, turn->dtype, line, line, columns);
  }
}

void wabe_multiply_turned(
    const wabe_product_kernels *kernels, int dtype, const wabe_block *whole, int activation, bool shared) {
  size_t width = dtype == WABE_F32 ? sizeof(float) : sizeof(double);
  size_t bytes = parts(whole->rows * whole->inner * width, 64) * 64;
  turn turn = {.kernels = kernels, .a = whole->a, .c = whole->c, .a_row = (size_t)whole->a_row,
               .c_row = (size_t)whole->c_row, .bias = whole->bias, .width = width, .dtype = dtype,
               .activation = activation};
  turn.turned = (wabe_block){whole->columns, whole->rows, whole->inner, .a = whole->b, .b = whole->a,
                             .a_row = whole->b_column, .a_column = 1, .b_row = whole->a_column, .b_column = 1};
  bool made[MOST_THREADS] = {false};
  size_t threads = (size_t)wabe_threads();
  if (whole->a_column == 1) {
    turn.turned.b_row = (ptrdiff_t)whole->rows;
    turn.caller = wabe_thread_number();
    turn.made = made;
    turn.copy_bytes = bytes;
    turn.copies = wabe_scratch(threads * bytes);
  }
  turn.tile_rows = TILE_BYTES / TILE_COLUMNS / width;
  turn.tiles_down = parts(whole->rows, turn.tile_rows);
  wabe_compute_tiles(shared, turn.tiles_down * parts(whole->columns, TILE_COLUMNS), &turn, compute_tile);
  if (turn.copies) wabe_free(turn.copies, threads * bytes);
}
