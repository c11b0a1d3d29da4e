#include "wabe_reduce.h"
#define FOR_TYPES(X) X(float, WABE_F32) X(double, WABE_F64) X(int32_t, WABE_I32) X(int64_t, WABE_I64) X(uint8_t, WABE_U8)
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
