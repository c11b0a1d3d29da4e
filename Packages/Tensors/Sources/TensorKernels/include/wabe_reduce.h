// Loops that make one element of a result from many of x.
//
// x is [outer, size, inner], the result [outer, inner]. Elements are combined in an order that depends on the sizes
// alone, never on the number of threads: the same bits come out every time. Sums of float32 are added up in float64;
// in rows of 2^15 elements or more, four at a time are added up in float32 first, which errs by at most 2^-23 Σ|x|.
#ifndef WABE_REDUCE_H
#define WABE_REDUCE_H

#include "wabe_types.h"

// The sizes of x.
typedef struct {
  size_t outer, size, inner;
} wabe_axes;

// Sums and products of integers are int64 and wrap around; all other results have the type of x. Mean, norm (the root
// of the sum of squares, which is not scaled) and variance (the mean squared deviation from the mean; `_SAMPLE`
// divides by size − 1) are there for floats only. NaN anywhere makes a maximum or minimum NaN; of truth values they
// say whether any is true and whether all are. Maximum and minimum need a size above 0.
enum {
  WABE_SUM,
  WABE_PRODUCT,
  WABE_MAX,
  WABE_MIN,
  WABE_MEAN,
  WABE_NORM,
  WABE_VARIANCE,
  WABE_SAMPLE_VARIANCE,
  WABE_REDUCTIONS
};
void wabe_reduce(int operation, int dtype, const void *x, void *y, wabe_axes axes);

// The position along the axis of the first maximum or minimum, or of the first NaN where there is one.
void wabe_arg_extreme(bool largest, int dtype, const void *x, int64_t *y, wabe_axes axes);

// y[o, k, i] = x[o, 0, i] + … + x[o, k, i], or from the end if reversed. Integers wrap around; y has the type of x.
void wabe_cumulative_sum(int dtype, const void *x, void *y, wabe_axes axes, bool reversed);

// Along the axis, for float32 and float64: softmax, its logarithm (both shaped like x), and log Σ e^x (one per row).
// Where all x of a row are −∞, softmax is 0 and the other two are −∞.
void wabe_softmax(int dtype, const void *x, void *y, wabe_axes axes);
void wabe_log_softmax(int dtype, const void *x, void *y, wabe_axes axes);
void wabe_log_sum_exp(int dtype, const void *x, void *y, wabe_axes axes);

// Their gradients from the gradient g of the result y: y (g − Σ g y), and g − e^y Σ g.
void wabe_softmax_backward(int dtype, const void *g, const void *y, void *result, wabe_axes axes);
void wabe_log_softmax_backward(int dtype, const void *g, const void *y, void *result, wabe_axes axes);

#endif
