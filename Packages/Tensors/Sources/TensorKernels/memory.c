// Blocks of memory that are handed out again soon after they come back.
//
// Training asks for the same few sizes thousands of times a second. Small blocks wait in a list per thread and size
// class, so that taking one costs a few instructions and no lock. Large blocks wait in one shared list: what they
// save is the kernel's work of mapping and clearing fresh pages, which costs more than the arithmetic done on them.
#define _GNU_SOURCE
#include "wabe_memory.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#if defined(__linux__)
#include <sys/mman.h>
#endif

enum {
  ALIGNMENT = 64,
  CLASSES = 4 * 34,                // up to 2^40 bytes
  THREAD_CLASSES = 4 * 12 + 1,     // up to 256 KiB
  THREAD_BYTES_PER_CLASS = 1 << 20,
  HUGE_PAGE = 2 << 20,
};
static const size_t shared_limit = (size_t)256 << 20;

typedef struct block {
  struct block *next;
} block;

// What one thread keeps. The counts are written by that thread alone and read by all.
typedef struct cache {
  block *free[THREAD_CLASSES];
  uint32_t waiting[THREAD_CLASSES];
  _Atomic int64_t allocations, frees, copies;
  struct cache *next;
} cache;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static cache *caches;                  // of all living threads
static wabe_memory_counts ended;       // what threads that have ended counted
static block *shared[CLASSES];
static uint64_t last_use[CLASSES];     // when a class last gave or took a block
static uint64_t uses;
static size_t shared_bytes;

static _Thread_local cache *mine;
static pthread_key_t at_thread_end;
static pthread_once_t once = PTHREAD_ONCE_INIT;

// The class of the smallest block that holds `bytes`. Four classes a doubling waste at most a fifth of a block.
static inline int class_of(size_t bytes) {
  size_t lines = bytes <= ALIGNMENT ? 0 : (bytes - 1) / ALIGNMENT;  // 0 for one line
  if (lines < 4) return (int)lines;
  int top = 63 - __builtin_clzll(lines);
  return 4 * (top - 1) + (int)(lines >> (top - 2) & 3);
}

static inline size_t class_bytes(int class) {
  if (class < 4) return (size_t)(class + 1) * ALIGNMENT;
  int top = class / 4 + 1;
  return ((size_t)(4 + class % 4 + 1) << (top - 2)) * ALIGNMENT;
}

static inline void add(_Atomic int64_t *count) {
  atomic_store_explicit(count, atomic_load_explicit(count, memory_order_relaxed) + 1, memory_order_relaxed);
}

static void end_thread(void *pointer) {
  cache *old = pointer;
  pthread_mutex_lock(&lock);
  for (cache **link = &caches; *link; link = &(*link)->next)
    if (*link == old) {
      *link = old->next;
      break;
    }
  ended.allocations += old->allocations;
  ended.live += old->allocations - old->frees;
  ended.copies += old->copies;
  pthread_mutex_unlock(&lock);
  for (int class = 0; class < THREAD_CLASSES; class ++)
    while (old->free[class]) {
      block *first = old->free[class];
      old->free[class] = first->next;
      free(first);
    }
  mine = NULL;
  free(old);
}

static void make_key(void) { pthread_key_create(&at_thread_end, end_thread); }

__attribute__((noinline)) static cache *begin_thread(void) {
  cache *fresh = calloc(1, sizeof(cache));
  if (!fresh) abort();
  pthread_once(&once, make_key);
  pthread_setspecific(at_thread_end, fresh);
  pthread_mutex_lock(&lock);
  fresh->next = caches;
  caches = fresh;
  pthread_mutex_unlock(&lock);
  return mine = fresh;
}

static void drop_shared(void) {
  pthread_mutex_lock(&lock);
  for (int class = 0; class < CLASSES; class ++)
    while (shared[class]) {
      block *first = shared[class];
      shared[class] = first->next;
      free(first);
    }
  shared_bytes = 0;
  pthread_mutex_unlock(&lock);
}

