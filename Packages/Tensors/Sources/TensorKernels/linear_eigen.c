// Eigenvalues and eigenvectors of symmetric matrices: Householder reflections make the matrix tridiagonal, implicit QL
// steps make it diagonal (Wilkinson & Reinsch, Handbook for Automatic Computation II, 1971).
#include "include/wabe_linear_algebra.h"
#include "include/wabe_engine.h"
#include "linear_rows.h"
#include "product_kernels.h"
#include <float.h>
#include <math.h>

enum {
  MOST_STEPS = 60,   // per eigenvalue; two are usual
  OWN_STEPS = 10,    // with which an eigenvalue is sought as exactly as its neighbours are small
  WAITING = 8192,    // rotations that are collected before the eigenvectors hear of them
  COLUMNS = 64,      // of the eigenvectors that are turned at once, so that they stay in the cache
};

// Makes A tridiagonal with the given diagonal and the elements beside it. Row k keeps the reflection I − scale[k] v vᵀ
// that cleared it, with v to the right of the diagonal.
static void make_tridiagonal(size_t n, double *a, double *diagonal, double *beside, double *scale, double *work) {
  for (size_t k = 0; k + 1 < n; k++) {
    double *v = a + k * n + k + 1;
    size_t m = n - k - 1;
    diagonal[k] = a[k * n + k];
    scale[k] = 0;
    double largest = 0;
    for (size_t i = 1; i < m; i++) largest = fmax(largest, fabs(v[i]));
    if (!(largest > 0)) {
      beside[k] = v[0];
      continue;
    }
    largest = fmax(largest, fabs(v[0]));
    for (size_t i = 0; i < m; i++) v[i] /= largest;
    double length = copysign(sqrt(wabe_dot_rows(m, v, v)), v[0]);
    v[0] += length;
    beside[k] = -length * largest;
    scale[k] = 1 / (length * v[0]);
    // B becomes B − v wᵀ − w vᵀ for the rest B of the matrix, where w = scale B v less its part along v.
    double *rest = a + (k + 1) * n + k + 1;
    for (size_t i = 0; i < m; i++) work[i] = scale[k] * wabe_dot_rows(m, rest + i * n, v);
    wabe_add_row(m, -0.5 * scale[k] * wabe_dot_rows(m, work, v), v, work);
    for (size_t i = 0; i < m; i++) wabe_add_rows(m, -v[i], work, -work[i], v, rest + i * n);
  }
  if (n > 0) diagonal[n - 1] = a[n * n - 1];
}

// Multiplies the reflections together into q.
static void collect_reflections(size_t n, const double *a, const double *scale, double *q, double *work) {
  memset(q, 0, n * n * sizeof(double));
  for (size_t i = 0; i < n; i++) q[i * n + i] = 1;
  for (size_t k = n < 1 ? 0 : n - 1; k-- > 0;) {
    if (scale[k] == 0) continue;
    const double *v = a + k * n + k + 1;
    size_t m = n - k - 1;
    double *rest = q + (k + 1) * n + k + 1;
    memset(work, 0, m * sizeof(double));
    for (size_t i = 0; i < m; i++) wabe_add_row(m, v[i], rest + i * n, work);
    for (size_t i = 0; i < m; i++) wabe_add_row(m, -scale[k] * v[i], work, rest + i * n);
  }
}

// The rotations of several sweeps, which the threads carry out on strips of columns: no element waits for another
// column, and the strips stay in the cache from one sweep to the next.
typedef struct {
  size_t n, count;
  double *rows;
  struct {
    double c, s;
    size_t row;
  } waiting[WAITING];
} rotations;

static void turn_strip(void *context, size_t index) {
  const rotations *all = context;
  size_t first = index * COLUMNS, columns = all->n - first < COLUMNS ? all->n - first : COLUMNS;
  for (size_t k = 0; k < all->count; k++) {
    double *row = all->rows + all->waiting[k].row * all->n + first;
    wabe_rotate_rows(columns, all->waiting[k].c, all->waiting[k].s, row, row + all->n);
  }
}

