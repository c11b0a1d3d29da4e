// Losses that compare numbers one by one.
#include "../elementwise/share.h"
#include "../math/float32.h"
#include "../math/float64.h"
#include "wabe_losses.h"
#include "wabe_memory.h"

enum { BLOCK = 256, LANES = 8 };

// Where the probability is right for certain, an infinite logit costs nothing; the product would be NaN.
#define CROSS_ENTROPY(T, LOG1P, EXP, ABS) \
  T excess = x > 0 ? 1 - t : -t;          \
  T value = (excess == 0 ? 0 : excess * x) + LOG1P(EXP(-ABS(x)));

#define SQUARED(T)  \
  T excess = x - t; \
  T value = excess * excess;

// Defines NAME_sum over neighbours and NAME_slope. Terms are computed in blocks, so that both loops run on vectors.
#define PAIR_LOSS(NAME, T, VALUE, SLOPE)                                                                 \
  WABE_CLONES static double NAME##_sum(const void *from, const void *to, size_t count) {                 \
    const T *xs = from, *ts = to;                                                                        \
    double lanes[LANES] = {0};                                                                           \
    T terms[BLOCK];                                                                                      \
    for (size_t start = 0; start < count; start += BLOCK) {                                              \
      size_t size = count - start < BLOCK ? count - start : BLOCK;                                       \
      for (size_t i = 0; i < size; i++) {                                                                \
        T x = xs[start + i], t = ts[start + i];                                                          \
        VALUE terms[i] = value;                                                                          \
      }                                                                                                  \
      size_t i = 0;                                                                                      \
      for (; i + LANES <= size; i += LANES)                                                              \
        for (size_t k = 0; k < LANES; k++) lanes[k] += (double)terms[i + k];                             \
      for (; i < size; i++) lanes[i % LANES] += (double)terms[i];                                        \
    }                                                                                                    \
    return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7])); \
  }                                                                                                      \
  WABE_CLONES static void NAME##_slope(const void *from, const void *to, double scale, void *result, size_t count) { \
    const T *xs = from, *ts = to;                                                                        \
    T *y = result, factor = (T)scale;                                                                    \
    WABE_INDEPENDENT for (size_t i = 0; i < count; i++) {                                                \
      T x = xs[i], t = ts[i];                                                                            \
      y[i] = factor * (SLOPE);                                                                           \
    }                                                                                                    \
  }

PAIR_LOSS(squared_f32, float, SQUARED(float), 2 * (x - t))
PAIR_LOSS(squared_f64, double, SQUARED(double), 2 * (x - t))
PAIR_LOSS(sigmoid_f32, float, CROSS_ENTROPY(float, log1p_unit32, exp32, abs32), sigmoid32(x) - t)
PAIR_LOSS(sigmoid_f64, double, CROSS_ENTROPY(double, log1p_unit64, exp64, abs64), sigmoid64(x) - t)

typedef double sum_kernel(const void *x, const void *t, size_t count);
typedef void slope_kernel(const void *x, const void *t, double factor, void *y, size_t count);
static sum_kernel *const sums[WABE_PAIR_LOSSES][2] = {
    [WABE_SQUARED_ERROR] = {squared_f32_sum, squared_f64_sum},
    [WABE_SIGMOID_CROSS_ENTROPY] = {sigmoid_f32_sum, sigmoid_f64_sum},
};
static slope_kernel *const slopes[WABE_PAIR_LOSSES][2] = {
    [WABE_SQUARED_ERROR] = {squared_f32_slope, squared_f64_slope},
    [WABE_SIGMOID_CROSS_ENTROPY] = {sigmoid_f32_slope, sigmoid_f64_slope},
};

typedef struct {
  sum_kernel *sum;
  slope_kernel *slope;
  const char *x, *t;
  size_t width, count;
  double factor;
  double *partial;
} pair_work;

static void sum_chunk(void *context, size_t index) {
  const pair_work *all = context;
  size_t start = index * WABE_CHUNK;
  size_t count = all->count - start < WABE_CHUNK ? all->count - start : WABE_CHUNK;
  all->partial[index] = all->sum(all->x + start * all->width, all->t + start * all->width, count);
}

static void slope_span(const void *work, size_t start, size_t count, void *y) {
  const pair_work *all = work;
  all->slope(all->x + start * all->width, all->t + start * all->width, all->factor, y, count);
}

double wabe_pair_loss(int loss, int dtype, const void *x, const void *t, size_t count) {
  sum_kernel *sum = sums[loss][dtype];
  if (count <= WABE_CHUNK) return sum(x, t, count);
  size_t chunks = (count + WABE_CHUNK - 1) / WABE_CHUNK, bytes = chunks * sizeof(double);
  double *partial = wabe_allocate(bytes), total = 0;
  if (!partial) return sum(x, t, count);
  pair_work work = {.sum = sum, .x = x, .t = t, .width = width_of(dtype), .count = count, .partial = partial};
  wabe_parallel(chunks, &work, sum_chunk);
  for (size_t i = 0; i < chunks; i++) total += partial[i];
  wabe_free(partial, bytes);
  return total;
}

void wabe_pair_loss_slope(int loss, int dtype, const void *x, const void *t, double factor, void *y, size_t count) {
  slope_kernel *slope = slopes[loss][dtype];
  size_t width = width_of(dtype);
  pair_work work = {.slope = slope, .x = x, .t = t, .width = width, .factor = factor};
  wabe_share(slope_span, &work, count, width, WABE_SHARED_MATH, y);
}
