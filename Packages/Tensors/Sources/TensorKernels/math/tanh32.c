// tanh by pieces: a polynomial for each of 26 intervals, chosen by exponent and first two fraction bits.
//
// Without division, it takes less than half as long as 1 − 2 / (e^2a + 1) on processors that look up tables of 32 numbers
// in their registers. The others fetch the coefficients of each element and turn them into vectors.
#include "tanh32.h"
#include "float32.h"
#include "wabe_products.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Bits 21…25 of |x| name its interval: 16…31 between ⅛ and 2, 0…8 from there, and 15 stands for all below ⅛. Of each
// interval there are the centre, a float whose tanh is very nearly a float, and the coefficients of a polynomial in the
// distance from it. Scripts/fixtures/tanh_pieces.py computes them.
enum { PIECES = 32, NUMBERS = 7 };
static const _Alignas(64) float pieces[NUMBERS][PIECES] = {
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
// From here on the result is 1.
static const float highest = 9.1f;
// Of the interval below ⅛, to which all smaller numbers are sent.
static const int32_t lowest_bits = 15 << 21 | 0x3c000000;

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx512f"), min_vector_width(512))), apply_to = function)

WABE_INLINE __m512 tanh16(__m512 x, const __m512 low[NUMBERS], const __m512 high[NUMBERS]) {
  const __m512i magnitude = _mm512_set1_epi32(0x7fffffff);
  __m512 a = _mm512_castsi512_ps(_mm512_and_si512(_mm512_castps_si512(x), magnitude));
  a = _mm512_min_ps(_mm512_set1_ps(highest), a);  // the second where one is NaN
  __m512i bits = _mm512_max_epi32(_mm512_castps_si512(a), _mm512_set1_epi32(lowest_bits));
  __m512i piece = _mm512_srli_epi32(bits, 21);  // of which five bits count
#define NUMBER(k) _mm512_permutex2var_ps(low[k], piece, high[k])
  __m512 t = _mm512_sub_ps(a, NUMBER(0)), p = NUMBER(NUMBERS - 1);
  for (int k = NUMBERS - 2; k > 0; k--) p = _mm512_fmadd_ps(p, t, NUMBER(k));
#undef NUMBER
  __m512i sign = _mm512_andnot_si512(magnitude, _mm512_castps_si512(x));
  return _mm512_castsi512_ps(_mm512_or_si512(_mm512_castps_si512(p), sign));
}

static void tanh_avx512(const float *x, float *y, size_t count) {
  __m512 low[NUMBERS], high[NUMBERS];
  for (int k = 0; k < NUMBERS; k++) {
    low[k] = _mm512_load_ps(pieces[k]);
    high[k] = _mm512_load_ps(pieces[k] + 16);
  }
  size_t i = 0;
  for (; i + 16 <= count; i += 16) _mm512_storeu_ps(y + i, tanh16(_mm512_loadu_ps(x + i), low, high));
  if (i == count) return;
  __mmask16 rest = (__mmask16)(0xffffu >> (16 - (count - i)));
  _mm512_mask_storeu_ps(y + i, rest, tanh16(_mm512_maskz_loadu_ps(rest, x + i), low, high));
}

#pragma clang attribute pop
#endif

enum { LANES = 8 };
typedef float lanes __attribute__((vector_size(4 * LANES)));
typedef int32_t lane_bits __attribute__((vector_size(4 * LANES)));

// Rows of eight numbers into columns.
WABE_INLINE void turn(lanes v[LANES]) {
  lanes u[LANES];
#define PAIR(to, a, b, ...) to = __builtin_shufflevector(a, b, __VA_ARGS__)
  for (int k = 0; k < 8; k += 2) {
    PAIR(u[k], v[k], v[k + 1], 0, 8, 1, 9, 4, 12, 5, 13);
    PAIR(u[k + 1], v[k], v[k + 1], 2, 10, 3, 11, 6, 14, 7, 15);
  }
  for (int k = 0; k < 8; k += 4)
    for (int j = 0; j < 2; j++) {
      PAIR(v[k + 2 * j], u[k + j], u[k + j + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      PAIR(v[k + 2 * j + 1], u[k + j], u[k + j + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  for (int k = 0; k < 4; k++) {
    PAIR(u[k], v[k], v[k + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    PAIR(u[k + 4], v[k], v[k + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
#undef PAIR
  for (int k = 0; k < LANES; k++) v[k] = u[k];
}

WABE_INLINE void tanh8(const float *x, float *y, const lanes rows[PIECES]) {
  lane_bits bits;
  memcpy(&bits, x, sizeof bits);
  lane_bits sign = bits & INT32_MIN, magnitude = bits & INT32_MAX;
  lane_bits beyond = (lane_bits)((lanes)magnitude > highest);  // false for NaN
  magnitude = (beyond & (int32_t)bits32(highest)) | (~beyond & magnitude);
  lane_bits piece = __builtin_elementwise_max(magnitude, (lane_bits){0} + lowest_bits) >> 21 & (PIECES - 1);
  lanes number[LANES];
  for (int k = 0; k < LANES; k++) number[k] = rows[piece[k]];
  turn(number);
  lanes t = (lanes)magnitude - number[0], p = number[NUMBERS - 1];
  for (int k = NUMBERS - 2; k > 0; k--) p = p * t + number[k];
  p = (lanes)((lane_bits)p | sign);
  memcpy(y, &p, sizeof p);
}

WABE_CLONES static void tanh_portable(const float *x, float *y, size_t count) {
  lanes rows[PIECES];
  for (int k = 0; k < PIECES; k++)
    for (int j = 0; j < LANES; j++) rows[k][j] = j < NUMBERS ? pieces[j][k] : 0;
  size_t i = 0;
  for (; i + LANES <= count; i += LANES) tanh8(x + i, y + i, rows);
  if (i == count) return;
  float rest[LANES] = {0};
  memcpy(rest, x + i, (count - i) * sizeof(float));
  tanh8(rest, rest, rows);
  memcpy(y + i, rest, (count - i) * sizeof(float));
}

void wabe_tanh32(const void *x, void *y, size_t count) {
#if defined(__x86_64__)
  if (wabe_instruction_set() == WABE_AVX512) {
    tanh_avx512(x, y, count);
    return;
  }
#endif
  tanh_portable(x, y, count);
}
