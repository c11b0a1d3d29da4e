// What a reduction consists of, and how its loops are written.
#ifndef WABE_REDUCTION_H
#define WABE_REDUCTION_H

#include "../elementwise/share.h"
#include "wabe_reduce.h"

// The loops of one reduction of one element type. Accumulators are wider than elements where that is more precise.
// `shift` holds a double per accumulator, which a reduction may subtract from elements first.
typedef struct {
  // accumulator[0] = all `count` neighbours together.
  void (*row)(const void *x, size_t count, const double *shift, void *accumulator);
  // accumulator[i] = x[i] and what lies `stride` elements further, together for `rows` rows, for `count` columns.
  void (*columns)(const void *x, size_t rows, size_t stride, size_t count, const double *shift, void *accumulator);
  // accumulator[i] = accumulator[i] and other[i] together.
  void (*merge)(void *accumulator, const void *other, size_t count);
  // y[i] = the result for accumulator[i], made of `size` elements. y may be the accumulators.
  void (*finish)(const void *accumulator, size_t count, size_t size, void *y);
  uint8_t width, accumulator_width, result_width;
} wabe_reduction;

// Reduces x; `shift` has a double for each result, or is NULL. Sizes are not 0.
void wabe_run_reduction(const wabe_reduction *reduction, const void *x, const double *shift, void *y, wabe_axes axes);

#define WABE_LANES(T, NAME) typedef T NAME __attribute__((ext_vector_type(8)))
WABE_LANES(double, lanes_f64);
WABE_LANES(float, lanes_f32);
WABE_LANES(int64_t, lanes_i64);
WABE_LANES(int32_t, lanes_i32);
WABE_LANES(uint8_t, lanes_u8);

// Defines NAME_row, NAME_columns and NAME_merge, which reduce elements T (in lanes V) with accumulators A (in lanes W).
// STEP combines accumulator a with element v, a number or a vector of lanes; JOIN two accumulators a and v. M is the
// shift. A row runs in 32 lanes, folded as a tree.
#define WABE_REDUCE_LOOPS(NAME, T, V, A, W, INITIAL, STEP, JOIN)                                              \
  WABE_CLONES static void NAME##_row(const void *from, size_t count, const double *shift, void *accumulator) { \
    const T *x = from;                                                                                        \
    double M = shift ? *shift : 0;                                                                            \
    (void)M;                                                                                                  \
    A total = INITIAL;                                                                                        \
    size_t i = 0;                                                                                             \
    if (count >= 32) {                                                                                        \
      W lanes[4];                                                                                             \
      for (int k = 0; k < 4; k++) lanes[k] = (W)total;                                                        \
      for (; i + 32 <= count; i += 32)                                                                        \
        _Pragma("clang loop unroll(full)") for (int k = 0; k < 4; k++) {                                      \
          V loaded;                                                                                           \
          memcpy(&loaded, x + i + 8 * k, sizeof loaded);                                                      \
          W a = lanes[k], v = __builtin_convertvector(loaded, W);                                             \
          lanes[k] = STEP;                                                                                    \
        }                                                                                                     \
      for (int half = 2; half >= 1; half /= 2)                                                                \
        for (int k = 0; k < half; k++) {                                                                      \
          W a = lanes[k], v = lanes[k + half];                                                                \
          lanes[k] = JOIN;                                                                                    \
        }                                                                                                     \
      A each[8];                                                                                              \
      memcpy(each, lanes, sizeof each);                                                                       \
      for (int half = 4; half >= 1; half /= 2)                                                                \
        for (int k = 0; k < half; k++) {                                                                      \
          A a = each[k], v = each[k + half];                                                                  \
          each[k] = JOIN;                                                                                     \
        }                                                                                                     \
      total = each[0];                                                                                        \
    }                                                                                                         \
    _Pragma("clang loop vectorize(disable)") for (; i < count; i++) {                                         \
      A a = total, v = (A)x[i];                                                                               \
      total = STEP;                                                                                           \
    }                                                                                                         \
    *(A *)accumulator = total;                                                                                \
  }                                                                                                           \
  WABE_CLONES static void NAME##_columns(                                                                     \
      const void *from, size_t rows, size_t stride, size_t count, const double *shift, void *accumulator) {   \
    const T *x = from;                                                                                        \
    A *total = accumulator;                                                                                   \
    for (size_t i = 0; i < count; i++) total[i] = INITIAL;                                                    \
    size_t row = 0;                                                                                           \
    for (; row + 4 <= rows; row += 4, x += 4 * stride)                                                        \
      WABE_INDEPENDENT for (size_t i = 0; i < count; i++) {                                                   \
        double M = shift ? shift[i] : 0;                                                                      \
        (void)M;                                                                                              \
        A a = total[i], v = (A)x[i];                                                                          \
        a = STEP;                                                                                             \
        v = (A)x[i + stride];                                                                                 \
        a = STEP;                                                                                             \
        v = (A)x[i + 2 * stride];                                                                             \
        a = STEP;                                                                                             \
        v = (A)x[i + 3 * stride];                                                                             \
        total[i] = STEP;                                                                                      \
      }                                                                                                       \
    for (; row < rows; row++, x += stride)                                                                    \
      WABE_INDEPENDENT for (size_t i = 0; i < count; i++) {                                                   \
        double M = shift ? shift[i] : 0;                                                                      \
        (void)M;                                                                                              \
        A a = total[i], v = (A)x[i];                                                                          \
        total[i] = STEP;                                                                                      \
      }                                                                                                       \
  }                                                                                                           \
  static void NAME##_merge(void *accumulator, const void *other, size_t count) {                              \
    for (size_t i = 0; i < count; i++) {                                                                      \
      A a = ((A *)accumulator)[i], v = ((const A *)other)[i];                                                 \
      ((A *)accumulator)[i] = JOIN;                                                                           \
    }                                                                                                         \
  }

// Defines a `finish` that makes U results from A accumulators a.
#define WABE_REDUCE_FINISH(NAME, A, U, FORMULA)                                                \
  static void NAME(const void *accumulator, size_t count, size_t size, void *y) {              \
    (void)size;                                                                                \
    for (size_t i = 0; i < count; i++) {                                                       \
      A a = ((const A *)accumulator)[i];                                                       \
      ((U *)y)[i] = FORMULA;                                                                   \
    }                                                                                          \
  }

#endif
