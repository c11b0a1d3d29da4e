// Which kernel computes a product, and how a large one is divided between the threads.
//
// Everything here is decided by the shape alone, so that the bits of a result never depend on the number of threads.
#include "include/wabe_products.h"
#include "denormals.h"
#include "include/wabe_elementwise.h"
#include "include/wabe_engine.h"
#include "product_engines.h"
#include "product_kernels.h"
#include <stdatomic.h>

enum {
  PART = 1 << 16,            // multiply-adds of one part of a shared product
  LARGEST_DIRECT = 1 << 15,  // bytes of B that are read in place
  SHORT_ROW = 512,           // bytes of a row of B that cost little to step over
  LARGEST_DIRECT_WORK = 1 << 23,
  FEW = 8,                   // rows that are shared by columns, however small B is
  MOST_DIRECT = 256,         // rows up to which a B of at most LARGEST_NEAR bytes is read in place, from the second-level
  LARGEST_NEAR = 1 << 19,    // cache: copying it would cost more than it saves
  MOST_TURNED = 256,         // rows up to which A is turned round rather than B
  NARROW = 4,                // columns that are computed as rows times a vector
};

// MARK: Instruction sets

static int best_set(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512dq"))
    return WABE_AVX512;
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return WABE_AVX2;
#endif
  return WABE_ANY_PROCESSOR;
}

static _Thread_local int set_here = -1;

int wabe_instruction_set(void) {
  static _Atomic int usual = -1;
  if (set_here >= 0) return set_here;
  int set = atomic_load_explicit(&usual, memory_order_relaxed);
  if (set < 0) atomic_store(&usual, set = best_set());
  return set;
}

void wabe_set_instruction_set(int set) { set_here = set > best_set() ? best_set() : set; }

const wabe_product_kernels *wabe_product_kernels_for(int dtype) {
  bool is_float = dtype == WABE_F32;
  switch (wabe_instruction_set()) {
#if defined(__x86_64__)
    case WABE_AVX512: return is_float ? &wabe_products_avx512_float : &wabe_products_avx512_double;
    case WABE_AVX2: return is_float ? &wabe_products_avx2_float : &wabe_products_avx2_double;
#endif
    default: return is_float ? &wabe_products_generic_float : &wabe_products_generic_double;
  }
}

// MARK: Tiles

enum method { DIRECT, TILED, TURNED, ONEDNN, DOTS_OF_A, DOTS_OF_B };

typedef struct {
  wabe_block whole;
  const wabe_product_kernels *kernels;
  enum method method;
  int dtype, activation;
  bool shared;
  size_t width, tile_rows, tile_columns, tiles_across;
} plan;

// The part of the product that begins at a row and a column.
static wabe_block part_of(const plan *plan, size_t row, size_t column) {
  const wabe_block *whole = &plan->whole;
  size_t width = plan->width;
  wabe_block part = *whole;
  part.rows = least(plan->tile_rows, whole->rows - row);
  part.columns = least(plan->tile_columns, whole->columns - column);
  part.a = at(whole->a, (ptrdiff_t)row * whole->a_row, width);
  part.b = at(whole->b, (ptrdiff_t)column * whole->b_column, width);
  part.c = at(whole->c, (ptrdiff_t)row * whole->c_row + (ptrdiff_t)column, width);
  if (whole->bias) part.bias = at(whole->bias, (ptrdiff_t)column, width);
  return part;
}

static void compute(const plan *plan, const wabe_block *x) {
  const wabe_product_kernels *kernels = plan->kernels;
  size_t width = plan->width;
  switch (plan->method) {
    case DIRECT: kernels->direct(x); break;
    case TILED:
    case TURNED: break;  // have divisions of their own
    case ONEDNN: wabe_onednn_block(x); break;
    case DOTS_OF_A:
      for (size_t j = 0; j < x->columns; j++)
        kernels->dots(x->rows, x->inner, x->a, x->a_row, at(x->b, (ptrdiff_t)j * x->b_column, width),
                      at(x->c, (ptrdiff_t)j, width), x->c_row,
                      x->bias ? at(x->bias, (ptrdiff_t)j, width) : NULL, 0);
      break;
    case DOTS_OF_B:
      for (size_t i = 0; i < x->rows; i++)
        kernels->dots(x->columns, x->inner, x->b, x->b_column, at(x->a, (ptrdiff_t)i * x->a_row, width),
                      at(x->c, (ptrdiff_t)i * x->c_row, width), 1, x->bias, 1);
      break;
  }
}

