// The formulas of the reductions.
#include "reduction.h"
#include <math.h>
#include <stdlib.h>

WABE_REDUCE_LOOPS(sum_f32, float, lanes_f32, double, lanes_f64, 0, a + v, a + v)

// Sums of float32 in large parts: widening every element takes longer than fetching it, so four are added up in
// float32 first. What overflows there is added up again without that.
WABE_CLONES static void quick_sum_f32_row(const void *from, size_t count, const double *shift, void *accumulator) {
  typedef float line __attribute__((ext_vector_type(16)));
  enum { LARGE = 1 << 15 };
  const float *x = from;
  lanes_f64 lanes[4] = {0, 0, 0, 0};
  size_t i = 0;
  for (; count >= LARGE && i + 128 <= count; i += 128)
    _Pragma("clang loop unroll(full)") for (int k = 0; k < 4; k += 2) {
      line v[4];
      memcpy(v, x + i + 32 * k, sizeof v);
      line four = (v[0] + v[1]) + (v[2] + v[3]);
      lanes[k] += __builtin_convertvector(four.lo, lanes_f64);
      lanes[k + 1] += __builtin_convertvector(four.hi, lanes_f64);
    }
  double total;
  sum_f32_row(x + i, count - i, shift, &total);
  lanes[0] = (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);
  for (int k = 0; k < 8; k++) total += lanes[0][k];
  if (i > 0 && !isfinite(total)) sum_f32_row(x, count, shift, &total);
  *(double *)accumulator = total;
}
#define quick_sum_f32_columns sum_f32_columns
#define quick_sum_f32_merge sum_f32_merge

WABE_REDUCE_LOOPS(sum_f64, double, lanes_f64, double, lanes_f64, 0, a + v, a + v)
WABE_REDUCE_LOOPS(product_f32, float, lanes_f32, double, lanes_f64, 1, a *v, a *v)
WABE_REDUCE_LOOPS(product_f64, double, lanes_f64, double, lanes_f64, 1, a *v, a *v)
WABE_REDUCE_LOOPS(squares_f32, float, lanes_f32, double, lanes_f64, 0, a + v * v, a + v)
WABE_REDUCE_LOOPS(squares_f64, double, lanes_f64, double, lanes_f64, 0, a + v * v, a + v)
// The deviation from the mean M.
WABE_REDUCE_LOOPS(deviations_f32, float, lanes_f32, double, lanes_f64, 0, a + (v - M) * (v - M), a + v)
WABE_REDUCE_LOOPS(deviations_f64, double, lanes_f64, double, lanes_f64, 0, a + (v - M) * (v - M), a + v)

// Integers are added up without sign, so that they wrap around.
WABE_LANES(uint64_t, lanes_u64);
WABE_REDUCE_LOOPS(sum_i32, int32_t, lanes_i32, uint64_t, lanes_u64, 0, a + v, a + v)
WABE_REDUCE_LOOPS(sum_i64, int64_t, lanes_i64, uint64_t, lanes_u64, 0, a + v, a + v)
WABE_REDUCE_LOOPS(sum_u8, uint8_t, lanes_u8, uint64_t, lanes_u64, 0, a + v, a + v)
WABE_REDUCE_LOOPS(product_i32, int32_t, lanes_i32, uint64_t, lanes_u64, 1, a *v, a *v)
WABE_REDUCE_LOOPS(product_i64, int64_t, lanes_i64, uint64_t, lanes_u64, 1, a *v, a *v)
WABE_REDUCE_LOOPS(product_u8, uint8_t, lanes_u8, uint64_t, lanes_u64, 1, a *v, a *v)

// NaN is taken when it comes, and kept, since nothing is above or below it.
#define LARGER ((v > a) | (v != v)) ? v : a
#define SMALLER ((v < a) | (v != v)) ? v : a
WABE_REDUCE_LOOPS(max_f32, float, lanes_f32, float, lanes_f32, -INFINITY, LARGER, LARGER)
WABE_REDUCE_LOOPS(max_f64, double, lanes_f64, double, lanes_f64, -INFINITY, LARGER, LARGER)
WABE_REDUCE_LOOPS(min_f32, float, lanes_f32, float, lanes_f32, INFINITY, SMALLER, SMALLER)
WABE_REDUCE_LOOPS(min_f64, double, lanes_f64, double, lanes_f64, INFINITY, SMALLER, SMALLER)
#define MORE v > a ? v : a
#define LESS v < a ? v : a
WABE_REDUCE_LOOPS(max_i32, int32_t, lanes_i32, int32_t, lanes_i32, INT32_MIN, MORE, MORE)
WABE_REDUCE_LOOPS(max_i64, int64_t, lanes_i64, int64_t, lanes_i64, INT64_MIN, MORE, MORE)
WABE_REDUCE_LOOPS(max_u8, uint8_t, lanes_u8, uint8_t, lanes_u8, 0, MORE, MORE)
WABE_REDUCE_LOOPS(min_i32, int32_t, lanes_i32, int32_t, lanes_i32, INT32_MAX, LESS, LESS)
WABE_REDUCE_LOOPS(min_i64, int64_t, lanes_i64, int64_t, lanes_i64, INT64_MAX, LESS, LESS)
WABE_REDUCE_LOOPS(min_u8, uint8_t, lanes_u8, uint8_t, lanes_u8, UINT8_MAX, LESS, LESS)

