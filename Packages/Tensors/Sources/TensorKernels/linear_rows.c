#include "linear_rows.h"

// The choice is made while the program is being loaded, when the thread sanitizer is not ready to be called yet.
#if defined(__x86_64__) && defined(__linux__) && defined(__clang__) && !__has_feature(thread_sanitizer)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

FOR_EACH_PROCESSOR void wabe_add_row(size_t count, double factor, const double *restrict x, double *restrict y) {
  for (size_t i = 0; i < count; i++) y[i] += factor * x[i];
}

FOR_EACH_PROCESSOR void wabe_add_rows(size_t count, double p, const double *restrict u, double q,
                                      const double *restrict v, double *restrict y) {
  for (size_t i = 0; i < count; i++) y[i] = y[i] + p * u[i] + q * v[i];
}

FOR_EACH_PROCESSOR void wabe_rotate_rows(size_t count, double c, double s, double *restrict x, double *restrict y) {
  for (size_t i = 0; i < count; i++) {
    double above = x[i], below = y[i];
    x[i] = c * above - s * below;
    y[i] = s * above + c * below;
  }
}

FOR_EACH_PROCESSOR double wabe_dot_rows(size_t count, const double *x, const double *y) {
  double sums[8] = {0}, rest = 0;
  size_t i = 0;
  for (; i + 8 <= count; i += 8)
    for (int lane = 0; lane < 8; lane++) sums[lane] += x[i + lane] * y[i + lane];
  for (; i < count; i++) rest += x[i] * y[i];
  for (int half = 4; half > 0; half /= 2)
    for (int lane = 0; lane < half; lane++) sums[lane] += sums[lane + half];
  return sums[0] + rest;
}

FOR_EACH_PROCESSOR void wabe_exchange_rows(size_t count, double *restrict x, double *restrict y) {
  for (size_t i = 0; i < count; i++) {
    double kept = x[i];
    x[i] = y[i];
    y[i] = kept;
  }
}
