// The loops of matrix products, as each instruction set implements them.
//
// Every element of a product is one chain of multiply-adds in the order of the inner index, wherever its tile begins;
// only `dots` adds in another order, and shape alone decides where that is used.
#ifndef WABE_PRODUCT_KERNELS_H
#define WABE_PRODUCT_KERNELS_H

#include "include/wabe_engine.h"
#include "include/wabe_memory.h"
#include "include/wabe_types.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Where an operand's elements are: element (i, k) of A at a[i * row + k * column], likewise B and C. The columns of B
// must follow each other for `direct`, those of C always.
typedef struct {
  size_t rows, columns, inner;
  const void *a, *b;
  void *c;
  ptrdiff_t a_row, a_column, b_row, b_column, c_row;
  ptrdiff_t a_block;  // for `packed`: from one block of A's rows to the next
  const void *bias;  // of the first column, or NULL
} wabe_block;

typedef struct {
  size_t block_rows, block_columns;  // what the packed copies are padded to
  // C = A · B, read where they are.
  void (*direct)(const wabe_block *block);
  // Copies an A that is stored transposed (of B nothing is used), or B, so that `packed` reads one line of memory after
  // the other.
  void (*pack_left)(const wabe_block *block, void *copy);
  void (*pack_right)(const wabe_block *block, void *copy);
  // C = A · B, or C += A · B where it goes on, for a packed copy of B and an A that is packed or lies in lines.
  void (*packed)(const wabe_block *block, bool goes_on);
  // y[i * y_step] = rows a[i] · x + (bias ? bias[i * bias_step] : 0), where the rows of A are contiguous.
  void (*dots)(size_t rows, size_t inner, const void *a, ptrdiff_t a_row, const void *x, void *y, ptrdiff_t y_step,
               const void *bias, ptrdiff_t bias_step);
  // to[k * to_row + i] = from[i * from_row + k]: the transposed matrix.
  void (*transpose)(size_t rows, size_t columns, const void *from, size_t from_row, void *to, size_t to_row);
} wabe_product_kernels;

static inline size_t least(size_t a, size_t b) { return a < b ? a : b; }
static inline size_t parts(size_t all, size_t each) { return (all + each - 1) / each; }
static inline void *at(const void *from, ptrdiff_t elements, size_t width) {
  return (char *)from + elements * (ptrdiff_t)width;
}

// Memory for the time of one product; given back with `wabe_free`.
static inline void *wabe_scratch(size_t bytes) {
  void *memory = wabe_allocate(bytes);
  if (memory) return memory;
  fprintf(stderr, "matmul: %zu bytes of working memory could not be had\n", bytes);
  abort();
}

// The work from which a product is shared between the threads. In a training step each operation reads what others have
// left in the caches of both cores, so sharing has to save more than the way of the operands from core to core.
enum { WABE_SHARED_PRODUCT = 1 << 21, WABE_WORK_OF_ELEMENT = 16 };

// Multiply-adds, or what reading and writing the matrices costs where there are few of them.
static inline size_t wabe_product_work(size_t rows, size_t columns, size_t inner) {
  size_t elements = rows * inner + inner * columns + rows * columns, sums = rows * columns * inner;
  return sums > WABE_WORK_OF_ELEMENT * elements ? sums : WABE_WORK_OF_ELEMENT * elements;
}

// Whether a product is shared between the threads.
static inline bool wabe_is_shared_product(size_t work) { return wabe_worth_sharing(work, WABE_SHARED_PRODUCT); }

// Runs body(context, i) for each tile i.
static inline void wabe_compute_tiles(bool shared, size_t tiles, void *context, void (*body)(void *, size_t)) {
  if (shared) wabe_parallel(tiles, context, body);
  else
    for (size_t tile = 0; tile < tiles; tile++) body(context, tile);
}

// The kernels for float or double of the best instruction set that this processor has.
const wabe_product_kernels *wabe_product_kernels_for(int dtype);

// C = A · B by way of copies, with the operation of `wabe_map` that follows.
void wabe_multiply_tiled(
    const wabe_product_kernels *kernels, int dtype, const wabe_block *whole, int activation, bool shared);

// The same for a B whose rows follow each other, by way of Cᵀ = Bᵀ · Aᵀ.
void wabe_multiply_turned(
    const wabe_product_kernels *kernels, int dtype, const wabe_block *whole, int activation, bool shared);

extern const wabe_product_kernels wabe_products_generic_float, wabe_products_generic_double;
#if defined(__x86_64__)
extern const wabe_product_kernels wabe_products_avx2_float, wabe_products_avx2_double;
extern const wabe_product_kernels wabe_products_avx512_float, wabe_products_avx512_double;
#endif

#endif