// Subnormal numbers count as 0 here: the gradients of a trained network are full of them, and each would cost as much
// as a hundred others.
static void compute_tile(void *context, size_t index) {
  const plan *plan = context;
  wabe_float_mode mode = wabe_flush_denormals();
  size_t row = index / plan->tiles_across * plan->tile_rows, column = index % plan->tiles_across * plan->tile_columns;
  wabe_block part = part_of(plan, row, column);
  compute(plan, &part);
  wabe_restore(mode);
  if (plan->activation == WABE_NO_ACTIVATION) return;
  if ((ptrdiff_t)part.columns == part.c_row) {
    wabe_map(plan->activation, plan->dtype, part.c, part.c, part.rows * part.columns);
    return;
  }
  for (size_t i = 0; i < part.rows; i++) {
    void *line = at(part.c, (ptrdiff_t)i * part.c_row, plan->width);
    wabe_map(plan->activation, plan->dtype, line, line, part.columns);
  }
}

// MARK: Plans

static void choose(plan *plan) {
  wabe_block *x = &plan->whole;
  size_t line = x->columns * x->inner, sums = x->rows * line;
  bool shared = plan->shared = wabe_is_shared_product(wabe_product_work(x->rows, x->columns, x->inner));
  bool a_lines = x->a_column == 1 || x->inner == 1, b_lines = x->b_row == 1 || x->inner == 1;
  bool b_is_at_hand = line * plan->width <= LARGEST_DIRECT ||
                      (x->columns * plan->width <= SHORT_ROW && sums < LARGEST_DIRECT_WORK);
  bool is_near = line * plan->width <= LARGEST_NEAR;
  size_t strip = x->rows <= 2 ? 128 : 64;  // columns that a part of a product with a large B has at least
  // The rows that the last vector of a row of Cᵀ lacks; it is computed as if it had them.
  size_t block_rows = plan->kernels->block_rows;
  size_t lanes = plan->kernels->block_columns / 2, lacking = (lanes - x->rows % lanes) % lanes;
  bool by_onednn = plan->dtype == WABE_F32 && wabe_engine() == WABE_ONEDNN;
  plan->tile_rows = x->rows;
  plan->tile_columns = x->columns;
  if (a_lines && b_lines && x->columns <= NARROW) {
    plan->method = DOTS_OF_A;
    if (shared) plan->tile_rows = PART / line + 1;
  } else if (a_lines && b_lines && x->rows <= NARROW) {
    plan->method = DOTS_OF_B;
    if (shared) plan->tile_columns = PART / (x->rows * x->inner) + 1;
  } else if (x->b_column == 1 && x->rows > FEW && b_is_at_hand) {
    plan->method = DIRECT;
    size_t unit = x->rows >= 8 * block_rows ? block_rows : 8;  // few rows are shared all the same
    if (shared) plan->tile_rows = parts(parts(PART, line), unit) * unit;
  } else if (x->b_column == 1 && (x->rows <= FEW || (x->rows <= MOST_DIRECT && is_near && !by_onednn))) {
    plan->method = DIRECT;
    if (shared) plan->tile_columns = parts(parts(PART, x->rows * x->inner), strip) * strip;
  } else if (b_lines && x->rows <= MOST_TURNED && lacking < lanes / 2 && !by_onednn) {
    plan->method = TURNED;
  } else {
    plan->method = by_onednn ? ONEDNN : TILED;
    if (shared) plan->tile_rows = 128, plan->tile_columns = 256;
  }
}

static void run(plan *plan) {
  if (plan->method == TILED) {
    wabe_multiply_tiled(plan->kernels, plan->dtype, &plan->whole, plan->activation, plan->shared);
    return;
  }
  if (plan->method == TURNED) {
    wabe_multiply_turned(plan->kernels, plan->dtype, &plan->whole, plan->activation, plan->shared);
    return;
  }
  plan->tiles_across = parts(plan->whole.columns, plan->tile_columns);
  size_t tiles = parts(plan->whole.rows, plan->tile_rows) * plan->tiles_across;
  wabe_compute_tiles(plan->shared, tiles, plan, compute_tile);
}

static void add_and_activate(const wabe_product *p, int dtype) {
  size_t width = dtype == WABE_F32 ? sizeof(float) : sizeof(double);
  memset(p->c, 0, p->rows * p->columns * width);
  for (size_t i = 0; p->bias && i < p->rows; i++)
    memcpy((char *)p->c + i * p->columns * width, p->bias, p->columns * width);
  if (p->activation != WABE_NO_ACTIVATION) wabe_map(p->activation, dtype, p->c, p->c, p->rows * p->columns);
}