__attribute__((noinline)) static void *fresh_block(int class) {
  size_t bytes = class_bytes(class);
  size_t alignment = bytes >= 2 * HUGE_PAGE ? HUGE_PAGE : ALIGNMENT;
  void *result = NULL;
  if (posix_memalign(&result, alignment, bytes) != 0) {
    drop_shared();
    if (posix_memalign(&result, alignment, bytes) != 0) return NULL;
  }
#if defined(__linux__)
  if (alignment == HUGE_PAGE) madvise(result, bytes, MADV_HUGEPAGE);
#endif
  return result;
}

__attribute__((noinline)) static void *large_block(int class) {
  pthread_mutex_lock(&lock);
  block *first = shared[class];
  last_use[class] = ++uses;
  if (first) {
    shared[class] = first->next;
    shared_bytes -= class_bytes(class);
  }
  pthread_mutex_unlock(&lock);
  return first ? first : fresh_block(class);
}

// Takes waiting blocks of other classes off their lists until `bytes` more fit, those that were longest unused first:
// a program that has turned to other sizes does not need them again soon. Call with the lock held.
static block *make_room(size_t bytes, int class) {
  block *dropped = NULL;
  while (shared_bytes + bytes > shared_limit) {
    int oldest = -1;
    for (int other = 0; other < CLASSES; other++)
      if (other != class && shared[other] && (oldest < 0 || last_use[other] < last_use[oldest])) oldest = other;
    if (oldest < 0) break;
    block *first = shared[oldest];
    shared[oldest] = first->next;
    shared_bytes -= class_bytes(oldest);
    first->next = dropped;
    dropped = first;
  }
  return dropped;
}

__attribute__((noinline)) static void keep_large(block *old, int class) {
  size_t bytes = class_bytes(class);
  pthread_mutex_lock(&lock);
  last_use[class] = ++uses;
  block *dropped = bytes <= shared_limit ? make_room(bytes, class) : NULL;
  if (shared_bytes + bytes <= shared_limit) {
    old->next = shared[class];
    shared[class] = old;
    shared_bytes += bytes;
  } else {
    old->next = dropped;
    dropped = old;
  }
  pthread_mutex_unlock(&lock);
  // Unmapping takes its time: others need not wait for it.
  while (dropped) {
    block *first = dropped;
    dropped = first->next;
    free(first);
  }
}

void *wabe_allocate(size_t bytes) {
  cache *own = mine ? mine : begin_thread();
  int class = class_of(bytes);
  void *result;
  if (class >= CLASSES) return NULL;
  if (class >= THREAD_CLASSES) {
    result = large_block(class);
  } else if (own->free[class]) {
    block *first = own->free[class];
    own->free[class] = first->next;
    own->waiting[class]--;
    result = first;
  } else {
    result = fresh_block(class);
  }
  if (result) add(&own->allocations);
  return result;
}

void wabe_free(void *pointer, size_t bytes) {
  cache *own = mine ? mine : begin_thread();
  block *old = pointer;
  int class = class_of(bytes);
  add(&own->frees);
  if (class >= THREAD_CLASSES) {
    keep_large(old, class);
  } else if ((own->waiting[class] + 1) * class_bytes(class) <= THREAD_BYTES_PER_CLASS) {
    old->next = own->free[class];
    own->free[class] = old;
    own->waiting[class]++;
  } else {
    free(old);
  }
}

wabe_memory_counts wabe_memory(void) {
  pthread_mutex_lock(&lock);
  wabe_memory_counts sum = ended;
  for (cache *each = caches; each; each = each->next) {
    sum.allocations += each->allocations;
    sum.live += each->allocations - each->frees;
    sum.copies += each->copies;
  }
  pthread_mutex_unlock(&lock);
  return sum;
}

void wabe_count_copy(void) { add(&(mine ? mine : begin_thread())->copies); }
