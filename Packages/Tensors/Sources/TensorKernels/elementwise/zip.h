// How kernels with two operands are written: the formula once, the loops for each way of stepping.
#ifndef WABE_ZIP_H
#define WABE_ZIP_H

#include "nests.h"

// Defines a wabe_table_kernel that makes U values from T values p and q. Rows of neighbours, and rows beside one
// repeated element, run on vectors; a single row is the common case.
#define WABE_ZIP(NAME, T, U, FORMULA)                                                             \
  WABE_CLONES static void NAME(const wabe_reader readers[3], void *y, size_t rows, size_t columns) { \
    U *out = y;                                                                                   \
    for (size_t row = 0; row < rows; row++, out += columns) {                                     \
      const T *a = (const T *)readers[0].start + (ptrdiff_t)row * readers[0].row;                 \
      const T *b = (const T *)readers[1].start + (ptrdiff_t)row * readers[1].row;                 \
      ptrdiff_t s = readers[0].step, t = readers[1].step;                                         \
      if (s == 1 && t == 1) {                                                                     \
        WABE_INDEPENDENT for (size_t i = 0; i < columns; i++) {                                   \
          T p = a[i], q = b[i];                                                                   \
          out[i] = FORMULA;                                                                       \
        }                                                                                         \
      } else if (s == 1 && t == 0) {                                                              \
        T q = b[0];                                                                               \
        WABE_INDEPENDENT for (size_t i = 0; i < columns; i++) {                                   \
          T p = a[i];                                                                             \
          out[i] = FORMULA;                                                                       \
        }                                                                                         \
      } else if (s == 0 && t == 1) {                                                              \
        T p = a[0];                                                                               \
        WABE_INDEPENDENT for (size_t i = 0; i < columns; i++) {                                   \
          T q = b[i];                                                                             \
          out[i] = FORMULA;                                                                       \
        }                                                                                         \
      } else {                                                                                    \
        _Pragma("clang loop vectorize(disable)") for (size_t i = 0; i < columns; i++) {           \
          T p = a[(ptrdiff_t)i * s], q = b[(ptrdiff_t)i * t];                                     \
          out[i] = FORMULA;                                                                       \
        }                                                                                         \
      }                                                                                           \
    }                                                                                             \
  }

// Functions whose calls do not become vector code.
#define WABE_ZIP_CALLS(NAME, T, U, FORMULA)                                                       \
  static void NAME(const wabe_reader readers[3], void *y, size_t rows, size_t columns) {          \
    U *out = y;                                                                                   \
    for (size_t row = 0; row < rows; row++)                                                       \
      for (size_t i = 0; i < columns; i++) {                                                      \
        T p = ((const T *)readers[0].start)[(ptrdiff_t)row * readers[0].row + (ptrdiff_t)i * readers[0].step]; \
        T q = ((const T *)readers[1].start)[(ptrdiff_t)row * readers[1].row + (ptrdiff_t)i * readers[1].step]; \
        *out++ = FORMULA;                                                                         \
      }                                                                                           \
  }

#endif
