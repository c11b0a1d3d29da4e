#ifndef WABE_LINEAR_ALGEBRA_H
#define WABE_LINEAR_ALGEBRA_H

#include <stdbool.h>
#include <stddef.h>

// Row-major n × n matrices of doubles, worked on in place.

// Factors A with its rows exchanged into L · U; L has ones on its diagonal, which are not stored. exchanged[i] is the
// row that was exchanged with row i in step i. Returns the number of steps done: less than n where A is singular.
size_t wabe_factor_lu(size_t n, double *a, size_t *exchanged);

// Replaces the n × columns matrix b by the solution x of A x = b, or of Aᵀ x = b, given the factors of A.
void wabe_solve_lu(size_t n, const double *lu, const size_t *exchanged, bool transposed, size_t columns, double *b);

// Replaces symmetric A by L with A = L · Lᵀ and zeros above the diagonal. Returns the number of rows done: less than n
// where A is not positive definite.
size_t wabe_factor_cholesky(size_t n, double *a);

// Replaces symmetric A by its eigenvectors, one per column, and writes the eigenvalues in ascending order. Returns
// false where the iteration does not come to an end, as with numbers that are not finite.
bool wabe_eigen_symmetric(size_t n, double *a, double *values);

#endif
