// y[i] = x[i] in another element type.
#include "share.h"
#include "wabe_elementwise.h"

// A float as an integer between `lowest` and `limit` − 1; C leaves it open what happens beyond them.
#define CLAMPED(T, F, LOWEST, LIMIT, HIGHEST) (x >= (F)(LIMIT) ? (T)(HIGHEST) : x > (F)(LOWEST) ? (T)x : x == x ? (T)(LOWEST) : 0)

#define CAST(NAME, FROM, TO, FORMULA)                                      \
  WABE_CLONES static void NAME(const void *from, void *to, size_t count) { \
    const FROM *in = from;                                                 \
    TO *restrict out = to;                                                 \
    for (size_t i = 0; i < count; i++) {                                   \
      FROM x = in[i];                                                      \
      out[i] = FORMULA;                                                    \
    }                                                                      \
  }
#define FROM_FLOAT(S, FROM)                                                        \
  CAST(S##_i32, FROM, int32_t, CLAMPED(int32_t, FROM, INT32_MIN, 0x1p31, INT32_MAX)) \
  CAST(S##_i64, FROM, int64_t, CLAMPED(int64_t, FROM, INT64_MIN, 0x1p63, INT64_MAX)) \
  CAST(S##_u8, FROM, uint8_t, CLAMPED(uint8_t, FROM, 0, 256, 255))                 \
  CAST(S##_bool, FROM, uint8_t, x != 0)
#define FROM_INT(S, FROM)                                                          \
  CAST(S##_f32, FROM, float, (float)x)                                             \
  CAST(S##_f64, FROM, double, (double)x)                                           \
  CAST(S##_i32, FROM, int32_t, (int32_t)x)                                         \
  CAST(S##_i64, FROM, int64_t, (int64_t)x)                                         \
  CAST(S##_u8, FROM, uint8_t, (uint8_t)x)                                          \
  CAST(S##_bool, FROM, uint8_t, x != 0)

CAST(f32_f64, float, double, x)
CAST(f64_f32, double, float, (float)x)
CAST(f32_f32, float, float, x)
CAST(f64_f64, double, double, x)
FROM_FLOAT(f32, float)
FROM_FLOAT(f64, double)
FROM_INT(i32, int32_t)
FROM_INT(i64, int64_t)
FROM_INT(u8, uint8_t)

typedef void cast_kernel(const void *x, void *y, size_t count);
#define ROW(S) {S##_f32, S##_f64, S##_i32, S##_i64, S##_u8, S##_bool}
static cast_kernel *const kernels[6][6] = {ROW(f32), ROW(f64), ROW(i32), ROW(i64), ROW(u8), ROW(u8)};

typedef struct {
  cast_kernel *kernel;
  const char *x;
  size_t width;
} cast_work;

static void cast_span(const void *work, size_t start, size_t count, void *y) {
  const cast_work *all = work;
  all->kernel(all->x + start * all->width, y, count);
}

void wabe_cast(int from, int to, const void *x, void *y, size_t count) {
  cast_work work = {kernels[from][to], x, width_of(from)};
  wabe_share(cast_span, &work, count, width_of(to), WABE_SHARED_MOVES, y);
}
