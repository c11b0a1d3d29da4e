// Numbers brought to mean 0 and variance 1 in groups, and the gradient of that.
//
// Sums are made in float64, by one thread for each group: the same bits for any number of threads.
#ifndef WABE_NORMALIZATION_H
#define WABE_NORMALIZATION_H

#include "wabe_types.h"

// Which numbers belong together: x is outer × groups × inner, and a group has all that share its middle index.
typedef struct {
  size_t outer, groups, inner;
} wabe_groups;

// y = (x − mean) · scale, with scale = 1 / √(variance + epsilon). The last three have one number per group.
void wabe_standardize(
    int dtype, const void *x, wabe_groups groups, double epsilon, void *y, void *mean, void *variance, void *scale);

// dx = scale · (g − mean of g − y · mean of g y).
void wabe_standardize_slope(
    int dtype, const void *g, const void *y, const void *scale, wabe_groups groups, void *dx);

#endif
