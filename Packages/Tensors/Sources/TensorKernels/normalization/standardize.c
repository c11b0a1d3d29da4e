// Numbers brought to mean 0 and variance 1 in groups, and the gradient of that.
//
// A block is what one thread does at a time: LANES neighbouring groups of one number per row (a batch of examples with
// features), or one group of longer runs (images, or the features of one example). Either way LANES sums grow side by
// side, so that the loops run on vectors; in a single group they are added up at the end.
#include "wabe_normalization.h"
#include "../denormals.h"
#include "../elementwise/share.h"

enum { LANES = 32 };

typedef struct {
  int dtype;
  wabe_groups groups;
  double epsilon;
  const void *x, *y, *scales;  // y is read by the slope only
  void *out, *means, *variances, *scale_out;
} standardization;

// Where the numbers of a block are: `rows` runs of `length` elements, `step` elements apart.
typedef struct {
  size_t first, lanes, start, rows, step, length, count;
} block;

static block block_at(wabe_groups all, size_t index) {
  if (all.inner == 1) {
    size_t first = index * LANES, lanes = all.groups - first < LANES ? all.groups - first : LANES;
    return (block){first, lanes, first, all.outer, all.groups, lanes, all.outer};
  }
  size_t step = all.groups * all.inner;
  return (block){index, 1, index * all.inner, all.outer, step, all.inner, all.outer * all.inner};
}

static void fold(const block *b, double sums[LANES]) {
  if (b->length == b->lanes) return;  // each lane is a group
  for (size_t half = LANES / 2; half > 0; half /= 2)
    for (size_t k = 0; k < half; k++) sums[k] += sums[k + half];
}

// Adds TERM of the elements p and q at the same place to the sums of the lanes.
#define SUMS(NAME, T, TERM)                                                                            \
  WABE_CLONES static void NAME(const block *b, const T *from, const T *with, const double *m, double *sums) { \
    double total[LANES] = {0};                                                                         \
    for (size_t row = 0; row < b->rows; row++) {                                                       \
      const T *P = from + b->start + row * b->step, *Q = with + b->start + row * b->step;              \
      size_t i = 0;                                                                                    \
      for (; i + LANES <= b->length; i += LANES)                                                       \
        for (size_t k = 0; k < LANES; k++) {                                                           \
          double p = (double)P[i + k], q = (double)Q[i + k], centre = m[k];                            \
          (void)q, (void)centre, total[k] += TERM;                                                     \
        }                                                                                              \
      for (size_t k = 0; i + k < b->length; k++) {                                                     \
        double p = (double)P[i + k], q = (double)Q[i + k], centre = m[k];                              \
        (void)q, (void)centre, total[k] += TERM;                                                       \
      }                                                                                                \
    }                                                                                                  \
    fold(b, total);                                                                                    \
    for (size_t k = 0; k < LANES; k++) sums[k] = b->lanes == 1 ? total[0] : total[k];                  \
  }

// Writes FORMULA of the elements p and q at the same place and of the numbers u, v and w of their lane.
#define RESULTS(NAME, T, FORMULA)                                                                      \
  WABE_CLONES static void NAME(const block *b, const T *from, const T *with, const T *us, const T *vs, const T *ws, T *to) { \
    for (size_t row = 0; row < b->rows; row++) {                                                       \
      const T *P = from + b->start + row * b->step, *Q = with + b->start + row * b->step;              \
      T *Y = to + b->start + row * b->step;                                                            \
      if (b->lanes == 1) {                                                                             \
        T u = us[0], v = vs[0], w = ws[0];                                                             \
        (void)w;                                                                                       \
        WABE_INDEPENDENT for (size_t i = 0; i < b->length; i++) {                                      \
          T p = P[i], q = Q[i];                                                                        \
          (void)q, Y[i] = FORMULA;                                                                     \
        }                                                                                              \
      } else {                                                                                         \
        WABE_INDEPENDENT for (size_t i = 0; i < b->length; i++) {                                      \
          T p = P[i], q = Q[i], u = us[i], v = vs[i], w = ws[i];                                       \
          (void)q, (void)w, Y[i] = FORMULA;                                                            \
        }                                                                                              \
      }                                                                                                \
    }                                                                                                  \
  }

