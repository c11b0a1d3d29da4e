#include "digest.h"
#include "sha256_constants.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#include <stdatomic.h>

// CPUID leaf 7 tells of the SHA extensions; leaf 1 of SSSE3 and SSE4.1, which the shuffles need.
static bool has_extensions(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(b & 1u << 29)) return false;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return false;
  return (c & 1u << 9) && (c & 1u << 19);
}

// Asked once: virtual machines answer CPUID in the host, which takes as long as hashing thousands of bytes.
bool wabe_sha256_accelerated(void) {
  enum { UNKNOWN, NO, YES };
  static atomic_int known = UNKNOWN;
  int answer = atomic_load_explicit(&known, memory_order_relaxed);
  if (answer == UNKNOWN) {
    answer = has_extensions() ? YES : NO;
    atomic_store_explicit(&known, answer, memory_order_relaxed);
  }
  return answer == YES;
}

// Four rounds: the instruction does two at a time, on the registers {a,b,e,f} and {c,d,g,h}.
#define FOUR_ROUNDS(t, words)                                                            \
  do {                                                                                   \
    __m128i sum = _mm_add_epi32(words, _mm_load_si128((const __m128i *)(wabe_sha256_k + (t)))); \
    cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);                                       \
    abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0e));              \
  } while (0)

// The next four message words, from the sixteen before them (w0 oldest); they replace w0.
#define NEXT_WORDS(w0, w1, w2, w3)                                                       \
  w0 = _mm_sha256msg2_epu32(                                                             \
      _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8(w3, w2, 4)), w3)

__attribute__((target("sha,sse4.1,ssse3")))
static void accelerated(uint32_t state[8], const uint8_t *data, size_t blocks) {
  const __m128i byte_order = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  __m128i dcba = _mm_loadu_si128((const __m128i *)state);
  __m128i hgfe = _mm_loadu_si128((const __m128i *)(state + 4));
  __m128i cdab = _mm_shuffle_epi32(dcba, 0xb1), efgh = _mm_shuffle_epi32(hgfe, 0x1b);
  __m128i abef = _mm_alignr_epi8(cdab, efgh, 8), cdgh = _mm_blend_epi16(efgh, cdab, 0xf0);

  for (; blocks > 0; blocks--, data += 64) {
    const __m128i abef_before = abef, cdgh_before = cdgh;
    const __m128i *block = (const __m128i *)data;
    __m128i w0 = _mm_shuffle_epi8(_mm_loadu_si128(block), byte_order);
    __m128i w1 = _mm_shuffle_epi8(_mm_loadu_si128(block + 1), byte_order);
    __m128i w2 = _mm_shuffle_epi8(_mm_loadu_si128(block + 2), byte_order);
    __m128i w3 = _mm_shuffle_epi8(_mm_loadu_si128(block + 3), byte_order);
    FOUR_ROUNDS(0, w0);
    FOUR_ROUNDS(4, w1);
    FOUR_ROUNDS(8, w2);
    FOUR_ROUNDS(12, w3);
    for (int t = 16; t < 64; t += 16) {
      NEXT_WORDS(w0, w1, w2, w3);
      FOUR_ROUNDS(t, w0);
      NEXT_WORDS(w1, w2, w3, w0);
      FOUR_ROUNDS(t + 4, w1);
      NEXT_WORDS(w2, w3, w0, w1);
      FOUR_ROUNDS(t + 8, w2);
      NEXT_WORDS(w3, w0, w1, w2);
      FOUR_ROUNDS(t + 12, w3);
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }

  __m128i feba = _mm_shuffle_epi32(abef, 0x1b), dchg = _mm_shuffle_epi32(cdgh, 0xb1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xf0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

void wabe_sha256_blocks(uint32_t state[8], const uint8_t *data, size_t blocks) {
  if (wabe_sha256_accelerated()) accelerated(state, data, blocks);
  else wabe_sha256_blocks_portable(state, data, blocks);
}

#else

bool wabe_sha256_accelerated(void) { return false; }

void wabe_sha256_blocks(uint32_t state[8], const uint8_t *data, size_t blocks) {
  wabe_sha256_blocks_portable(state, data, blocks);
}

#endif
