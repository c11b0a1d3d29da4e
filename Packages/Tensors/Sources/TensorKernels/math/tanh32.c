// tanh by pieces: a polynomial for each of a few intervals, chosen by exponent and first fraction bits.
//
// Without division and exponential, it is faster than 1 − 2 / (e^2a + 1), since vector processors look up small tables in
// a register: AVX-512 one of 32 numbers, AVX2 one of 8. The error found is below 1.1 units of the last place where products
// and sums are fused, and below 1.2 elsewhere.
#include "tanh32.h"
#include "float32.h"
#include "wabe_products.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Of each interval the tables hold the centre, a float whose tanh is very nearly a float, and the coefficients of a
// polynomial in the distance from it. Scripts/fixtures/tanh_pieces.py computes them.

// From here on the result is 1.
static const float highest = 9.1f;

// The exponent of steepness · x² + shift, of which three bits count, names one of eight intervals, the wider the larger x.
enum { WIDE_PIECES = 8, WIDE_NUMBERS = 9 };
static const float steepness = 3.0625f, shift = 1.55f;
static const _Alignas(32) float wide[WIDE_NUMBERS][WIDE_PIECES] = {
    {0x1.5d17a8p-1f, 0x1.0d38f8p0f, 0x1.b113dap0f, 0x1.447feap1f, 0x1.cede5ap1f, 0x1.48e28ep2f, 0x1.0a2b4ap3f, 0},
    {0x1.2f76a4p-1f, 0x1.909cecp-1f, 0x1.de6508p-1f, 0x1.f99be2p-1f, 0x1.ff42a6p-1f, 0x1.fff6fcp-1f, 0x1.fffffcp-1f, 0},
    {0x1.4c22f8p-1f, 0x1.8d153ep-2f, 0x1.04051ap-3f, 0x1.9679f2p-6f, 0x1.7a6e6p-9f, 0x1.207ffcp-13f, 0x1.009008p-22f,
     0x1p0f},
    {-0x1.89b758p-2f, -0x1.36b23cp-2f, -0x1.e5e874p-4f, -0x1.916706p-6f, -0x1.79df26p-9f, -0x1.206602p-13f,
     -0x1.f934b2p-23f, -0x1.661b52p-21f},
    {0x1.7dea7cp-7f, 0x1.baf886p-4f, 0x1.18ad24p-4f, 0x1.04e76ap-6f, 0x1.f64848p-10f, 0x1.8033aep-14f, 0x1.4e817ep-23f,
     -0x1.554cbcp-2f},
    {0x1.f0ba28p-4f, 0x1.0e3864p-6f, -0x1.90e90ep-6f, -0x1.ef654ap-8f, -0x1.f3fd9ap-11f, -0x1.8240ccp-15f,
     -0x1.8fec68p-24f, -0x1.176254p-11f},
    {-0x1.f788cap-5f, -0x1.49fac8p-5f, 0x1.6cbd78p-9f, 0x1.62808ep-9f, 0x1.8ec4p-12f, 0x1.3b5376p-16f, 0x1.084bdap-25f,
     0x1.1911b4p-3f},
    {-0x1.b1a13ep-7f, 0x1.456942p-6f, 0x1.6d637ap-9f, -0x1.6adef2p-11f, -0x1.fdc744p-14f, -0x1.8f528ep-18f,
     0x1.e31bb4p-29f, -0x1.c53b5ap-7f},
    {0x1.cd29dp-6f, -0x1.a2589cp-9f, -0x1.aa0e1cp-10f, 0x1.937dcep-14f, 0x1.8ceeeep-16f, 0x1.13c666p-20f,
     0x1.8aebfep-27f, -0x1.11cf4cp-5f},
};

