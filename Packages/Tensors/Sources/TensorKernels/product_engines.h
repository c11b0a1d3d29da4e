// The parts of a matrix product that do not depend on the instruction set of this build.
#ifndef WABE_PRODUCT_ENGINES_H
#define WABE_PRODUCT_ENGINES_H

#include "include/wabe_products.h"
#include "product_kernels.h"
#include <stdbool.h>

// Products of whole numbers, which wrap around as the element type does; truth values count as 0 and 1.
void wabe_multiply_integers(int dtype, const wabe_product *product);

// C = A · B for floats by oneDNN, on the calling thread alone, or false where oneDNN is not there.
bool wabe_onednn_block(const wabe_block *block);

#endif
