// Matrix products for x86 processors with AVX-512.
#include "product_kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define MASKED 1
#define BLOCK_ROWS 12

#pragma clang attribute push(__attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,fma"), min_vector_width(512))), \
                             apply_to = function)

#define T float
#define W 16
#define NAME(x) float_##x
#define TABLE wabe_products_avx512_float
#define FIRST(count) ((__mmask16)_cvtu32_mask16(0xffffu >> (16 - (count))))
#define LOAD_PART(from, count) ((V)_mm512_maskz_loadu_ps(FIRST(count), from))
#define STORE_PART(to, value, count) _mm512_mask_storeu_ps(to, FIRST(count), (__m512)(value))
#include "product_body.h"
#undef FIRST

#define T double
#define W 8
#define NAME(x) double_##x
#define TABLE wabe_products_avx512_double
#define FIRST(count) ((__mmask8)_cvtu32_mask8(0xffu >> (8 - (count))))
#define LOAD_PART(from, count) ((V)_mm512_maskz_loadu_pd(FIRST(count), from))
#define STORE_PART(to, value, count) _mm512_mask_storeu_pd(to, FIRST(count), (__m512d)(value))
#include "product_body.h"
#undef FIRST

#pragma clang attribute pop
#endif
