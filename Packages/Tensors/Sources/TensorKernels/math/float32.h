// Functions of one float without branches, so that loops over them run on vectors.
//
// Each comment bounds the error that was found, in units of the last place; the tests hold the functions to it. All of them are right at ±0, for subnormal arguments and results, at ±infinity and
// for NaN. Coefficients were found with Sollya's fpminimax.
#ifndef WABE_FLOAT32_H
#define WABE_FLOAT32_H

#include "clones.h"
#include <math.h>

WABE_INLINE uint32_t bits32(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

WABE_INLINE float float32(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

WABE_INLINE float abs32(float x) { return float32(bits32(x) & 0x7fffffff); }
WABE_INLINE float copysign32(float x, float sign) {
  return float32((bits32(x) & 0x7fffffff) | (bits32(sign) & 0x80000000));
}

// 2^n for −126 ≤ n ≤ 127.
WABE_INLINE float power_of_two32(int32_t n) { return float32((uint32_t)(n + 127) << 23); }

// x = n ln 2 + high + low with |high + low| ≤ ln 2 / 2, for |x| < 2^21.
typedef struct {
  int32_t n;
  float high, low;
} reduced32;
WABE_INLINE reduced32 reduce32(float x) {
  const float shift = 0x1.8p23f;  // adding it leaves the nearest integer in the low bits
  float shifted = x * 0x1.715476p0f + shift;
  float n = shifted - shift;
  // The first part of ln 2 has few bits, so that its product with n and the difference are exact.
  return (reduced32){(int32_t)(bits32(shifted) - bits32(shift)), x - n * 0x1.63p-1f, n * 0x1.bd0106p-13f};
}

// e^(high + low) − 1 of a reduced argument.
WABE_INLINE float expm1_kernel32(reduced32 a) {
  float r = a.high + a.low;
  float p = 0x1.9e0de4p-13f;
  p = p * r + 0x1.6d43c2p-10f;
  p = p * r + 0x1.111306p-7f;
  p = p * r + 0x1.5554fp-5f;
  p = p * r + 0x1.555554p-3f;
  p = p * r + 0.5f;
  return a.high + (r * r * p + a.low);
}

// e^x. Error < 0.9.
WABE_INLINE float exp32(float x) {
  float clamped = x > 89 ? 89 : x;
  clamped = clamped < -104 ? -104 : clamped;
  reduced32 a = reduce32(clamped);
  float y = expm1_kernel32(a) + 1;
  int32_t half = a.n >> 1;  // two factors, since 2^n itself may be too large or subnormal
  return y * power_of_two32(half) * power_of_two32(a.n - half);
}

// e^x − 1. Error < 1.6.
WABE_INLINE float expm1_32(float x) {
  float clamped = x > 89 ? 89 : x;
  clamped = clamped < -20 ? -20 : clamped;
  reduced32 a = reduce32(clamped);
  float y = expm1_kernel32(a);
  float half = power_of_two32(a.n - 1);  // 2^n may be too large
  return copysign32(a.n == 0 ? y : 2 * (half * y + (half - 0.5f)), x);
}

// log(1 + f) + k ln 2 for 1 + f between √½ and √2.
WABE_INLINE float log_kernel32(float f, float k) {
  float p = -0x1.4c628cp-4f;
  p = p * f + 0x1.0ae6ep-3f;
  p = p * f + -0x1.0c0eb4p-3f;
  p = p * f + 0x1.21cd2cp-3f;
  p = p * f + -0x1.548186p-3f;
  p = p * f + 0x1.99b034p-3f;
  p = p * f + -0x1.000216p-2f;
  p = p * f + 0x1.55552ep-2f;
  float square = f * f;
  float tail = square * f * p + k * -0x1.bd0106p-13f;
  return k * 0x1.63p-1f + (f - (0.5f * square - tail));
}

// What log gives where its argument is not a positive finite number.
WABE_INLINE float log_edges32(float x, float result) {
  result = x < INFINITY ? result : x;
  result = x == 0 ? -INFINITY : result;
  return x < 0 ? NAN : result;
}

// The exponent of a normal number whose fraction shall lie between √½ and √2.
WABE_INLINE int32_t exponent32(float x) { return (int32_t)(bits32(x) - 0x3f3504f3) >> 23; }

// log x. Error < 0.9.
WABE_INLINE float log32(float x) {
  int subnormal = x < 0x1p-126f;
  float scaled = subnormal ? x * 0x1p23f : x;
  int32_t e = exponent32(scaled);
  float m = float32(bits32(scaled) - ((uint32_t)e << 23));
  float k = (float)(subnormal ? e - 23 : e);
  return log_edges32(x, log_kernel32(m - 1, k));
}

// log(1 + x) for x > −1.
WABE_INLINE float log1p_kernel32(float x) {
  float u = 1 + x;
  int32_t e = exponent32(u);
  int32_t bounded = e > 25 ? 25 : e;
  float scale = power_of_two32(-bounded);
  // (1 + x) / 2^e − 1, rounded once; beyond 2^25 the 1 no longer counts.
  float f = x * scale + (scale - 1);
  float far = float32(bits32(u) - ((uint32_t)e << 23)) - 1;
  return log_kernel32(e > 25 ? far : f, (float)e);
}

// log(1 + x). Error < 1.5.
WABE_INLINE float log1p_32(float x) {
  float result = log_edges32(1 + x, log1p_kernel32(x));
  return x == 0 ? x : result;
}

// log(1 + x) for 0 ≤ x ≤ 1, or NaN.
WABE_INLINE float log1p_unit32(float x) {
  int halved = x > 0x1.a8279ap-2f;  // 1 + x is above √2
  return log_kernel32(halved ? 0.5f * x - 0.5f : x, halved ? 1 : 0);
}

// 1 / (1 + e^−x), in the form that keeps full precision where the result is tiny. Error < 2.
WABE_INLINE float sigmoid32(float x) {
  float z = exp32(-abs32(x));
  float sum = 1 + z, lost = z - (sum - 1);  // 1 + z = sum + lost exactly
  float y = (x >= 0 ? 1 : z) / sum;
  float inverse = x >= 0 ? y : 1 - y;  // of the sum
  return y - y * (lost * inverse);
}

// log(1 + e^x). Error < 1.7.
WABE_INLINE float softplus32(float x) {
  return (x > 0 ? x : 0) + log1p_unit32(exp32(-abs32(x)));
}

// Error < 1.3.
WABE_INLINE float erf32(float x) {
  float a = abs32(x), z = a * a;
  float p = 0x1.50962ap-14f;
  p = p * z + -0x1.a66154p-11f;
  p = p * z + 0x1.54531cp-8f;
  p = p * z + -0x1.b801e2p-6f;
  p = p * z + 0x1.ce2d6ap-4f;
  p = p * z + -0x1.81274p-2f;
  p = p * z + 0x1.06eba8p-3f;
  float near = a * p + a;
  float b = a > 4.05f ? 4.05f : a;
  float q = 0x1.5ecd7p-16f;  // −log(1 − erf b)
  q = q * b + -0x1.c54d2cp-12f;
  q = q * b + 0x1.10a9fap-8f;
  q = q * b + -0x1.9b195p-6f;
  q = q * b + 0x1.bb564ep-4f;
  q = q * b + 0x1.444b42p-1f;
  q = q * b + 0x1.212698p0f;
  q = q * b + -0x1.65abb6p-13f;
  float far = 1 - exp32(-q);
  return copysign32(a < 0.92f ? near : far, x);
}

#endif
