// Matrix products for x86 processors with AVX2 and FMA (since 2013).
#include "product_kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define MASKED 0
#define BLOCK_ROWS 6

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

// The first `count` of eight lanes, as masks take them.
static inline __m256i first_lanes(size_t count) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32((int)count), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

#define T float
#define W 8
#define NAME(x) float_##x
#define TABLE wabe_products_avx2_float
#define LOAD_PART(from, count) ((V)_mm256_maskload_ps(from, first_lanes(count)))
#define STORE_PART(to, value, count) _mm256_maskstore_ps(to, first_lanes(count), (__m256)(value))
#include "product_body.h"

#define T double
#define W 4
#define NAME(x) double_##x
#define TABLE wabe_products_avx2_double
#define LOAD_PART(from, count) ((V)_mm256_maskload_pd(from, first_lanes(2 * (count))))
#define STORE_PART(to, value, count) _mm256_maskstore_pd(to, first_lanes(2 * (count)), (__m256d)(value))
#include "product_body.h"

#pragma clang attribute pop
#endif
