#include "wabe_elementwise.h"
#include <math.h>
#include <string.h>

#define FOR_TYPES(X) X(float, WABE_F32) X(double, WABE_F64) X(int32_t, WABE_I32) X(int64_t, WABE_I64) X(uint8_t, WABE_U8)

void wabe_map(int operation, int dtype, const void *x, void *y, size_t count) {
#define CASE(T, D)                                                              \
  case D: {                                                                     \
    const T *in = x;                                                            \
    T *out = y;                                                                 \
    if (operation == WABE_NEGATE)                                               \
      for (size_t i = 0; i < count; i++) out[i] = -in[i];                       \
    else                                                                        \
      for (size_t i = 0; i < count; i++) out[i] = (T)tanh((double)in[i]);       \
    break;                                                                      \
  }
  switch (dtype) { FOR_TYPES(CASE) }
#undef CASE
}

void wabe_zip(int operation, int dtype, const void *a, int a_step, const void *b, int b_step, void *y, size_t count) {
#define LOOP(E) for (size_t i = 0; i < count; i++) { typeof(*l) p = l[i * a_step], q = r[i * b_step]; out[i] = E; }
#define CASE(T, D)                                                              \
  case D: {                                                                     \
    const T *l = a, *r = b;                                                     \
    T *out = y;                                                                 \
    switch (operation) {                                                        \
      case WABE_ADD: LOOP(p + q) break;                                         \
      case WABE_SUBTRACT: LOOP(p - q) break;                                    \
      case WABE_MULTIPLY: LOOP(p * q) break;                                    \
      case WABE_DIVIDE: LOOP(q == 0 && D > WABE_F64 ? 0 : p / q) break;         \
    }                                                                           \
    break;                                                                      \
  }
  switch (dtype) { FOR_TYPES(CASE) }
#undef CASE
#undef LOOP
}

static const size_t sizes[] = {4, 8, 4, 8, 1, 1};

void wabe_zip_nest(int operation, int dtype, const wabe_nest *nest, const void *a, const void *b, void *y) {
  size_t width = sizes[dtype], total = 1;
  for (int k = 0; k < nest->rank; k++) total *= nest->size[k];
  for (size_t i = 0; i < total; i++) {
    ptrdiff_t p = 0, q = 0;
    size_t rest = i;
    for (int k = nest->rank - 1; k >= 0; k--) {
      p += (ptrdiff_t)(rest % nest->size[k]) * nest->a[k];
      q += (ptrdiff_t)(rest % nest->size[k]) * nest->b[k];
      rest /= nest->size[k];
    }
    wabe_zip(operation, dtype, (const char *)a + p * (ptrdiff_t)width, 1, (const char *)b + q * (ptrdiff_t)width, 1,
             (char *)y + i * width, 1);
  }
}

void wabe_cast(int from, int to, const void *x, void *y, size_t count) {
#define PUT(T, D)                                                               \
  if (to == D) ((T *)y)[i] = (T)value;
#define CASE(T, D)                                                              \
  if (from == D)                                                                \
    for (size_t i = 0; i < count; i++) {                                        \
      T value = ((const T *)x)[i];                                              \
      PUT(float, WABE_F32) PUT(double, WABE_F64) PUT(int32_t, WABE_I32) PUT(int64_t, WABE_I64)                       \
      PUT(uint8_t, WABE_U8)                                                     \
      if (to == WABE_BOOL) ((uint8_t *)y)[i] = value != 0;                      \
    }
  if (from == WABE_BOOL) from = WABE_U8;
  FOR_TYPES(CASE)
#undef CASE
#undef PUT
}

void wabe_reduce(int operation, int dtype, const void *x, void *y, size_t outer, size_t size, size_t inner) {
  (void)operation;
#define CASEF(T, D)                                                             \
  case D:                                                                       \
    for (size_t o = 0; o < outer; o++)                                          \
      for (size_t i = 0; i < inner; i++) {                                      \
        T sum = 0;                                                              \
        for (size_t k = 0; k < size; k++) sum += ((const T *)x)[(o * size + k) * inner + i]; \
        ((T *)y)[o * inner + i] = sum;                                          \
      }                                                                         \
    break;
  switch (dtype) { FOR_TYPES(CASEF) }
}

void wabe_copy_nest(int dtype, const wabe_nest *nest, const void *x, void *y) {
  size_t width = sizes[dtype], total = 1;
  for (int k = 0; k < nest->rank; k++) total *= nest->size[k];
  for (size_t i = 0; i < total; i++) {
    ptrdiff_t p = 0;
    size_t rest = i;
    for (int k = nest->rank - 1; k >= 0; k--) {
      p += (ptrdiff_t)(rest % nest->size[k]) * nest->a[k];
      rest /= nest->size[k];
    }
    memcpy((char *)y + i * width, (const char *)x + p * (ptrdiff_t)width, width);
  }
}