static void turn_rows(rotations *all) {
  wabe_parallel((all->n + COLUMNS - 1) / COLUMNS, all, turn_strip);
  all->count = 0;
}

// One sweep of rotations from row `last` up to `first`, shifted towards an eigenvalue.
static void sweep(double *diagonal, double *beside, rotations *all, size_t first, size_t last) {
  double half = (diagonal[first + 1] - diagonal[first]) / (2 * beside[first]);
  double shift = beside[first] / (half + copysign(hypot(half, 1), half));
  double g = diagonal[last] - diagonal[first] + shift, s = 1, c = 1, moved = 0;
  for (size_t i = last; i-- > first;) {
    double f = s * beside[i], b = c * beside[i], r = hypot(f, g);
    beside[i + 1] = r;
    if (r == 0) {  // the matrix falls apart here
      diagonal[i + 1] -= moved;
      beside[last] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    g = diagonal[i + 1] - moved;
    r = (diagonal[i] - g) * s + 2 * c * b;
    moved = s * r;
    diagonal[i + 1] = g + moved;
    g = c * r - b;
    if (all->count == WAITING) turn_rows(all);
    all->waiting[all->count].c = c;
    all->waiting[all->count].s = s;
    all->waiting[all->count++].row = i;
  }
  diagonal[first] -= moved;
  beside[first] = g;
  beside[last] = 0;
}

static bool make_diagonal(size_t n, double *diagonal, double *beside, double *rows) {
  rotations *all = wabe_scratch(sizeof *all);
  all->n = n;
  all->count = 0;
  all->rows = rows;
  double largest = 0;
  for (size_t i = 0; i < n; i++) largest = fmax(largest, fabs(diagonal[i]) + fabs(beside[i]));
  bool done = true;
  for (size_t first = 0; done && first < n; first++)
    for (int steps = 0;; steps++) {
      // What is left of a matrix of low rank is rounding errors of its large part. They may never become diagonal by
      // their own measure, but by that of the whole matrix they are.
      double least = steps < OWN_STEPS ? 0 : DBL_EPSILON * largest;
      size_t last = first;
      while (last + 1 < n) {
        double own = DBL_EPSILON * (fabs(diagonal[last]) + fabs(diagonal[last + 1]));
        if (fabs(beside[last]) <= fmax(own, least)) break;
        last++;
      }
      if (last == first) break;
      if (steps == MOST_STEPS) {
        done = false;
        break;
      }
      sweep(diagonal, beside, all, first, last);
    }
  turn_rows(all);
  wabe_free(all, sizeof *all);
  return done;
}

bool wabe_eigen_symmetric(size_t n, double *a, double *values) {
  if (n == 0) return true;
  size_t bytes = (n * n + 3 * n) * sizeof(double);
  double *q = wabe_scratch(bytes), *beside = q + n * n, *scale = beside + n, *work = scale + n;
  make_tridiagonal(n, a, values, beside, scale, work);
  beside[n - 1] = 0;
  collect_reflections(n, a, scale, q, work);
  const wabe_product_kernels *kernels = wabe_product_kernels_for(WABE_F64);
  kernels->transpose(n, n, q, n, a, n);  // the rows of a are now what the rotations turn
  bool done = make_diagonal(n, values, beside, a);
  for (size_t i = 0; done && i < n; i++) {
    size_t smallest = i;
    for (size_t j = i + 1; j < n; j++)
      if (values[j] < values[smallest]) smallest = j;
    if (smallest == i) continue;
    double kept = values[i];
    values[i] = values[smallest];
    values[smallest] = kept;
    wabe_exchange_rows(n, a + i * n, a + smallest * n);
  }
  memcpy(q, a, n * n * sizeof(double));
  kernels->transpose(n, n, q, n, a, n);
  wabe_free(q, bytes);
  return done;
}