// One number at a time, where no vector instructions look up tables.
static void tanh_portable(const float *x, float *y, size_t count) {
  for (size_t i = 0; i < count; i++) {
    float a = abs32(x[i]);
    a = a > highest ? highest : a;
    uint32_t piece = bits32(steepness * a * a + shift) >> 23 & (WIDE_PIECES - 1);
    float t = a - wide[0][piece], p = wide[WIDE_NUMBERS - 1][piece];
    for (int k = WIDE_NUMBERS - 2; k > 0; k--) p = p * t + wide[k][piece];
    y[i] = copysign32(p, x[i]);
  }
}

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

WABE_INLINE __m256 tanh8(__m256 x) {
  const __m256 magnitude = _mm256_castsi256_ps(_mm256_set1_epi32(0x7fffffff));
  __m256 a = _mm256_min_ps(_mm256_set1_ps(highest), _mm256_and_ps(x, magnitude));  // the second where one is NaN
  __m256 u = _mm256_fmadd_ps(_mm256_mul_ps(_mm256_set1_ps(steepness), a), a, _mm256_set1_ps(shift));
  __m256i piece = _mm256_srli_epi32(_mm256_castps_si256(u), 23);  // its low three bits
#define NUMBER(k) _mm256_permutevar8x32_ps(_mm256_load_ps(wide[k]), piece)
  __m256 t = _mm256_sub_ps(a, NUMBER(0)), p = NUMBER(WIDE_NUMBERS - 1);
  for (int k = WIDE_NUMBERS - 2; k > 0; k--) p = _mm256_fmadd_ps(p, t, NUMBER(k));
#undef NUMBER
  return _mm256_or_ps(p, _mm256_andnot_ps(magnitude, x));
}

static void tanh_avx2(const float *x, float *y, size_t count) {
  size_t i = 0;
  for (; i + 8 <= count; i += 8) _mm256_storeu_ps(y + i, tanh8(_mm256_loadu_ps(x + i)));
  if (i == count) return;
  float rest[8] = {0};
  memcpy(rest, x + i, (count - i) * sizeof(float));
  _mm256_storeu_ps(rest, tanh8(_mm256_loadu_ps(rest)));
  memcpy(y + i, rest, (count - i) * sizeof(float));
}

#pragma clang attribute pop
#pragma clang attribute push(__attribute__((target("avx512f"), min_vector_width(512))), apply_to = function)

