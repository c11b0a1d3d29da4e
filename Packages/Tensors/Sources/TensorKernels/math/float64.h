// Functions of one double without branches, so that loops over them run on vectors; see float32.h.
//
// Numbers of powers of two stay in doubles here: 64-bit integer conversions and arithmetic shifts exist only in the
// newest instruction sets.
#ifndef WABE_FLOAT64_H
#define WABE_FLOAT64_H

#include "clones.h"
#include <math.h>

WABE_INLINE uint64_t bits64(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

WABE_INLINE double float64(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

WABE_INLINE double abs64(double x) { return float64(bits64(x) & 0x7fffffffffffffff); }
WABE_INLINE double copysign64(double x, double sign) {
  return float64((bits64(x) & 0x7fffffffffffffff) | (bits64(sign) & 0x8000000000000000));
}

// 2^n for a whole −1022 ≤ n ≤ 1023.
WABE_INLINE double power_of_two64(double n) { return float64(bits64(n + (0x1.8p52 + 1023)) << 52); }

// The whole number nearest to x, for |x| < 2^51.
WABE_INLINE double nearest64(double x) { return (x + 0x1.8p52) - 0x1.8p52; }

// x = n ln 2 + high + low with |high + low| ≤ ln 2 / 2, for |x| < 2^21.
typedef struct {
  double n, high, low;
} reduced64;
WABE_INLINE reduced64 reduce64(double x) {
  double n = nearest64(x * 0x1.71547652b82fep0);
  return (reduced64){n, x - n * 0x1.62e42feep-1, n * -0x1.a39ef35793c76p-33};
}

// e^(high + low) − 1 of a reduced argument.
WABE_INLINE double expm1_kernel64(reduced64 a) {
  double r = a.high + a.low;
  double p = 0x1.72e3c606353c4p-33;
  p = p * r + 0x1.1f84480172877p-29;
  p = p * r + 0x1.ae572cb484bcbp-26;
  p = p * r + 0x1.27e4d112430e2p-22;
  p = p * r + 0x1.71de3e160e3fdp-19;
  p = p * r + 0x1.a01a01ab2340cp-16;
  p = p * r + 0x1.a01a019f19c1cp-13;
  p = p * r + 0x1.6c16c16c15765p-10;
  p = p * r + 0x1.1111111111304p-7;
  p = p * r + 0x1.5555555555557p-5;
  p = p * r + 0x1.5555555555555p-3;
  p = p * r + 0.5;
  return a.high + (r * r * p + a.low);
}

// e^x. Error < 0.9.
WABE_INLINE double exp64(double x) {
  double clamped = x > 710 ? 710 : x;
  clamped = clamped < -746 ? -746 : clamped;
  reduced64 a = reduce64(clamped);
  double y = expm1_kernel64(a) + 1;
  double half = nearest64(0.5 * a.n);
  return y * power_of_two64(half) * power_of_two64(a.n - half);
}

// e^x − 1. Error < 1.6.
WABE_INLINE double expm1_64(double x) {
  double clamped = x > 710 ? 710 : x;
  clamped = clamped < -40 ? -40 : clamped;
  reduced64 a = reduce64(clamped);
  double y = expm1_kernel64(a);
  double half = power_of_two64(a.n - 1);
  return copysign64(a.n == 0 ? y : 2 * (half * y + (half - 0.5)), x);
}

// log(1 + f) + k ln 2 for 1 + f between √½ and √2, by way of log(1 + f) = 2 artanh(f / (2 + f)).
WABE_INLINE double log_kernel64(double f, double k) {
  double s = f / (2 + f), z = s * s;
  double p = 0x1.2b6002e568ebp-3;
  p = p * z + 0x1.39fdc567cc59dp-3;
  p = p * z + 0x1.7462b9160b26cp-3;
  p = p * z + 0x1.c71c62d7877eap-3;
  p = p * z + 0x1.2492492df9c1fp-2;
  p = p * z + 0x1.99999999952dp-2;
  p = p * z + 0x1.5555555555558p-1;
  double half_square = 0.5 * f * f;
  double tail = s * (half_square + z * p) + k * 0x1.a39ef35793c76p-33;
  return k * 0x1.62e42feep-1 + (f - (half_square - tail));
}

// What log gives where its argument is not a positive finite number.
WABE_INLINE double log_edges64(double x, double result) {
  result = x < INFINITY ? result : x;
  result = x == 0 ? -INFINITY : result;
  return x < 0 ? NAN : result;
}

// The exponent, biased by 1023, of a normal number whose fraction shall lie between √½ and √2.
WABE_INLINE uint64_t biased_exponent64(double x) { return (bits64(x) + (0x3ff0000000000000 - 0x3fe6a09e667f3bcd)) >> 52; }

// The number that a biased exponent stands for.
WABE_INLINE double unbiased64(uint64_t exponent) { return float64(exponent | 0x4330000000000000) - (0x1p52 + 1023); }

// log x. Error < 0.8.
WABE_INLINE double log64(double x) {
  int subnormal = x < 0x1p-1022;
  double scaled = subnormal ? x * 0x1p52 : x;
  uint64_t e = biased_exponent64(scaled);
  double m = float64(bits64(scaled) - ((e - 1023) << 52));
  double k = unbiased64(e);
  return log_edges64(x, log_kernel64(m - 1, subnormal ? k - 52 : k));
}

// log(1 + x) for x > −1.
WABE_INLINE double log1p_kernel64(double x) {
  double u = 1 + x;
  uint64_t e = biased_exponent64(u);
  double k = unbiased64(e);
  double scale = power_of_two64(k > 54 ? -54 : -k);
  double f = x * scale + (scale - 1);
  double far = float64(bits64(u) - ((e - 1023) << 52)) - 1;
  return log_kernel64(k > 54 ? far : f, k);
}

// log(1 + x). Error < 1.4.
WABE_INLINE double log1p_64(double x) {
  double result = log_edges64(1 + x, log1p_kernel64(x));
  return x == 0 ? x : result;
}

// log(1 + x) for 0 ≤ x ≤ 1, or NaN.
WABE_INLINE double log1p_unit64(double x) {
  int halved = x > 0x1.a827999fcef32p-2;  // 1 + x is above √2
  return log_kernel64(halved ? 0.5 * x - 0.5 : x, halved ? 1 : 0);
}

// Error < 2.2.
WABE_INLINE double tanh64(double x) {
  double a = abs64(x);
  double e = expm1_64(2 * (a > 20 ? 20 : a));
  double y = (a < 0.55 ? e : 2) / (e + 2);
  return copysign64(a < 0.55 ? y : 1 - y, x);
}

// 1 / (1 + e^−x), in the form that keeps full precision where the result is tiny. Error < 1.9.
WABE_INLINE double sigmoid64(double x) {
  double z = exp64(-abs64(x));
  double sum = 1 + z, lost = z - (sum - 1);
  double y = (x >= 0 ? 1 : z) / sum;
  double inverse = x >= 0 ? y : 1 - y;
  return y - y * (lost * inverse);
}

// log(1 + e^x). Error < 1.6.
WABE_INLINE double softplus64(double x) {
  return (x > 0 ? x : 0) + log1p_unit64(exp64(-abs64(x)));
}

#endif
