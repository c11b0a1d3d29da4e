// temporary
#ifndef WABE_REDUCE_H
#define WABE_REDUCE_H
#include "wabe_types.h"
enum { WABE_SUM };
void wabe_reduce(int operation, int dtype, const void *x, void *y, size_t outer, size_t size, size_t inner);
#endif