WABE_REDUCE_FINISH(as_f32, double, float, (float)a)
WABE_REDUCE_FINISH(as_8, uint64_t, uint64_t, a)
WABE_REDUCE_FINISH(as_4, uint32_t, uint32_t, a)
WABE_REDUCE_FINISH(as_1, uint8_t, uint8_t, a)
WABE_REDUCE_FINISH(mean_as_f32, double, float, (float)(a / (double)size))
WABE_REDUCE_FINISH(mean_as_f64, double, double, a / (double)size)
WABE_REDUCE_FINISH(root_as_f32, double, float, (float)sqrt(a))
WABE_REDUCE_FINISH(root_as_f64, double, double, sqrt(a))
WABE_REDUCE_FINISH(sample_as_f32, double, float, (float)(a / ((double)size - 1)))
WABE_REDUCE_FINISH(sample_as_f64, double, double, a / ((double)size - 1))

#define KIND(LOOPS, FINISH, WIDTH, ACCUMULATOR, RESULT) \
  {LOOPS##_row, LOOPS##_columns, LOOPS##_merge, FINISH, WIDTH, ACCUMULATOR, RESULT}
#define TO_INT64(NAME)                                                                                       \
  KIND(NAME##_i32, as_8, 4, 8, 8), KIND(NAME##_i64, as_8, 8, 8, 8), KIND(NAME##_u8, as_8, 1, 8, 8),          \
      KIND(NAME##_u8, as_8, 1, 8, 8)
#define SAME(NAME)                                                                                           \
  {KIND(NAME##_f32, as_4, 4, 4, 4), KIND(NAME##_f64, as_8, 8, 8, 8), KIND(NAME##_i32, as_4, 4, 4, 4),        \
   KIND(NAME##_i64, as_8, 8, 8, 8), KIND(NAME##_u8, as_1, 1, 1, 1), KIND(NAME##_u8, as_1, 1, 1, 1)}
static const wabe_reduction kinds[WABE_REDUCTIONS][6] = {
    [WABE_SUM] = {KIND(quick_sum_f32, as_f32, 4, 8, 4), KIND(sum_f64, as_8, 8, 8, 8), TO_INT64(sum)},
    [WABE_PRODUCT] = {KIND(product_f32, as_f32, 4, 8, 4), KIND(product_f64, as_8, 8, 8, 8), TO_INT64(product)},
    [WABE_MAX] = SAME(max),
    [WABE_MIN] = SAME(min),
    [WABE_MEAN] = {KIND(quick_sum_f32, mean_as_f32, 4, 8, 4), KIND(sum_f64, mean_as_f64, 8, 8, 8)},
    [WABE_NORM] = {KIND(squares_f32, root_as_f32, 4, 8, 4), KIND(squares_f64, root_as_f64, 8, 8, 8)},
    [WABE_VARIANCE] = {KIND(deviations_f32, mean_as_f32, 4, 8, 4), KIND(deviations_f64, mean_as_f64, 8, 8, 8)},
    [WABE_SAMPLE_VARIANCE] =
        {KIND(deviations_f32, sample_as_f32, 4, 8, 4), KIND(deviations_f64, sample_as_f64, 8, 8, 8)},
};
static const wabe_reduction exact_means[] = {
    KIND(sum_f32, mean_as_f64, 4, 8, 8), KIND(sum_f64, mean_as_f64, 8, 8, 8)};

void wabe_reduce(int operation, int dtype, const void *x, void *y, wabe_axes axes) {
  const wabe_reduction *kind = &kinds[operation][dtype];
  size_t results = axes.outer * axes.inner;
  if (results == 0) return;
  if (axes.size == 0) {
    double nothing[1];
    for (size_t i = 0; i < results; i++) {
      kind->row(x, 0, NULL, nothing);
      kind->finish(nothing, 1, 0, (char *)y + i * kind->result_width);
    }
  } else if (operation == WABE_VARIANCE || operation == WABE_SAMPLE_VARIANCE) {
    double few[64];
    double *means = results <= 64 ? few : malloc(results * sizeof(double));
    if (!means) abort();
    wabe_run_reduction(&exact_means[dtype], x, NULL, means, axes);
    wabe_run_reduction(kind, x, means, y, axes);
    if (means != few) free(means);
  } else {
    wabe_run_reduction(kind, x, NULL, y, axes);
  }
}
