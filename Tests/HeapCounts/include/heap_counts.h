#ifndef HEAP_COUNTS_H
#define HEAP_COUNTS_H

#include <stdint.h>

// How many blocks the calling thread has asked the heap for, or −1 where nobody counts them.
//
// A program that links this target counts: on Linux with glibc, and without a sanitizer, which has a heap of its own.
int64_t heap_blocks(void);

#endif
