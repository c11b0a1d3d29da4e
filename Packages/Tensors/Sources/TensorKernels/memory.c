#include "wabe_memory.h"
#include <stdatomic.h>
#include <stdlib.h>

static _Atomic int64_t allocations, live, copies;

void *wabe_allocate(size_t bytes) {
  if (bytes > SIZE_MAX / 2) return NULL;
  void *block = NULL;
  if (posix_memalign(&block, 64, bytes ? bytes : 1) != 0) return NULL;
  atomic_fetch_add_explicit(&allocations, 1, memory_order_relaxed);
  atomic_fetch_add_explicit(&live, 1, memory_order_relaxed);
  return block;
}

void wabe_free(void *block, size_t bytes) {
  (void)bytes;
  atomic_fetch_sub_explicit(&live, 1, memory_order_relaxed);
  free(block);
}

wabe_memory_counts wabe_memory(void) {
  return (wabe_memory_counts){atomic_load(&allocations), atomic_load(&live), atomic_load(&copies)};
}

void wabe_count_copy(void) { atomic_fetch_add_explicit(&copies, 1, memory_order_relaxed); }
