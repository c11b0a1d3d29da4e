#ifndef WABE_MEMORY_H
#define WABE_MEMORY_H

#include <stddef.h>
#include <stdint.h>

// Memory aligned to 64 bytes, or NULL. Freed blocks are kept for the next request of about the same size.
void *wabe_allocate(size_t bytes);
// Gives back what `wabe_allocate(bytes)` returned.
void wabe_free(void *block, size_t bytes);

// Counts since the start of the process, for tests and for `benchmark`.
typedef struct {
  int64_t allocations;  // blocks handed out
  int64_t live;         // blocks handed out and not given back
  int64_t copies;       // copy-on-write copies
} wabe_memory_counts;
wabe_memory_counts wabe_memory(void);
// Notes one copy-on-write copy.
void wabe_count_copy(void);

#endif
