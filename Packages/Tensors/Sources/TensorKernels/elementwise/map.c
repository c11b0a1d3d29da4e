// y[i] = f(x[i]).
#include "../math/float32.h"
#include "../math/float32_by_float64.h"
#include "../math/float64.h"
#include "../math/tanh32.h"
#include "share.h"
#include "wabe_elementwise.h"

typedef void map_kernel(const void *x, void *y, size_t count);

#define MAP(NAME, T, FORMULA)                                           \
  WABE_CLONES static void NAME(const void *from, void *to, size_t count) { \
    const T *in = from;                                                 \
    T *out = to;                                                        \
    WABE_INDEPENDENT for (size_t i = 0; i < count; i++) {               \
      T x = in[i];                                                      \
      out[i] = FORMULA;                                                 \
    }                                                                   \
  }

// The same formula for both types of float, and functions that have one each.
#define FLOAT_MAP(NAME, FORMULA) MAP(NAME##_f32, float, FORMULA) MAP(NAME##_f64, double, FORMULA)
#define MATH_MAP(NAME, F32, F64) MAP(NAME##_f32, float, F32(x)) MAP(NAME##_f64, double, F64(x))
// Integers are computed without sign, so that what does not fit wraps around.
#define INT_MAP(NAME, FORMULA) \
  MAP(NAME##_i32, uint32_t, FORMULA) MAP(NAME##_i64, uint64_t, FORMULA) MAP(NAME##_u8, uint8_t, FORMULA)
#define SIGNED_MAP(NAME, FORMULA) MAP(NAME##_i32, int32_t, FORMULA) MAP(NAME##_i64, int64_t, FORMULA)

FLOAT_MAP(negate, -x)
INT_MAP(negate, 0 - x)
MATH_MAP(abs, abs32, abs64)
MAP(abs_i32, uint32_t, (int32_t)x < 0 ? 0 - x : x)
MAP(abs_i64, uint64_t, (int64_t)x < 0 ? 0 - x : x)
MAP(abs_u8, uint8_t, x)
FLOAT_MAP(sign, x > 0 ? 1 : x < 0 ? -1 : x)
SIGNED_MAP(sign, (x > 0) - (x < 0))
MAP(sign_u8, uint8_t, x > 0)
FLOAT_MAP(square, x *x)
INT_MAP(square, x *x)
FLOAT_MAP(relu, x <= 0 ? 0 : x)
SIGNED_MAP(relu, x <= 0 ? 0 : x)
MAP(relu_u8, uint8_t, x)

FLOAT_MAP(reciprocal, 1 / x)
FLOAT_MAP(sqrt, __builtin_elementwise_sqrt(x))
FLOAT_MAP(rsqrt, 1 / __builtin_elementwise_sqrt(x))
FLOAT_MAP(floor, __builtin_elementwise_floor(x))
FLOAT_MAP(ceil, __builtin_elementwise_ceil(x))
FLOAT_MAP(round, __builtin_elementwise_roundeven(x))
MATH_MAP(exp, exp32, exp64)
MATH_MAP(expm1, expm1_32, expm1_64)
MATH_MAP(log, log32, log64)
MATH_MAP(log1p, log1p_32, log1p_64)
MAP(tanh_f64, double, tanh64(x))
MATH_MAP(sigmoid, sigmoid32, sigmoid64)
MATH_MAP(softplus, softplus32, softplus64)
MAP(erf_f32, float, erf32(x))
// Doubles come this way in gradient checks only; the C library's functions are correct to about one unit.
#define LIBRARY_MAP(NAME, FUNCTION)                                                         \
  static void NAME(const void *from, void *to, size_t count) {                              \
    for (size_t i = 0; i < count; i++) ((double *)to)[i] = FUNCTION(((const double *)from)[i]); \
  }
LIBRARY_MAP(erf_f64, erf)
LIBRARY_MAP(sin_f64, sin)
LIBRARY_MAP(cos_f64, cos)

// Sine and cosine take what the fast formula cannot reduce one by one, from a copy, since y may be x.
#define PERIODIC(NAME, FORMULA, LIBRARY)                                                    \
  MAP(NAME##_near, float, FORMULA(x))                                                       \
  static void NAME##_f32(const void *from, void *to, size_t count) {                        \
    enum { BLOCK = 512 };                                                                   \
    float block[BLOCK];                                                                     \
    for (size_t start = 0; start < count; start += BLOCK) {                                 \
      size_t size = count - start < BLOCK ? count - start : BLOCK;                          \
      float *out = (float *)to + start;                                                     \
      memcpy(block, (const float *)from + start, size * sizeof(float));                     \
      NAME##_near(block, out, size);                                                        \
      for (size_t i = 0; i < size; i++)                                                     \
        if (!(abs32(block[i]) < WABE_SINE_LIMIT)) out[i] = LIBRARY(block[i]);               \
    }                                                                                       \
  }
PERIODIC(sin, sin32, sinf)
PERIODIC(cos, cos32, cosf)

#define ALL(NAME) {NAME##_f32, NAME##_f64, NAME##_i32, NAME##_i64, NAME##_u8}
#define FLOATS(NAME) {NAME##_f32, NAME##_f64}
static map_kernel *const kernels[WABE_MAPS][5] = {
    [WABE_NEGATE] = ALL(negate),
    [WABE_ABS] = ALL(abs),
    [WABE_SIGN] = ALL(sign),
    [WABE_SQUARE] = ALL(square),
    [WABE_RELU] = ALL(relu),
    [WABE_RECIPROCAL] = FLOATS(reciprocal),
    [WABE_SQRT] = FLOATS(sqrt),
    [WABE_RSQRT] = FLOATS(rsqrt),
    [WABE_FLOOR] = FLOATS(floor),
    [WABE_CEIL] = FLOATS(ceil),
    [WABE_ROUND] = FLOATS(round),
    [WABE_EXP] = FLOATS(exp),
    [WABE_EXPM1] = FLOATS(expm1),
    [WABE_LOG] = FLOATS(log),
    [WABE_LOG1P] = FLOATS(log1p),
    [WABE_SIN] = FLOATS(sin),
    [WABE_COS] = FLOATS(cos),
    [WABE_TANH] = {wabe_tanh32, tanh_f64},
    [WABE_SIGMOID] = FLOATS(sigmoid),
    [WABE_SOFTPLUS] = FLOATS(softplus),
    [WABE_ERF] = FLOATS(erf),
};

typedef struct {
  map_kernel *kernel;
  const char *x;
  size_t width;
} map_work;

static void map_span(const void *work, size_t start, size_t count, void *y) {
  const map_work *all = work;
  all->kernel(all->x + start * all->width, y, count);
}

void wabe_map(int operation, int dtype, const void *x, void *y, size_t count) {
  map_kernel *kernel = kernels[operation][dtype];
  size_t shared_from = operation >= WABE_EXP ? WABE_SHARED_MATH : WABE_SHARED_MOVES;
  if (!wabe_worth_sharing(count, shared_from)) {
    kernel(x, y, count);
    return;
  }
  size_t width = width_of(dtype);
  map_work work = {kernel, x, width};
  wabe_share(map_span, &work, count, width, shared_from, y);
}
