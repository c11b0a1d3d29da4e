// y[k] = x[0] + … + x[k] along an axis.
#include "../elementwise/share.h"
#include "wabe_reduce.h"

// Sums are kept in type A, which is wider than T for float32. Several columns are added up side by side.
#define SCAN(NAME, T, A)                                                                             \
  static void NAME(const T *x, T *y, size_t size, size_t inner, size_t columns, bool reversed) {     \
    A sums[64] = {0};                                                                                \
    for (size_t step = 0; step < size; step++) {                                                     \
      size_t row = (reversed ? size - 1 - step : step) * inner;                                      \
      for (size_t i = 0; i < columns; i++) {                                                         \
        sums[i] += (A)x[row + i];                                                                    \
        y[row + i] = (T)sums[i];                                                                     \
      }                                                                                              \
    }                                                                                                \
  }
SCAN(scan_f32, float, double)
SCAN(scan_f64, double, double)
SCAN(scan_i32, uint32_t, uint32_t)
SCAN(scan_i64, uint64_t, uint64_t)
SCAN(scan_u8, uint8_t, uint32_t)

typedef struct {
  int dtype;
  const char *x;
  char *y;
  wabe_axes axes;
  size_t width;
  bool reversed;
} job;

static void part(void *context, size_t index) {
  const job *work = context;
  size_t parts = (work->axes.inner + 63) / 64, size = work->axes.size, inner = work->axes.inner;
  size_t column = index % parts * 64, columns = inner - column < 64 ? inner - column : 64;
  size_t offset = (index / parts * size * inner + column) * work->width;
  const void *x = work->x + offset;
  void *y = work->y + offset;
  switch (work->dtype) {
    case WABE_F32: scan_f32(x, y, size, inner, columns, work->reversed); break;
    case WABE_F64: scan_f64(x, y, size, inner, columns, work->reversed); break;
    case WABE_I32: scan_i32(x, y, size, inner, columns, work->reversed); break;
    case WABE_I64: scan_i64(x, y, size, inner, columns, work->reversed); break;
    default: scan_u8(x, y, size, inner, columns, work->reversed);
  }
}

void wabe_cumulative_sum(int dtype, const void *x, void *y, wabe_axes axes, bool reversed) {
  job work = {dtype, x, y, axes, width_of(dtype), reversed};
  size_t parts = axes.outer * ((axes.inner + 63) / 64);
  if (axes.outer * axes.size * axes.inner >= WABE_SHARED_MATH)
    wabe_parallel(parts, &work, part);
  else
    for (size_t i = 0; i < parts; i++) part(&work, i);
}
