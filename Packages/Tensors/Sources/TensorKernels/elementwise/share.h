// How the elements of a large result are shared between the threads, and how large results leave the processor.
#ifndef WABE_SHARE_H
#define WABE_SHARE_H

#include "../math/clones.h"
#include "wabe_engine.h"
#include "wabe_types.h"

// Elements that a thread takes at a time, where there are many.
enum { WABE_CHUNK = 1 << 15 };

// From this many elements on, waking the team costs less than it saves: for loops that only move numbers, and for
// those that compute at length.
enum { WABE_SHARED_MOVES = 1 << 17, WABE_SHARED_MATH = 1 << 16 };

WABE_INLINE size_t width_of(int dtype) {
  static const uint8_t widths[] = {4, 8, 4, 8, 1, 1};
  return widths[dtype];
}

// Work on `count` neighbouring elements from `start` on; results are written from y on.
typedef void wabe_span(const void *work, size_t start, size_t count, void *y);

// Runs `span` over all elements, shared between the threads where there are at least `shared_from`. The result of
// `count` elements of `width` bytes goes to y, past the caches where it is too large to stay in them.
void wabe_share(wabe_span *span, const void *work, size_t count, size_t width, size_t shared_from, void *y);

#endif
