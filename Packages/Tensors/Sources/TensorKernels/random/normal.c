// Normal numbers as quantiles of uniform ones.
//
// Only additions, multiplications, divisions and square roots are used, which IEEE 754 defines to the last bit, and none
// is fused: so every machine gets the same bits. The rational approximations are those of Wichura's algorithm AS 241
// ("The percentage points of the normal distribution", Applied Statistics 37, 1988), good to about 1 part in 10^16.
#include "words.h"
#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

#define INLINE static inline __attribute__((always_inline))

INLINE uint64_t bits_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}
INLINE double from_bits(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

// The logarithm of a normal positive number: e ln 2 + 2 artanh((m − 1) / (m + 1)) for x = m 2^e, m near 1.
INLINE double logarithm(double x) {
  const uint64_t sqrt_half = 0x3fe6a09e667f3bcd;
  uint64_t shifted = bits_of(x) - sqrt_half + ((uint64_t)1024 << 52);
  double e = from_bits(0x4330000000000000 | shifted >> 52) - (0x1p52 + 1024);
  double m = from_bits(bits_of(x) - ((shifted & 0xfff0000000000000) - ((uint64_t)1024 << 52)));
  double s = (m - 1) / (m + 1), z = s * s;
  double series = 1.0 / 23;
  series = series * z + 1.0 / 21;
  series = series * z + 1.0 / 19;
  series = series * z + 1.0 / 17;
  series = series * z + 1.0 / 15;
  series = series * z + 1.0 / 13;
  series = series * z + 1.0 / 11;
  series = series * z + 1.0 / 9;
  series = series * z + 1.0 / 7;
  series = series * z + 1.0 / 5;
  series = series * z + 1.0 / 3;
  return e * 0x1.62e42fefa39efp-1 + (2 * s + 2 * s * z * series);
}

INLINE double ratio(const double a[8], const double b[8], double x) {
  double p = a[7], q = b[7];
#pragma clang loop unroll(full)
  for (int k = 6; k >= 0; k--) {
    p = p * x + a[k];
    q = q * x + b[k];
  }
  return p / q;
}

static const double near_a[8] = {
    3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
    4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3};
static const double near_b[8] = {
    1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
    2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3};
static const double mid_a[8] = {
    1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
    1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4};
static const double mid_b[8] = {
    1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9};
static const double far_a[8] = {
    6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
    2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7};
static const double far_b[8] = {
    1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
    7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15};

// The quantile of 1/2 + q, where `tail` is 1/2 − |q|. Both forms are computed and one is chosen, so that vectors can do
// it; the far tail, which one number in 10^10 reaches, is left to the caller.
INLINE double quantile(double q, double tail, double *far) {
  double r = __builtin_elementwise_sqrt(-logarithm(tail));
  *far = r;
  double inner = q * ratio(near_a, near_b, 0.180625 - q * q);
  double outer = ratio(mid_a, mid_b, r - 1.6);
  outer = q < 0 ? -outer : outer;
  double size = q < 0 ? -q : q;
  return size <= 0.425 ? inner : outer;
}

INLINE double far_quantile(double q, double r) {
  double outer = ratio(far_a, far_b, r - 5);
  return q < 0 ? -outer : outer;
}

double wabe_normal_quantile(double p) {
  double r, q = p - 0.5, tail = p < 0.5 ? p : 1 - p;
  double z = quantile(q, tail, &r);
  return r > 5 ? far_quantile(q, r) : z;
}

typedef struct {
  double mean, deviation;
  double below;  // the probability that is cut off at either end
  int dtype;
} bell;

RANDOM_CLONES static void turn_normal(
    const void *how, const uint64_t *words, void *y, size_t start, size_t count) {
  const bell *to = how;
  double mean = to->mean, deviation = to->deviation, kept = 1 - 2 * to->below;
  double z[BATCH], far[BATCH], q[BATCH];
  for (size_t i = 0; i < count; i++) {
    // Odd multiples of 2^−54 from −1/2 to 1/2: never 0, and as many above as below.
    q[i] = ((double)(int64_t)(words[i] >> 11) - 0x1p52 + 0.5) * 0x1p-53 * kept;
    double size = q[i] < 0 ? -q[i] : q[i];
    z[i] = quantile(q[i], 0.5 - size, &far[i]);
  }
  for (size_t i = 0; i < count; i++)
    if (far[i] > 5) z[i] = far_quantile(q[i], far[i]);
  if (to->dtype == WABE_F64) {
    double *out = (double *)y + start;
    for (size_t i = 0; i < count; i++) out[i] = mean + deviation * z[i];
  } else {
    float *out = (float *)y + start;
    for (size_t i = 0; i < count; i++) out[i] = (float)(mean + deviation * z[i]);
  }
}

// The probability of falling below −limit, by bisection: the quantile function is all that is needed.
static double probability_below(double limit) {
  uint64_t low = bits_of(0x1p-1000), high = bits_of(0.5);
  while (high - low > 1) {
    uint64_t middle = low + (high - low) / 2;
    if (wabe_normal_quantile(from_bits(middle)) < -limit) {
      low = middle;
    } else {
      high = middle;
    }
  }
  return from_bits(low);
}

void wabe_random_normal(
    const wabe_random *from, int dtype, double mean, double deviation, double limit, void *y, size_t count) {
  bell to = {mean, deviation, limit < 37 ? probability_below(limit) : 0, dtype};
  wabe_random_run(from, turn_normal, &to, y, count);
}
