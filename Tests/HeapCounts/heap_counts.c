#include "heap_counts.h"
#include <stddef.h>
#include <stdlib.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_OWN_HEAP 1
#endif
#endif

#if defined(__GLIBC__) && !defined(HAS_OWN_HEAP)
// The functions of the library behind those that every program may replace.
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);

static _Thread_local int64_t blocks;

void *malloc(size_t size) {
  blocks++;
  return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  blocks++;
  return __libc_calloc(count, size);
}

void *realloc(void *block, size_t size) {
  blocks++;
  return __libc_realloc(block, size);
}

int64_t heap_blocks(void) { return blocks; }
#else
int64_t heap_blocks(void) { return -1; }
#endif
