// Loops over rows of doubles, which all of the linear algebra is made of.
#ifndef WABE_LINEAR_ROWS_H
#define WABE_LINEAR_ROWS_H

#include "include/wabe_types.h"

// y += factor · x.
void wabe_add_row(size_t count, double factor, const double *x, double *y);
// y += p · u + q · v.
void wabe_add_rows(size_t count, double p, const double *u, double q, const double *v, double *y);
// (x, y) becomes (c x − s y, s x + c y).
void wabe_rotate_rows(size_t count, double c, double s, double *x, double *y);
// Σ x y, added in eight interleaved sums.
double wabe_dot_rows(size_t count, const double *x, const double *y);
void wabe_exchange_rows(size_t count, double *x, double *y);

#endif
