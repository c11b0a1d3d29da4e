// Functions of floats that are worked out in doubles: rare enough, and far simpler to get right that way.
#ifndef WABE_FLOAT32_BY_FLOAT64_H
#define WABE_FLOAT32_BY_FLOAT64_H

#include "float64.h"

// The sine of x + quarter · π/2 for |x| < 2^19. Error < 0.51.
WABE_INLINE float sine_shifted32(float x, double quarter) {
  double n = nearest64(x * 0x1.45f306dc9c883p-1);
  double r = x - n * 0x1.921fb544p0;  // the first 34 bits of π/2: their product with n is exact
  r = r - n * 0x1.0b4611a626331p-34;
  double turn = n + quarter;
  double pairs = nearest64(0.5 * turn - 0.25);  // ⌊turn / 2⌋
  int odd = turn - 2 * pairs != 0;
  int negative = pairs - 2 * nearest64(0.5 * pairs - 0.25) != 0;
  double z = r * r;
  double sine = 0x1.6ccff82b83ecfp-19;
  sine = sine * z + -0x1.a00f76e3fe249p-13;
  sine = sine * z + 0x1.1111086024659p-7;
  sine = sine * z + -0x1.5555554c63c0bp-3;
  sine = sine * z * r + r;
  double cosine = 0x1.9931806cce296p-16;
  cosine = cosine * z + -0x1.6c0873647d532p-10;
  cosine = cosine * z + 0x1.55553df513f2ap-5;
  cosine = cosine * z + -0x1.ffffffd07c0f4p-2;
  cosine = cosine * z + 1;
  double result = odd ? cosine : sine;
  return (float)(negative ? -result : result);
}

// Up to here the reduction by π/2 is exact enough; beyond it the C library's functions are asked.
#define WABE_SINE_LIMIT 0x1p19f

WABE_INLINE float sin32(float x) {
  float y = sine_shifted32(x, 0);
  return x == 0 ? x : y;
}
WABE_INLINE float cos32(float x) { return sine_shifted32(x, 1); }

// x^y, with the edges of C's pow. Error < 0.51.
WABE_INLINE float pow32(float x, float y) {
  double a = abs64(x), exponent = y;
  double magnitude = exp64(exponent * log64(a));
  magnitude = a == 1 || y == 0 ? 1 : magnitude;
  double whole = abs64(exponent) < 0x1p25 ? nearest64(exponent) : exponent;  // larger floats are whole and even
  double half = abs64(exponent) < 0x1p25 ? 0.5 * exponent : 0;
  int is_whole = whole == exponent;
  int is_odd = is_whole && nearest64(half) != half;
  int negative = copysign64(1, x) < 0;
  double result = negative && is_odd ? -magnitude : magnitude;
  result = x < 0 && a < INFINITY && !is_whole ? NAN : result;
  result = y != y && x != 1 ? NAN : result;
  return (float)(x != x && y != 0 ? NAN : result);
}

#endif
