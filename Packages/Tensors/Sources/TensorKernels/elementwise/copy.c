// Gathers elements that are read with steps of their own.
#include "nests.h"
#include "wabe_elementwise.h"

#define COPY(NAME, T)                                                                        \
  static void NAME(const wabe_reader readers[3], void *y, size_t rows, size_t columns) {     \
    const T *x = (const T *)readers[0].start;                                                \
    ptrdiff_t row_step = readers[0].row, step = readers[0].step;                             \
    T *out = y;                                                                              \
    if (step == 1) {                                                                         \
      for (size_t row = 0; row < rows; row++)                                                \
        memcpy(out + row * columns, x + (ptrdiff_t)row * row_step, columns * sizeof(T));     \
    } else if (step == 0) {                                                                  \
      for (size_t row = 0; row < rows; row++, out += columns) {                              \
        T value = x[(ptrdiff_t)row * row_step];                                              \
        for (size_t i = 0; i < columns; i++) out[i] = value;                                 \
      }                                                                                      \
    } else {                                                                                 \
      /* Small squares, so that transposing touches each cache line of x once. */            \
      enum { SIDE = 16 };                                                                    \
      for (size_t top = 0; top < rows; top += SIDE)                                          \
        for (size_t left = 0; left < columns; left += SIDE)                                  \
          for (size_t row = top; row < rows && row < top + SIDE; row++)                      \
            for (size_t i = left; i < columns && i < left + SIDE; i++)                       \
              out[row * columns + i] = x[(ptrdiff_t)row * row_step + (ptrdiff_t)i * step];   \
    }                                                                                        \
  }
COPY(copy_1, uint8_t)
COPY(copy_4, uint32_t)
COPY(copy_8, uint64_t)

void wabe_copy_nest(int dtype, const wabe_nest *nest, const void *x, void *y) {
  size_t width = width_of(dtype);
  wabe_table_kernel *kernel = width == 1 ? copy_1 : width == 4 ? copy_4 : copy_8;
  wabe_run_nest(kernel, nest, 1, &x, &width, y, width);
}
