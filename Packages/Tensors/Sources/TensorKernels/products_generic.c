// Matrix products for any processor: vectors of 128 bits, which the compiler maps to SSE2 or NEON.
#include "product_kernels.h"

#define MASKED 0
#define BLOCK_ROWS 4

#define T float
#define W 4
#define NAME(x) float_##x
#define TABLE wabe_products_generic_float
#include "product_body.h"

#define T double
#define W 2
#define NAME(x) double_##x
#define TABLE wabe_products_generic_double
#include "product_body.h"
