// Where along an axis the largest or smallest element stands.
#include "../elementwise/share.h"
#include "wabe_reduce.h"

// A part of the work: the same columns of one table, or several rows of neighbours. BETTER compares element v with the
// best so far, a; NaN is better than all and is kept once it is there.
#define ARG(NAME, T, BETTER)                                                                                  \
  static void NAME##_row(const T *x, size_t size, int64_t *y) {                                               \
    T a = x[0];                                                                                               \
    int64_t at = 0;                                                                                           \
    for (size_t k = 1; k < size; k++) {                                                                       \
      T v = x[k];                                                                                             \
      if (BETTER) a = v, at = (int64_t)k;                                                                     \
    }                                                                                                         \
    *y = at;                                                                                                  \
  }                                                                                                           \
  WABE_CLONES static void NAME##_columns(const T *x, size_t size, size_t inner, size_t columns, int64_t *y) { \
    T best[64];                                                                                               \
    for (size_t i = 0; i < columns; i++) best[i] = x[i], y[i] = 0;                                            \
    for (size_t k = 1; k < size; k++) {                                                                       \
      x += inner;                                                                                             \
      WABE_INDEPENDENT for (size_t i = 0; i < columns; i++) {                                                 \
        T v = x[i], a = best[i];                                                                              \
        int better = BETTER;                                                                                  \
        best[i] = better ? v : a;                                                                             \
        y[i] = better ? (int64_t)k : y[i];                                                                    \
      }                                                                                                       \
    }                                                                                                         \
  }                                                                                                           \
  static void NAME(const void *x, int64_t *y, wabe_axes axes) {                                               \
    for (size_t o = 0; o < axes.outer; o++) {                                                                 \
      const T *table = (const T *)x + o * axes.size * axes.inner;                                             \
      if (axes.inner == 1) {                                                                                  \
        NAME##_row(table, axes.size, y + o);                                                                  \
        continue;                                                                                             \
      }                                                                                                       \
      for (size_t i = 0; i < axes.inner; i += 64) {                                                           \
        size_t columns = axes.inner - i < 64 ? axes.inner - i : 64;                                           \
        NAME##_columns(table + i, axes.size, axes.inner, columns, y + o * axes.inner + i);                    \
      }                                                                                                       \
    }                                                                                                         \
  }
ARG(max_f32, float, ((v > a) | (v != v)) & (a == a))
ARG(max_f64, double, ((v > a) | (v != v)) & (a == a))
ARG(min_f32, float, ((v < a) | (v != v)) & (a == a))
ARG(min_f64, double, ((v < a) | (v != v)) & (a == a))
ARG(max_i32, int32_t, v > a)
ARG(max_i64, int64_t, v > a)
ARG(max_u8, uint8_t, v > a)
ARG(min_i32, int32_t, v < a)
ARG(min_i64, int64_t, v < a)
ARG(min_u8, uint8_t, v < a)

typedef void arg_kernel(const void *x, int64_t *y, wabe_axes axes);
static arg_kernel *const kernels[2][6] = {
    {min_f32, min_f64, min_i32, min_i64, min_u8, min_u8}, {max_f32, max_f64, max_i32, max_i64, max_u8, max_u8}};

typedef struct {
  arg_kernel *kernel;
  const char *x;
  int64_t *y;
  wabe_axes axes;
  size_t width, tables_per_part;
} job;

static void part(void *context, size_t index) {
  const job *work = context;
  size_t first = index * work->tables_per_part, table = work->axes.size * work->axes.inner;
  wabe_axes axes = work->axes;
  axes.outer = work->axes.outer - first < work->tables_per_part ? work->axes.outer - first : work->tables_per_part;
  work->kernel(work->x + first * table * work->width, work->y + first * axes.inner, axes);
}

void wabe_arg_extreme(bool largest, int dtype, const void *x, int64_t *y, wabe_axes axes) {
  size_t table = axes.size * axes.inner;
  if (axes.outer * table < WABE_SHARED_MATH || table == 0) {
    if (table > 0) kernels[largest][dtype](x, y, axes);
    return;
  }
  job work = {kernels[largest][dtype], x, y, axes, width_of(dtype), table < WABE_CHUNK ? WABE_CHUNK / table : 1};
  wabe_parallel((axes.outer + work.tables_per_part - 1) / work.tables_per_part, &work, part);
}
