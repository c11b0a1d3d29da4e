// Stable sorting along an axis.
#ifndef WABE_SORTING_H
#define WABE_SORTING_H

#include "wabe_types.h"

// y[o, ·, i] = the positions that sort x[o, ·, i]; equal elements keep their order. NaN is larger than every number,
// and the two zeros are equal. Returns false where there is no memory for the work.
bool wabe_argsort(
    int dtype, bool descending, size_t outer, size_t size, size_t inner, const void *x, int64_t *y);

// The positions in sorted x at which a value comes up for the first time; all NaN count as one value. Returns their
// number; `positions` has room for all.
size_t wabe_first_of_each(int dtype, const void *x, size_t count, int64_t *positions);

#endif
