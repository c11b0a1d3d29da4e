#ifndef WABE_PRODUCTS_H
#define WABE_PRODUCTS_H

#include "wabe_types.h"

// One matrix product C = op(A) · op(B), with what may follow it. All matrices are row-major without gaps.
typedef struct {
  size_t rows, columns, inner;       // C is rows × columns, op(A) rows × inner, op(B) inner × columns
  bool transpose_a, transpose_b;     // A is stored as inner × rows, B as columns × inner
  const void *a, *b;
  void *c;
  const void *bias;                  // NULL, or `columns` numbers that are added to every row
  int activation;                    // WABE_NO_ACTIVATION, or an operation of `wabe_map` for the result
} wabe_product;

enum { WABE_NO_ACTIVATION = -1 };

// Computes one product of float, double or integer matrices. The result's bits depend on the shape and on the engine,
// never on the number of threads.
void wabe_multiply(int dtype, const wabe_product *product);

// Computes one product per element of the nest, whose steps a and b tell in matrices where the operands are; the
// results follow each other.
void wabe_multiply_batch(int dtype, const wabe_product *product, const wabe_nest *nest);

// The instruction set of the products, the best one that the processor has.
enum { WABE_ANY_PROCESSOR, WABE_AVX2, WABE_AVX512 };
int wabe_instruction_set(void);
// Chooses a lesser one for calls from this thread, as tests do; −1 returns to the best.
void wabe_set_instruction_set(int set);

#endif
