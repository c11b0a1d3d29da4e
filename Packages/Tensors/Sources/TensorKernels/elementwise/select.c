// y[i] = c[i] ? a[i] : b[i]. Only the width of an element matters.
#include "nests.h"
#include "wabe_elementwise.h"

#define SELECT(NAME, T)                                                                              \
  WABE_CLONES static void NAME(const wabe_reader readers[3], void *y, size_t rows, size_t columns) { \
    T *out = y;                                                                                      \
    for (size_t row = 0; row < rows; row++, out += columns) {                                        \
      const T *a = (const T *)readers[0].start + (ptrdiff_t)row * readers[0].row;                    \
      const T *b = (const T *)readers[1].start + (ptrdiff_t)row * readers[1].row;                    \
      const uint8_t *c = (const uint8_t *)readers[2].start + (ptrdiff_t)row * readers[2].row;        \
      ptrdiff_t s = readers[0].step, t = readers[1].step, u = readers[2].step;                       \
      if (s == 1 && t == 1 && u == 1) {                                                              \
        WABE_INDEPENDENT for (size_t i = 0; i < columns; i++) out[i] = c[i] ? a[i] : b[i];           \
      } else if (s == 1 && t == 0 && u == 1) {                                                       \
        T q = b[0];                                                                                  \
        WABE_INDEPENDENT for (size_t i = 0; i < columns; i++) {                                      \
          T p = a[i];                                                                                \
          out[i] = c[i] ? p : q;                                                                     \
        }                                                                                            \
      } else if (s == 0 && t == 1 && u == 1) {                                                       \
        T p = a[0];                                                                                  \
        WABE_INDEPENDENT for (size_t i = 0; i < columns; i++) {                                      \
          T q = b[i];                                                                                \
          out[i] = c[i] ? p : q;                                                                     \
        }                                                                                            \
      } else {                                                                                       \
        for (size_t i = 0; i < columns; i++)                                                         \
          out[i] = c[(ptrdiff_t)i * u] ? a[(ptrdiff_t)i * s] : b[(ptrdiff_t)i * t];                  \
      }                                                                                              \
    }                                                                                                \
  }
SELECT(select_1, uint8_t)
SELECT(select_4, uint32_t)
SELECT(select_8, uint64_t)

void wabe_select_nest(int dtype, const wabe_nest *nest, const void *a, const void *b, const uint8_t *c, void *y) {
  size_t width = width_of(dtype);
  wabe_table_kernel *kernel = width == 1 ? select_1 : width == 4 ? select_4 : select_8;
  const void *operands[] = {a, b, c};
  const size_t widths[] = {width, width, 1};
  wabe_run_nest(kernel, nest, 3, operands, widths, y, width);
}
