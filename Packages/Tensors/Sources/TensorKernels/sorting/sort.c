// Elements are turned into unsigned keys whose order is the wanted one. Short rows are sorted by insertion, long ones
// by radix: one pass per byte of the key, least significant first, which is stable and takes the same time for any data.
#include "wabe_engine.h"
#include "wabe_memory.h"
#include "wabe_sorting.h"
#include <stdatomic.h>
#include <string.h>

typedef struct {
  uint64_t key;
  int64_t position;
} item;

enum { SHORT = 48, ON_STACK = 256, SHARED_FROM = 1 << 15 };

static const size_t widths[] = {4, 8, 4, 8, 1, 1};

static inline uint64_t float_key(uint32_t bits) {
  if ((bits & 0x7fffffff) > 0x7f800000) return 0xffffffff;
  if (bits == 0x80000000) bits = 0;
  return (uint32_t)(bits & 0x80000000 ? ~bits : bits | 0x80000000);
}

static inline uint64_t double_key(uint64_t bits) {
  const uint64_t sign = (uint64_t)1 << 63;
  if ((bits & ~sign) > 0x7ff0000000000000) return ~(uint64_t)0;
  if (bits == sign) bits = 0;
  return bits & sign ? ~bits : bits | sign;
}

static inline uint64_t key_of(int dtype, const void *x, size_t at) {
  uint32_t narrow;
  uint64_t wide;
  switch (dtype) {
    case WABE_F32: memcpy(&narrow, (const char *)x + 4 * at, 4); return float_key(narrow);
    case WABE_F64: memcpy(&wide, (const char *)x + 8 * at, 8); return double_key(wide);
    case WABE_I32: return (uint32_t)((const int32_t *)x)[at] ^ 0x80000000;
    case WABE_I64: return (uint64_t)((const int64_t *)x)[at] ^ (uint64_t)1 << 63;
    default: return ((const uint8_t *)x)[at];
  }
}

static void insertion(item *items, size_t count) {
  for (size_t i = 1; i < count; i++) {
    item own = items[i];
    size_t j = i;
    for (; j > 0 && items[j - 1].key > own.key; j--) items[j] = items[j - 1];
    items[j] = own;
  }
}

// Sorts `items` with the help of `spare` and returns whichever of the two holds the result.
static item *radix(item *items, item *spare, size_t count, size_t bytes) {
  for (size_t byte = 0; byte < bytes; byte++) {
    size_t places[257] = {0};
    int shift = (int)byte * 8;
    for (size_t i = 0; i < count; i++) places[(items[i].key >> shift & 255) + 1]++;
    if (places[(items[0].key >> shift & 255) + 1] == count) continue;
    for (int k = 0; k < 256; k++) places[k + 1] += places[k];
    for (size_t i = 0; i < count; i++) spare[places[items[i].key >> shift & 255]++] = items[i];
    item *sorted = spare;
    spare = items;
    items = sorted;
  }
  return items;
}

typedef struct {
  int dtype;
  bool descending;
  size_t size, inner;
  const char *x;
  int64_t *y;
  atomic_bool failed;
} job;

static void sort_row(void *context, size_t index) {
  job *work = context;
  size_t size = work->size, width = widths[work->dtype];
  size_t first = index / work->inner * size * work->inner + index % work->inner;
  item near[2 * ON_STACK], *items = near;
  size_t bytes = 2 * size * sizeof(item);
  if (size > ON_STACK) items = wabe_allocate(bytes);
  if (!items) {
    work->failed = true;
    return;
  }
  uint64_t turn = !work->descending ? 0 : width == 8 ? ~(uint64_t)0 : width == 4 ? 0xffffffff : 0xff;
  for (size_t i = 0; i < size; i++)
    items[i] = (item){key_of(work->dtype, work->x, first + i * work->inner) ^ turn, (int64_t)i};
  item *sorted = items;
  if (size <= SHORT) {
    insertion(items, size);
  } else {
    sorted = radix(items, items + size, size, width);
  }
  for (size_t i = 0; i < size; i++) work->y[first + i * work->inner] = sorted[i].position;
  if (items != near) wabe_free(items, bytes);
}

bool wabe_argsort(
    int dtype, bool descending, size_t outer, size_t size, size_t inner, const void *x, int64_t *y) {
  job work = {.dtype = dtype, .descending = descending, .size = size, .inner = inner, .x = x, .y = y};
  size_t rows = outer * inner;
  if (size == 0) return true;
  if (rows > 1 && rows * size >= SHARED_FROM) {
    wabe_parallel(rows, &work, sort_row);
  } else {
    for (size_t row = 0; row < rows; row++) sort_row(&work, row);
  }
  return !work.failed;
}

size_t wabe_first_of_each(int dtype, const void *x, size_t count, int64_t *positions) {
  size_t found = 0;
  for (size_t i = 0; i < count; i++)
    if (i == 0 || key_of(dtype, x, i) != key_of(dtype, x, i - 1)) positions[found++] = (int64_t)i;
  return found;
}
