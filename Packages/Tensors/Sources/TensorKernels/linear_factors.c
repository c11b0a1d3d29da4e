// Factorizations of matrices of doubles. Both work on whole rows, which lie together in memory.
#include "include/wabe_linear_algebra.h"
#include "include/wabe_products.h"
#include "linear_rows.h"
#include "product_kernels.h"
#include <math.h>

enum { PANEL = 48 };  // columns that are factored before the rest of the matrix hears of it

// Factors the columns from `first` to `last` and exchanges whole rows as it goes. Returns the number of steps done.
static size_t factor_panel(size_t n, double *a, size_t *exchanged, size_t first, size_t last) {
  for (size_t k = first; k < last; k++) {
    size_t best = k;
    for (size_t i = k + 1; i < n; i++)
      if (fabs(a[i * n + k]) > fabs(a[best * n + k])) best = i;
    exchanged[k] = best;
    double pivot = a[best * n + k];
    if (!(fabs(pivot) > 0) || isinf(pivot)) return k;
    if (best != k) wabe_exchange_rows(n, a + k * n, a + best * n);
    for (size_t i = k + 1; i < n; i++) {
      double factor = a[i * n + k] /= pivot;
      if (factor != 0) wabe_add_row(last - k - 1, -factor, a + k * n + k + 1, a + i * n + k + 1);
    }
  }
  return last;
}

size_t wabe_factor_lu(size_t n, double *a, size_t *exchanged) {
  double *product = n > PANEL ? wabe_scratch(n * n * sizeof(double)) : NULL;
  size_t done = 0;
  while (done < n) {
    size_t first = done, last = n - first < PANEL ? n : first + PANEL, rest = n - last;
    done = factor_panel(n, a, exchanged, first, last);
    if (done < last) break;
    for (size_t k = first; k < last && rest > 0; k++)
      for (size_t i = k + 1; i < last; i++) wabe_add_row(rest, -a[i * n + k], a + k * n + last, a + i * n + last);
    if (rest == 0) break;
    wabe_block below = {rest, rest, last - first, a + last * n + first, a + first * n + last, product,
                        .a_row = (ptrdiff_t)n, .a_column = 1, .b_row = (ptrdiff_t)n, .b_column = 1,
                        .c_row = (ptrdiff_t)rest};
    bool shared = wabe_is_shared_product(wabe_product_work(rest, rest, last - first));
    wabe_multiply_tiled(wabe_product_kernels_for(WABE_F64), WABE_F64, &below, WABE_NO_ACTIVATION, shared);
    for (size_t i = 0; i < rest; i++) wabe_add_row(rest, -1, product + i * rest, a + (last + i) * n + last);
  }
  if (product) wabe_free(product, n * n * sizeof(double));
  return done;
}

void wabe_solve_lu(size_t n, const double *lu, const size_t *exchanged, bool transposed, size_t columns, double *b) {
  if (!transposed) {
    for (size_t i = 0; i < n; i++)
      if (exchanged[i] != i) wabe_exchange_rows(columns, b + i * columns, b + exchanged[i] * columns);
    for (size_t i = 0; i < n; i++)
      for (size_t k = 0; k < i; k++) wabe_add_row(columns, -lu[i * n + k], b + k * columns, b + i * columns);
    for (size_t i = n; i-- > 0;) {
      for (size_t k = i + 1; k < n; k++) wabe_add_row(columns, -lu[i * n + k], b + k * columns, b + i * columns);
      for (size_t j = 0; j < columns; j++) b[i * columns + j] /= lu[i * n + i];
    }
    return;
  }
  for (size_t k = 0; k < n; k++) {
    for (size_t j = 0; j < columns; j++) b[k * columns + j] /= lu[k * n + k];
    for (size_t i = k + 1; i < n; i++) wabe_add_row(columns, -lu[k * n + i], b + k * columns, b + i * columns);
  }
  for (size_t k = n; k-- > 0;)
    for (size_t i = 0; i < k; i++) wabe_add_row(columns, -lu[k * n + i], b + k * columns, b + i * columns);
  for (size_t i = n; i-- > 0;)
    if (exchanged[i] != i) wabe_exchange_rows(columns, b + i * columns, b + exchanged[i] * columns);
}

// Finds U = Lᵀ row by row in the upper half, then turns it over.
size_t wabe_factor_cholesky(size_t n, double *a) {
  for (size_t k = 0; k < n; k++) {
    double *row = a + k * n;
    if (!(row[k] > 0) || isinf(row[k])) return k;
    double root = sqrt(row[k]);
    row[k] = root;
    for (size_t j = k + 1; j < n; j++) row[j] /= root;
    for (size_t i = k + 1; i < n; i++)
      if (row[i] != 0) wabe_add_row(n - i, -row[i], row + i, a + i * n + i);
  }
  for (size_t i = 0; i < n; i++)
    for (size_t j = i + 1; j < n; j++) {
      a[j * n + i] = a[i * n + j];
      a[i * n + j] = 0;
    }
  return n;
}
