#ifndef WABE_TANH32_H
#define WABE_TANH32_H

#include <stddef.h>

// y[i] = tanh x[i] for floats. Error < 1.1 units in the last place, right at the edges as in float32.h.
void wabe_tanh32(const void *x, void *y, size_t count);

#endif
