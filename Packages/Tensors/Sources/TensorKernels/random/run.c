// How the words of a stream become the elements of a tensor.
#include "wabe_engine.h"
#include "words.h"

typedef struct {
  const wabe_random *from;
  wabe_random_turn *turn;
  const void *how;
  void *y;
  size_t count;
} job;

static void part(void *context, size_t index) {
  const job *work = context;
  size_t start = index * SHARE, end = start + SHARE < work->count ? start + SHARE : work->count;
  uint64_t words[BATCH];
  while (start < end) {
    // The first word may be the second half of a block; batches begin with whole blocks.
    uint64_t at = work->from->first + start;
    size_t skip = at & 1, count = BATCH - skip < end - start ? BATCH - skip : end - start;
    wabe_random_batch(work->from, at - skip, words);
    work->turn(work->how, words + skip, work->y, start, count);
    start += count;
  }
}

void wabe_random_run(const wabe_random *from, wabe_random_turn *turn, const void *how, void *y, size_t count) {
  job work = {from, turn, how, y, count};
  size_t parts = (count + SHARE - 1) / SHARE;
  if (parts > 1) {
    wabe_parallel(parts, &work, part);
  } else if (parts == 1) {
    part(&work, 0);
  }
}
