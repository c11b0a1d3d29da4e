// Matrix products of whole numbers: for counts and indices, not for speed.
#include "product_engines.h"

void wabe_multiply_integers(int dtype, const wabe_product *p) {
  size_t a_row = p->transpose_a ? 1 : p->inner, a_column = p->transpose_a ? p->rows : 1;
  size_t b_row = p->transpose_b ? 1 : p->columns, b_column = p->transpose_b ? p->inner : 1;
  // Unsigned arithmetic of 64 bits wraps around, and its low bits are those that any narrower type would give.
#define CASE(T, D)                                                                                                     \
  case D: {                                                                                                            \
    const T *a = p->a, *b = p->b;                                                                                      \
    T *c = p->c;                                                                                                       \
    for (size_t i = 0; i < p->rows; i++)                                                                               \
      for (size_t j = 0; j < p->columns; j++) {                                                                        \
        uint64_t sum = 0;                                                                                              \
        for (size_t k = 0; k < p->inner; k++)                                                                          \
          sum += (uint64_t)a[i * a_row + k * a_column] * (uint64_t)b[k * b_row + j * b_column];                        \
        c[i * p->columns + j] = D == WABE_BOOL ? sum != 0 : (T)sum;                                                    \
      }                                                                                                                \
    break;                                                                                                             \
  }
  switch (dtype) { CASE(int32_t, WABE_I32) CASE(int64_t, WABE_I64) CASE(uint8_t, WABE_U8) CASE(bool, WABE_BOOL) }
#undef CASE
}
