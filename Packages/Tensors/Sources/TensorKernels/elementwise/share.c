#include "share.h"

// Results of at least this many bytes are written past the caches: reading each line before overwriting it would cost
// a third of the traffic of an addition.
static const size_t streamed_from = (size_t)24 << 20;
// Elements that a thread takes at a time: an eighth of few, for evenly matched threads. The split has no effect on
// results, since each element stands alone.
static const size_t smallest_part = 1 << 12;

static size_t part_of(size_t count) {
  size_t part = (count / 8 + 63) / 64 * 64;
  return part < smallest_part ? smallest_part : part > WABE_CHUNK ? WABE_CHUNK : part;
}

// The elements that wait in the first-level cache before they are written out together.
enum { BLOCK = 8192 };

typedef struct {
  wabe_span *span;
  const void *work;
  size_t count, width, part;
  char *y;
} shared_work;

#if defined(__x86_64__)
typedef float line __attribute__((vector_size(64), may_alias));

static void stream(void *y, const void *block, size_t bytes) {
  line *to = y;
  const line *from = block;
  for (size_t i = 0; i < bytes / sizeof(line); i++) __builtin_nontemporal_store(from[i], to + i);
  size_t rest = bytes % sizeof(line);
  memcpy((char *)y + bytes - rest, (const char *)block + bytes - rest, rest);
}

static void streamed_chunk(void *context, size_t index) {
  const shared_work *all = context;
  _Alignas(64) char block[BLOCK];
  size_t start = index * all->part, room = BLOCK / all->width;
  size_t end = start + all->part < all->count ? start + all->part : all->count;
  for (; start < end; start += room) {
    size_t count = end - start < room ? end - start : room;
    all->span(all->work, start, count, block);
    stream(all->y + start * all->width, block, count * all->width);
  }
  __builtin_ia32_sfence();  // before another thread is told that this one is done
}
#endif

static void chunk(void *context, size_t index) {
  const shared_work *all = context;
  size_t start = index * all->part;
  size_t end = start + all->part < all->count ? start + all->part : all->count;
  all->span(all->work, start, end - start, all->y + start * all->width);
}

void wabe_share(wabe_span *span, const void *work, size_t count, size_t width, size_t shared_from, void *y) {
  if (!wabe_worth_sharing(count, shared_from)) {
    span(work, 0, count, y);
    return;
  }
  shared_work all = {span, work, count, width, part_of(count), y};
  size_t chunks = (count + all.part - 1) / all.part;
#if defined(__x86_64__)
  if (count * width >= streamed_from && (uintptr_t)y % 64 == 0) {
    wabe_parallel(chunks, &all, streamed_chunk);
    return;
  }
#endif
  wabe_parallel(chunks, &all, chunk);
}
