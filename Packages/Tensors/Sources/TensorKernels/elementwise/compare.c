// Truth values: comparisons, their combinations, and what kind of number a float is.
#include "../math/float32.h"
#include "../math/float64.h"
#include "wabe_elementwise.h"
#include "zip.h"

#define COMPARE(NAME, OPERATOR)                                                                          \
  WABE_ZIP(NAME##_f32, float, uint8_t, p OPERATOR q) WABE_ZIP(NAME##_f64, double, uint8_t, p OPERATOR q) \
  WABE_ZIP(NAME##_i32, int32_t, uint8_t, p OPERATOR q) WABE_ZIP(NAME##_i64, int64_t, uint8_t, p OPERATOR q) \
  WABE_ZIP(NAME##_u8, uint8_t, uint8_t, p OPERATOR q)
COMPARE(equal, ==)
COMPARE(not_equal, !=)
COMPARE(less, <)
COMPARE(less_equal, <=)

#define ALL(NAME) {NAME##_f32, NAME##_f64, NAME##_i32, NAME##_i64, NAME##_u8, NAME##_u8}
static wabe_table_kernel *const kernels[WABE_COMPARES][6] = {
    [WABE_EQUAL] = ALL(equal),
    [WABE_NOT_EQUAL] = ALL(not_equal),
    [WABE_LESS] = ALL(less),
    [WABE_LESS_EQUAL] = ALL(less_equal),
};

void wabe_compare_nest(int operation, int dtype, const wabe_nest *nest, const void *a, const void *b, uint8_t *y) {
  size_t width = width_of(dtype);
  const void *operands[] = {a, b};
  const size_t widths[] = {width, width};
  wabe_run_nest(kernels[operation][dtype], nest, 2, operands, widths, y, 1);
}

WABE_ZIP(and, uint8_t, uint8_t, p &q)
WABE_ZIP(or, uint8_t, uint8_t, p | q)
WABE_ZIP(xor, uint8_t, uint8_t, p ^ q)

void wabe_logic_nest(int operation, const wabe_nest *nest, const uint8_t *a, const uint8_t *b, uint8_t *y) {
  wabe_table_kernel *const kernels[] = {[WABE_AND] = and, [WABE_OR] = or, [WABE_XOR] = xor};
  const void *operands[] = {a, b};
  const size_t widths[] = {1, 1};
  wabe_run_nest(kernels[operation], nest, 2, operands, widths, y, 1);
}

#define CLASSIFY(NAME, T, FORMULA)                                                    \
  WABE_CLONES static void NAME(const T *in, uint8_t *restrict y, size_t count) {      \
    for (size_t i = 0; i < count; i++) {                                              \
      T x = in[i];                                                                    \
      y[i] = FORMULA;                                                                 \
    }                                                                                 \
  }
CLASSIFY(nan_f32, float, x != x)
CLASSIFY(nan_f64, double, x != x)
CLASSIFY(infinite_f32, float, abs32(x) == INFINITY)
CLASSIFY(infinite_f64, double, abs64(x) == INFINITY)
CLASSIFY(finite_f32, float, abs32(x) < INFINITY)
CLASSIFY(finite_f64, double, abs64(x) < INFINITY)

void wabe_classify(int kind, int dtype, const void *x, uint8_t *y, size_t count) {
  bool single = dtype == WABE_F32;
  switch (kind) {
    case WABE_IS_NAN: single ? nan_f32(x, y, count) : nan_f64(x, y, count); break;
    case WABE_IS_INFINITE: single ? infinite_f32(x, y, count) : infinite_f64(x, y, count); break;
    default: single ? finite_f32(x, y, count) : finite_f64(x, y, count);
  }
}