static void multiply(int dtype, const wabe_product *p) {
  if (p->rows == 0 || p->columns == 0) return;
  if (p->inner == 0) {
    add_and_activate(p, dtype);
    return;
  }
  plan plan = {.kernels = wabe_product_kernels_for(dtype), .dtype = dtype, .activation = p->activation};
  plan.width = dtype == WABE_F32 ? sizeof(float) : sizeof(double);
  plan.whole = (wabe_block){p->rows, p->columns, p->inner, p->a, p->b, p->c,
                            .a_row = p->transpose_a ? 1 : (ptrdiff_t)p->inner,
                            .a_column = p->transpose_a ? (ptrdiff_t)p->rows : 1,
                            .b_row = p->transpose_b ? 1 : (ptrdiff_t)p->columns,
                            .b_column = p->transpose_b ? (ptrdiff_t)p->inner : 1,
                            .c_row = (ptrdiff_t)p->columns, .bias = p->bias};
  wabe_block *x = &plan.whole;
  if (p->columns == 1 && p->transpose_a && !p->bias) {  // the same numbers as a row times a matrix
    *x = (wabe_block){1, p->rows, p->inner, p->b, p->a, p->c, .a_row = (ptrdiff_t)p->inner, .a_column = 1,
                      .b_row = (ptrdiff_t)p->rows, .b_column = 1, .c_row = (ptrdiff_t)p->rows};
  }
  size_t bytes = p->columns * p->inner * plan.width;
  void *copy = NULL;
  // A small B is turned round first, so that the kernels find it as they like it.
  bool narrow = p->columns <= NARROW && !p->transpose_a;
  if (p->columns > 1 && bytes <= LARGEST_DIRECT && p->transpose_b != narrow && p->rows > NARROW) {
    copy = wabe_scratch(bytes);
    if (p->transpose_b) plan.kernels->transpose(p->columns, p->inner, p->b, p->inner, copy, p->columns);
    else plan.kernels->transpose(p->inner, p->columns, p->b, p->columns, copy, p->inner);
    x->b = copy;
    x->b_row = p->transpose_b ? (ptrdiff_t)p->columns : 1;
    x->b_column = p->transpose_b ? 1 : (ptrdiff_t)p->inner;
  }
  choose(&plan);
  run(&plan);
  if (copy) wabe_free(copy, bytes);
}

void wabe_multiply(int dtype, const wabe_product *product) {
  if (dtype > WABE_F64) {
    wabe_multiply_integers(dtype, product);
    return;
  }
  multiply(dtype, product);
}

// MARK: Many products

typedef struct {
  int dtype;
  const wabe_product *first;
  const wabe_nest *nest;
  size_t width, count, each;
} batch;

static void multiply_some(void *context, size_t index) {
  const batch *batch = context;
  const wabe_nest *nest = batch->nest;
  size_t end = least(batch->count, (index + 1) * batch->each);
  for (size_t i = index * batch->each; i < end; i++) {
    ptrdiff_t a = 0, b = 0;
    size_t rest = i;
    for (int axis = nest->rank - 1; axis >= 0; axis--) {
      a += (ptrdiff_t)(rest % nest->size[axis]) * nest->a[axis];
      b += (ptrdiff_t)(rest % nest->size[axis]) * nest->b[axis];
      rest /= nest->size[axis];
    }
    wabe_product one = *batch->first;
    one.a = at(one.a, a * (ptrdiff_t)(one.rows * one.inner), batch->width);
    one.b = at(one.b, b * (ptrdiff_t)(one.inner * one.columns), batch->width);
    one.c = at(one.c, (ptrdiff_t)(i * one.rows * one.columns), batch->width);
    wabe_multiply(batch->dtype, &one);
  }
}

void wabe_multiply_batch(int dtype, const wabe_product *product, const wabe_nest *nest) {
  static const size_t widths[] = {4, 8, 4, 8, 1, 1};
  batch batch = {dtype, product, nest, widths[dtype], 1, 1};
  for (int axis = 0; axis < nest->rank; axis++) batch.count *= nest->size[axis];
  size_t work = wabe_product_work(product->rows, product->columns, product->inner);
  if (wabe_is_shared_product(work)) {  // each product is shared by itself
    for (size_t i = 0; i < batch.count; i++) multiply_some(&batch, i);
    return;
  }
  batch.each = PART / (work + 1) + 1;
  wabe_compute_tiles(wabe_is_shared_product(batch.count * work), parts(batch.count, batch.each), &batch, multiply_some);
}