#define STANDARDIZE(S, T)                                                                              \
  SUMS(plain_##S, T, p)                                                                                \
  SUMS(squares_##S, T, (p - centre) * (p - centre))                                                    \
  SUMS(products_##S, T, p *q)                                                                          \
  RESULTS(standard_##S, T, (p - u) * v)                                                                \
  RESULTS(slope_##S, T, w *(p - u - q * v))                                                            \
  static void forward_##S(const standardization *all, const block *b) {                                \
    double sums[LANES], mean[LANES];                                                                   \
    T u[LANES], v[LANES];                                                                              \
    plain_##S(b, all->x, all->x, (double[LANES]){0}, sums);                                            \
    for (size_t k = 0; k < LANES; k++) mean[k] = sums[k] / (double)b->count;                           \
    squares_##S(b, all->x, all->x, mean, sums);                                                        \
    for (size_t k = 0; k < LANES; k++) {                                                               \
      double variance = sums[k] / (double)b->count;                                                    \
      u[k] = (T)mean[k], v[k] = (T)(1 / __builtin_elementwise_sqrt(variance + all->epsilon));          \
      if (k >= b->lanes) continue;                                                                     \
      ((T *)all->means)[b->first + k] = u[k];                                                          \
      ((T *)all->variances)[b->first + k] = (T)variance;                                               \
      ((T *)all->scale_out)[b->first + k] = v[k];                                                      \
    }                                                                                                  \
    standard_##S(b, all->x, all->x, u, v, v, all->out);                                                \
  }                                                                                                    \
  static void backward_##S(const standardization *all, const block *b) {                               \
    double sums[LANES], products[LANES];                                                               \
    T u[LANES], v[LANES], w[LANES] = {0};                                                              \
    plain_##S(b, all->x, all->y, (double[LANES]){0}, sums);                                            \
    products_##S(b, all->x, all->y, sums, products);                                                   \
    for (size_t k = 0; k < LANES; k++) {                                                               \
      u[k] = (T)(sums[k] / (double)b->count), v[k] = (T)(products[k] / (double)b->count);              \
      if (k < b->lanes) w[k] = ((const T *)all->scales)[b->first + k];                                 \
    }                                                                                                  \
    slope_##S(b, all->x, all->y, u, v, w, all->out);                                                   \
  }

STANDARDIZE(f32, float)
STANDARDIZE(f64, double)

static void compute(void *context, size_t index) {
  const standardization *all = context;
  block b = block_at(all->groups, index);
  wabe_float_mode mode = wabe_flush_denormals();
  if (all->dtype == WABE_F32) all->y ? backward_f32(all, &b) : forward_f32(all, &b);
  else all->y ? backward_f64(all, &b) : forward_f64(all, &b);
  wabe_restore(mode);
}

static void run(standardization *all) {
  wabe_groups g = all->groups;
  size_t blocks = g.inner == 1 ? (g.groups + LANES - 1) / LANES : g.groups;
  if (g.outer * g.groups * g.inner >= WABE_SHARED_MATH) {
    wabe_parallel(blocks, all, compute);
  } else {
    for (size_t index = 0; index < blocks; index++) compute(all, index);
  }
}

void wabe_standardize(
    int dtype, const void *x, wabe_groups groups, double epsilon, void *y, void *mean, void *variance, void *scale) {
  standardization all = {.dtype = dtype, .groups = groups, .epsilon = epsilon, .x = x, .out = y, .means = mean,
                         .variances = variance, .scale_out = scale};
  run(&all);
}

void wabe_standardize_slope(
    int dtype, const void *g, const void *y, const void *scale, wabe_groups groups, void *dx) {
  standardization all = {.dtype = dtype, .groups = groups, .x = g, .y = y, .scales = scale, .out = dx};
  run(&all);
}
