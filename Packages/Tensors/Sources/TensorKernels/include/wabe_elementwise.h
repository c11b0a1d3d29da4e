#ifndef WABE_ELEMENTWISE_H
#define WABE_ELEMENTWISE_H

#include "wabe_types.h"

// y[i] = f(x[i]).
enum { WABE_NEGATE, WABE_TANH };
void wabe_map(int operation, int dtype, const void *x, void *y, size_t count);

// y[i] = f(a[i], b[i]). A step is 1, or 0 where the same element is meant for every i. y may be a or b.
enum { WABE_ADD, WABE_SUBTRACT, WABE_MULTIPLY, WABE_DIVIDE };
void wabe_zip(int operation, int dtype, const void *a, int a_step, const void *b, int b_step, void *y, size_t count);
// The same over a nest of loops; y is contiguous.
void wabe_zip_nest(int operation, int dtype, const wabe_nest *nest, const void *a, const void *b, void *y);

// Gathers x, read through the steps a of the nest, into contiguous y.
void wabe_copy_nest(int dtype, const wabe_nest *nest, const void *x, void *y);

// y[i] = x[i] in another element type.
void wabe_cast(int from, int to, const void *x, void *y, size_t count);

// y[o, i] = x[o, 0, i] + … + x[o, size − 1, i], added in an order that depends on the sizes alone.
enum { WABE_SUM };
void wabe_reduce(int operation, int dtype, const void *x, void *y, size_t outer, size_t size, size_t inner);

#endif
