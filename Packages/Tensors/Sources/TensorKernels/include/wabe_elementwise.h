// Loops that make each element of a result from the elements at the same place of their operands.
//
// Every element gets the same bits wherever it stands and however many threads share the work. A result may overwrite
// an operand of the same size exactly, but not overlap one in another way. Subnormal numbers are kept.
#ifndef WABE_ELEMENTWISE_H
#define WABE_ELEMENTWISE_H

#include "wabe_types.h"

// y[i] = f(x[i]). The first five are there for all numbers, the others for float32 and float64.
enum {
  WABE_NEGATE,
  WABE_ABS,
  WABE_SIGN,
  WABE_SQUARE,
  WABE_RELU,
  WABE_RECIPROCAL,
  WABE_SQRT,
  WABE_RSQRT,
  WABE_FLOOR,
  WABE_CEIL,
  WABE_ROUND,
  WABE_EXP,
  WABE_EXPM1,
  WABE_LOG,
  WABE_LOG1P,
  WABE_SIN,
  WABE_COS,
  WABE_TANH,
  WABE_SIGMOID,
  WABE_SOFTPLUS,
  WABE_ERF,
  WABE_MAPS
};
void wabe_map(int operation, int dtype, const void *x, void *y, size_t count);

// y[i] = f(a[i], b[i]). The first six are there for all numbers (integers wrap around; divided by 0 they give 0), the
// others for float32 and float64. Backward kernels take the gradient of a function's result as a, and as b the result
// (tanh, sigmoid) or the argument (relu, softplus).
enum {
  WABE_ADD,
  WABE_SUBTRACT,
  WABE_MULTIPLY,
  WABE_DIVIDE,
  WABE_MAXIMUM,
  WABE_MINIMUM,
  WABE_POWER,
  WABE_GREATER_SHARE,  // 1 where a > b, 1/2 where they are equal, otherwise 0
  WABE_TANH_BACKWARD,
  WABE_SIGMOID_BACKWARD,
  WABE_RELU_BACKWARD,
  WABE_SOFTPLUS_BACKWARD,
  WABE_ZIPS
};
// A step is 1, or 0 where the same element is meant for every i.
void wabe_zip(int operation, int dtype, const void *a, int a_step, const void *b, int b_step, void *y, size_t count);
// The same with one number, which is b or, where `number_first` is set, a.
void wabe_zip_number(
    int operation, int dtype, const void *x, double number, bool number_first, void *y, size_t count);
// The same over a nest of loops; y is contiguous.
void wabe_zip_nest(int operation, int dtype, const wabe_nest *nest, const void *a, const void *b, void *y);

// y[i] = whether a[i] and b[i] compare so; y holds bytes 0 and 1. NaN differs from everything and is in no order.
enum { WABE_EQUAL, WABE_NOT_EQUAL, WABE_LESS, WABE_LESS_EQUAL, WABE_COMPARES };
void wabe_compare_nest(int operation, int dtype, const wabe_nest *nest, const void *a, const void *b, uint8_t *y);

// y[i] = a[i] combined with b[i], all bytes 0 or 1.
enum { WABE_AND, WABE_OR, WABE_XOR };
void wabe_logic_nest(int operation, const wabe_nest *nest, const uint8_t *a, const uint8_t *b, uint8_t *y);

// y[i] = whether the float x[i] is of this kind.
enum { WABE_IS_NAN, WABE_IS_INFINITE, WABE_IS_FINITE };
void wabe_classify(int kind, int dtype, const void *x, uint8_t *y, size_t count);

// y[i] = c[i] ? a[i] : b[i] with bytes 0 or 1 in c, whose steps are the nest's third.
void wabe_select_nest(int dtype, const wabe_nest *nest, const void *a, const void *b, const uint8_t *c, void *y);

// Gathers x, read through the steps a of the nest, into contiguous y.
void wabe_copy_nest(int dtype, const wabe_nest *nest, const void *x, void *y);

// y[i] = x[i] in another element type. Fractions are cut off; what does not fit becomes the nearest number that does,
// and NaN becomes 0. Integers wrap around. Anything but 0 is true.
void wabe_cast(int from, int to, const void *x, void *y, size_t count);

#endif