// Bits 21…25 of |x| name the interval: 16…31 between ⅛ and 2, 0…8 from there, and 15 stands for all below ⅛.
enum { NARROW_PIECES = 32, NARROW_NUMBERS = 7 };
static const _Alignas(64) float narrow[NARROW_NUMBERS][NARROW_PIECES] = {
    {0x1.1ff226p1f, 0x1.553014p1f, 0x1.9d57dep1f, 0x1.deada2p1f, 0x1.25ec02p2f, 0x1.599f58p2f, 0x1.ab77e6p2f,
     0x1.d61168p2f, 0x1.154256p3f, 0, 0, 0, 0, 0, 0, 0, 0x1.25f754p-3f, 0x1.5da46ap-3f, 0x1.9e228ep-3f, 0x1.d42f7cp-3f,
     0x1.14eap-2f, 0x1.602b4ap-2f, 0x1.a6a00ep-2f, 0x1.d4a24ep-2f, 0x1.28b27ep-1f, 0x1.5b861ep-1f, 0x1.9d3c6p-1f,
     0x1.de875cp-1f, 0x1.18e81p0f, 0x1.61614p0f, 0x1.9a6e58p0f, 0x1.e8634p0f},
    {0x1.f4bd6ep-1f, 0x1.fb119cp-1f, 0x1.fe65d2p-1f, 0x1.ff6c12p-1f, 0x1.ffe51ep-1f, 0x1.fffaa8p-1f, 0x1.ffff96p-1f,
     0x1.ffffe4p-1f, 0x1.fffffep-1f, 0, 0, 0, 0, 0, 0, 0, 0x1.23f6b8p-3f, 0x1.5a48dp-3f, 0x1.9894cp-3f, 0x1.cc325p-3f,
     0x1.0e5b0ep-2f, 0x1.52e952p-2f, 0x1.90288ep-2f, 0x1.b6717cp-2f, 0x1.0b69e6p-1f, 0x1.2e71bp-1f, 0x1.560288p-1f,
     0x1.772a2cp-1f, 0x1.995b3p-1f, 0x1.c3177ep-1f, 0x1.d824ccp-1f, 0x1.e9ee7p-1f},
    {0x1.645bfp-5f, 0x1.3a1392p-6f, 0x1.998974p-8f, 0x1.27b12ep-9f, 0x1.ae338ap-12f, 0x1.55ef54p-14f, 0x1.a81b4p-18f,
     0x1.bfe9dap-20f, 0x1.00235p-23f, 0, 0, 0, 0, 0, 0, 0x1p0f, 0x1.f5982ap-1f, 0x1.f15cb8p-1f, 0x1.eb9f2cp-1f,
     0x1.e625dap-1f, 0x1.dc4f7ap-1f, 0x1.c7ea62p-1f, 0x1.b1d028p-1f, 0x1.a222fp-1f, 0x1.7454f8p-1f, 0x1.4d57cap-1f,
     0x1.1b8a9ep-1f, 0x1.da336cp-2f, 0x1.716b86p-2f, 0x1.ca486ep-3f, 0x1.327098p-3f, 0x1.597ce8p-4f},
    {-0x1.5c8316p-5f, -0x1.370f2p-6f, -0x1.983b38p-8f, -0x1.27567cp-9f, -0x1.adc21ap-12f, -0x1.55c82ep-14f,
     -0x1.a88582p-18f, -0x1.c009c4p-20f, -0x1.ffaf88p-24f, 0, 0, 0, 0, 0, 0, 0x1.4ed324p-22f, -0x1.1e079cp-3f,
     -0x1.506268p-3f, -0x1.8851a8p-3f, -0x1.b4f5eap-3f, -0x1.f70542p-3f, -0x1.2dc97cp-2f, -0x1.530cfap-2f,
     -0x1.661098p-2f, -0x1.84eeap-2f, -0x1.89d194p-2f, -0x1.7acdfep-2f, -0x1.5b77bep-2f, -0x1.275c5ap-2f,
     -0x1.93c468p-3f, -0x1.1a95e8p-3f, -0x1.4a98aep-4f},
    {0x1.bc25ecp-6f, 0x1.971222p-7f, 0x1.0e9018p-8f, 0x1.88fbc4p-10f, 0x1.1b8af4p-12f, 0x1.cae80cp-15f, 0x1.1712a8p-18f,
     0x1.2d0e74p-20f, 0x1.4fcb0cp-24f, 0, 0, 0, 0, 0, 0, -0x1.555b2cp-2f, -0x1.3a38fcp-2f, -0x1.2ec9d4p-2f,
     -0x1.208918p-2f, -0x1.1347aep-2f, -0x1.f64f7ep-3f, -0x1.98291ep-3f, -0x1.397a92p-3f, -0x1.f60faep-4f,
     -0x1.68de26p-5f, 0x1.4c4fdep-7f, 0x1.001084p-4f, 0x1.822772p-4f, 0x1.c3e096p-4f, 0x1.95f7f2p-4f, 0x1.3cd9bcp-4f,
     0x1.92607cp-5f},
    {-0x1.961f4ap-7f, -0x1.86c466p-8f, -0x1.0dc04p-9f, -0x1.8b80e2p-11f, -0x1.26ca1ep-13f, -0x1.d5c4c6p-16f,
     -0x1.129e86p-19f, -0x1.2da5e8p-21f, -0x1.5fb874p-25f, 0, 0, 0, 0, 0, 0, 0x1.ef25bep-12f, 0x1.6aecap-4f,
     0x1.aef926p-4f, 0x1.eb78bcp-4f, 0x1.208334p-3f, 0x1.2cdb6ap-3f, 0x1.50143p-3f, 0x1.5c423ep-3f, 0x1.5c507ep-3f,
     0x1.322494p-3f, 0x1.f443ap-4f, 0x1.4e2694p-4f, 0x1.6959ep-5f, 0x1.0abd92p-7f, -0x1.5e2396p-6f, -0x1.9e3f9ap-6f,
     -0x1.493f7p-6f},
    {0x1.04ace4p-8f, 0x1.f833e8p-10f, 0x1.946b6cp-11f, 0x1.332f6ep-12f, 0x1.2002cep-14f, 0x1.38e8c8p-17f,
     0x1.4ee7a8p-20f, 0x1.714b48p-23f, 0x1.6b87a2p-26f, 0, 0, 0, 0, 0, 0, 0x1.0a37ap-3f, 0x1.0c7876p-1f,
     -0x1.c7a756p-1f, -0x1.1080b4p-3f, 0x1.49a118p-3f, 0x1.01d4c8p-4f, 0x1.7ec012p-5f, 0x1.111ad8p-6f, -0x1.0702ep-7f,
     -0x1.5db264p-5f, -0x1.dd053p-5f, -0x1.05e4f6p-4f, -0x1.b4f824p-5f, -0x1.07577ep-5f, -0x1.383c56p-7f,
     0x1.77e1bp-10f, 0x1.2e2336p-8f},
};
// Of the interval below ⅛, to which all smaller numbers are sent.
static const int32_t lowest_bits = 15 << 21 | 0x3c000000;

