// Everything that Tensors asks of the machine: memory, threads and loops over numbers.
//
// Pointers are to contiguous elements unless a `wabe_nest` says otherwise; sizes are in elements. All functions are
// safe to call from several threads. No function fails: what can be wrong is checked by the caller.
#ifndef WABE_KERNELS_H
#define WABE_KERNELS_H

#include "wabe_elementwise.h"
#include "wabe_engine.h"
#include "wabe_linear_algebra.h"
#include "wabe_losses.h"
#include "wabe_memory.h"
#include "wabe_movement.h"
#include "wabe_normalization.h"
#include "wabe_products.h"
#include "wabe_random.h"
#include "wabe_reduce.h"
#include "wabe_sorting.h"
#include "wabe_types.h"
#include "wabe_updates.h"
#include "wabe_windows.h"

#endif
