// y[i] = f(a[i], b[i]).
#include "zip.h"
#include "../math/float32.h"
#include "../math/float32_by_float64.h"
#include "../math/float64.h"
#include "wabe_elementwise.h"

#define FLOATS_ZIP(NAME, FORMULA) \
  WABE_ZIP(NAME##_f32, float, float, FORMULA) WABE_ZIP(NAME##_f64, double, double, FORMULA)
// Sums and products wrap around: computed without sign, which C defines.
#define WRAPPING_ZIP(NAME, FORMULA)                                                                      \
  WABE_ZIP(NAME##_i32, uint32_t, uint32_t, FORMULA) WABE_ZIP(NAME##_i64, uint64_t, uint64_t, FORMULA)    \
      WABE_ZIP(NAME##_u8, uint8_t, uint8_t, FORMULA)
#define ORDERED_ZIP(NAME, FORMULA)                                                                       \
  WABE_ZIP(NAME##_i32, int32_t, int32_t, FORMULA) WABE_ZIP(NAME##_i64, int64_t, int64_t, FORMULA)        \
      WABE_ZIP(NAME##_u8, uint8_t, uint8_t, FORMULA)

FLOATS_ZIP(add, p + q)
WRAPPING_ZIP(add, p + q)
FLOATS_ZIP(subtract, p - q)
WRAPPING_ZIP(subtract, p - q)
FLOATS_ZIP(multiply, p *q)
WRAPPING_ZIP(multiply, p *q)
FLOATS_ZIP(divide, p / q)

// Rounded towards zero. Divided by 0 gives 0; the smallest number by −1 wraps around to itself.
static int32_t quotient32(int32_t p, int32_t q) { return q == 0 ? 0 : q == -1 ? (int32_t)(0 - (uint32_t)p) : p / q; }
static int64_t quotient64(int64_t p, int64_t q) { return q == 0 ? 0 : q == -1 ? (int64_t)(0 - (uint64_t)p) : p / q; }
WABE_ZIP_CALLS(divide_i32, int32_t, int32_t, quotient32(p, q))
WABE_ZIP_CALLS(divide_i64, int64_t, int64_t, quotient64(p, q))
WABE_ZIP_CALLS(divide_u8, uint8_t, uint8_t, q == 0 ? 0 : p / q)

// Either operand that is NaN makes the result NaN: p + q is then the NaN. Of two equal numbers the first is taken.
FLOATS_ZIP(maximum, p != p || q != q ? p + q : p >= q ? p : q)
ORDERED_ZIP(maximum, p >= q ? p : q)
FLOATS_ZIP(minimum, p != p || q != q ? p + q : p <= q ? p : q)
ORDERED_ZIP(minimum, p <= q ? p : q)

WABE_ZIP(power_f32, float, float, pow32(p, q))
WABE_ZIP_CALLS(power_f64, double, double, pow(p, q))

FLOATS_ZIP(greater_share, p < q ? 0 : p == q ? 0.5f : 1)
FLOATS_ZIP(tanh_backward, p *(1 - q * q))
FLOATS_ZIP(sigmoid_backward, p *(q * (1 - q)))
FLOATS_ZIP(relu_backward, q <= 0 ? 0 : p)
WABE_ZIP(softplus_backward_f32, float, float, p *sigmoid32(q))
WABE_ZIP(softplus_backward_f64, double, double, p *sigmoid64(q))

#define ALL(NAME) {NAME##_f32, NAME##_f64, NAME##_i32, NAME##_i64, NAME##_u8}
#define FLOATS(NAME) {NAME##_f32, NAME##_f64}
static wabe_table_kernel *const kernels[WABE_ZIPS][5] = {
    [WABE_ADD] = ALL(add),
    [WABE_SUBTRACT] = ALL(subtract),
    [WABE_MULTIPLY] = ALL(multiply),
    [WABE_DIVIDE] = ALL(divide),
    [WABE_MAXIMUM] = ALL(maximum),
    [WABE_MINIMUM] = ALL(minimum),
    [WABE_POWER] = FLOATS(power),
    [WABE_GREATER_SHARE] = FLOATS(greater_share),
    [WABE_TANH_BACKWARD] = FLOATS(tanh_backward),
    [WABE_SIGMOID_BACKWARD] = FLOATS(sigmoid_backward),
    [WABE_RELU_BACKWARD] = FLOATS(relu_backward),
    [WABE_SOFTPLUS_BACKWARD] = FLOATS(softplus_backward),
};

typedef struct {
  wabe_table_kernel *kernel;
  const char *a, *b;
  int a_step, b_step;
  size_t width;
} zip_work;

static void zip_span(const void *work, size_t start, size_t count, void *y) {
  const zip_work *all = work;
  size_t offset = start * all->width;
  wabe_reader readers[3] = {
      {all->a + offset * (size_t)all->a_step, 0, all->a_step}, {all->b + offset * (size_t)all->b_step, 0, all->b_step}};
  all->kernel(readers, y, 1, count);
}

void wabe_zip(int operation, int dtype, const void *a, int a_step, const void *b, int b_step, void *y, size_t count) {
  wabe_table_kernel *kernel = kernels[operation][dtype];
  size_t shared_from = operation == WABE_POWER || operation == WABE_SOFTPLUS_BACKWARD ? WABE_SHARED_MATH : WABE_SHARED_MOVES;
  if (!wabe_worth_sharing(count, shared_from)) {
    wabe_reader readers[3] = {{a, 0, a_step}, {b, 0, b_step}};
    kernel(readers, y, 1, count);
    return;
  }
  size_t width = width_of(dtype);
  zip_work work = {kernel, a, b, a_step, b_step, width};
  wabe_share(zip_span, &work, count, width, shared_from, y);
}

void wabe_zip_number(
    int operation, int dtype, const void *x, double number, bool number_first, void *y, size_t count) {
  union {
    float f32;
    double f64;
    int32_t i32;
    int64_t i64;
    uint8_t u8;
  } value;
  switch (dtype) {
    case WABE_F32: value.f32 = (float)number; break;
    case WABE_F64: value.f64 = number; break;
    case WABE_I32: value.i32 = (int32_t)number; break;
    case WABE_I64: value.i64 = (int64_t)number; break;
    default: value.u8 = (uint8_t)number;
  }
  if (number_first)
    wabe_zip(operation, dtype, &value, 0, x, 1, y, count);
  else
    wabe_zip(operation, dtype, x, 1, &value, 0, y, count);
}

void wabe_zip_nest(int operation, int dtype, const wabe_nest *nest, const void *a, const void *b, void *y) {
  size_t width = width_of(dtype);
  const void *operands[] = {a, b};
  const size_t widths[] = {width, width};
  wabe_run_nest(kernels[operation][dtype], nest, 2, operands, widths, y, width);
}