WABE_INLINE __m512 tanh16(__m512 x, const __m512 low[NARROW_NUMBERS], const __m512 high[NARROW_NUMBERS]) {
  const __m512i magnitude = _mm512_set1_epi32(0x7fffffff);
  __m512 a = _mm512_castsi512_ps(_mm512_and_si512(_mm512_castps_si512(x), magnitude));
  a = _mm512_min_ps(_mm512_set1_ps(highest), a);  // the second where one is NaN
  __m512i bits = _mm512_max_epi32(_mm512_castps_si512(a), _mm512_set1_epi32(lowest_bits));
  __m512i piece = _mm512_srli_epi32(bits, 21);  // of which five bits count
#define NUMBER(k) _mm512_permutex2var_ps(low[k], piece, high[k])
  __m512 t = _mm512_sub_ps(a, NUMBER(0)), p = NUMBER(NARROW_NUMBERS - 1);
  for (int k = NARROW_NUMBERS - 2; k > 0; k--) p = _mm512_fmadd_ps(p, t, NUMBER(k));
#undef NUMBER
  __m512i sign = _mm512_andnot_si512(magnitude, _mm512_castps_si512(x));
  return _mm512_castsi512_ps(_mm512_or_si512(_mm512_castps_si512(p), sign));
}

static void tanh_avx512(const float *x, float *y, size_t count) {
  __m512 low[NARROW_NUMBERS], high[NARROW_NUMBERS];
  for (int k = 0; k < NARROW_NUMBERS; k++) {
    low[k] = _mm512_load_ps(narrow[k]);
    high[k] = _mm512_load_ps(narrow[k] + 16);
  }
  size_t i = 0;
  for (; i + 16 <= count; i += 16) _mm512_storeu_ps(y + i, tanh16(_mm512_loadu_ps(x + i), low, high));
  if (i == count) return;
  __mmask16 rest = (__mmask16)(0xffffu >> (16 - (count - i)));
  _mm512_mask_storeu_ps(y + i, rest, tanh16(_mm512_maskz_loadu_ps(rest, x + i), low, high));
}

#pragma clang attribute pop
#endif

void wabe_tanh32(const void *x, void *y, size_t count) {
#if defined(__x86_64__)
  int set = wabe_instruction_set();
  if (set == WABE_AVX512) {
    tanh_avx512(x, y, count);
    return;
  }
  if (set == WABE_AVX2) {
    tanh_avx2(x, y, count);
    return;
  }
#endif
  tanh_portable(x, y, count);
}
