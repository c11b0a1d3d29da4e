// Elements and slices that are named by tensors of indices.
#include "wabe_engine.h"
#include "wabe_movement.h"
#include <string.h>

// Elements of one part of the work; parts are shared between threads where there are many.
// Sums are shared by columns, of which a part takes whole cache lines.
enum { PART = 1 << 14, SHARED_FROM = 1 << 16, COLUMNS = 128 };

ptrdiff_t wabe_first_bad_index(const int64_t *indices, size_t count, size_t size) {
  int64_t limit = (int64_t)size;
  bool bad = false;
  for (size_t i = 0; i < count; i++) bad |= indices[i] < -limit || indices[i] >= limit;
  if (!bad) return -1;
  size_t first = 0;
  while (indices[first] >= -limit && indices[first] < limit) first++;
  return (ptrdiff_t)first;
}

static inline size_t resolved(int64_t index, size_t size) {
  return (size_t)(index < 0 ? index + (int64_t)size : index);
}

typedef struct {
  int kind;  // bytes per element, or the element type
  wabe_axis axis;
  const char *x;
  const int64_t *indices;
  char *y;
  size_t step;  // rows or columns of one part
} job;

// Shares `count` rows or columns with `elements` in all; a part has at least `least` of them.
static void run(job *work, size_t count, size_t elements, size_t least, void (*part)(void *, size_t)) {
  if (count == 0 || elements == 0) return;
  size_t each = elements / count, several = each >= PART ? 1 : PART / (each ? each : 1);
  work->step = elements < SHARED_FROM ? count : several < least ? least : several;
  size_t parts = (count + work->step - 1) / work->step;
  if (parts > 1) {
    wabe_parallel(parts, work, part);
  } else {
    part(work, 0);
  }
}

// Rows o, j of the result.
static void take_part(void *context, size_t index) {
  const job *work = context;
  wabe_axis axis = work->axis;
  size_t rows = axis.outer * axis.count, end = (index + 1) * work->step < rows ? (index + 1) * work->step : rows;
  size_t bytes = axis.inner * (size_t)work->kind;
#define ROW (row / axis.count * axis.size + resolved(work->indices[row % axis.count], axis.size))
  if (bytes == 4) {
    for (size_t row = index * work->step; row < end; row++)
      ((uint32_t *)work->y)[row] = ((const uint32_t *)work->x)[ROW];
  } else if (bytes == 8) {
    for (size_t row = index * work->step; row < end; row++)
      ((uint64_t *)work->y)[row] = ((const uint64_t *)work->x)[ROW];
  } else {
    for (size_t row = index * work->step; row < end; row++)
      memcpy(work->y + row * bytes, work->x + ROW * bytes, bytes);
  }
#undef ROW
}

void wabe_take(int width, wabe_axis axis, const void *x, const int64_t *indices, void *y) {
  job work = {.kind = width, .axis = axis, .x = x, .indices = indices, .y = y};
  run(&work, axis.outer * axis.count, axis.outer * axis.count * axis.inner, 1, take_part);
}

static void gather_part(void *context, size_t index) {
  const job *work = context;
  wabe_axis axis = work->axis;
  size_t rows = axis.outer * axis.count, end = (index + 1) * work->step < rows ? (index + 1) * work->step : rows;
#define GATHER(T)                                                                             \
  for (size_t row = index * work->step; row < end; row++) {                                   \
    const T *x = (const T *)work->x + row / axis.count * axis.size * axis.inner;              \
    T *y = (T *)work->y + row * axis.inner;                                                   \
    const int64_t *at = work->indices + row * axis.inner;                                     \
    for (size_t i = 0; i < axis.inner; i++) y[i] = x[resolved(at[i], axis.size) * axis.inner + i]; \
  }
  switch (work->kind) {
    case 1: GATHER(uint8_t) break;
    case 4: GATHER(uint32_t) break;
    case 8: GATHER(uint64_t) break;
  }
#undef GATHER
}

void wabe_gather(int width, wabe_axis axis, const void *x, const int64_t *indices, void *y) {
  job work = {.kind = width, .axis = axis, .x = x, .indices = indices, .y = y};
  run(&work, axis.outer * axis.count, axis.outer * axis.count * axis.inner, 1, gather_part);
}

#define FOR_TYPES(X)                                                                                \
  case WABE_F32: X(float) break;                                                                    \
  case WABE_F64: X(double) break;                                                                   \
  case WABE_I32: X(uint32_t) break;                                                                 \
  case WABE_I64: X(uint64_t) break;                                                                 \
  case WABE_U8: X(uint8_t) break;

// Columns o, i of the result: every element is summed by one thread, in the order of j.
static void add_taken_part(void *context, size_t index) {
  const job *work = context;
  wabe_axis axis = work->axis;
  size_t columns = axis.outer * axis.inner, start = index * work->step;
  size_t end = start + work->step < columns ? start + work->step : columns;
  while (start < end) {
    size_t o = start / axis.inner, first = start % axis.inner;
    size_t last = axis.inner - first < end - start ? axis.inner : first + (end - start);
#define ADD(T)                                                                                      \
  for (size_t j = 0; j < axis.count; j++) {                                                         \
    const T *u = (const T *)work->x + (o * axis.count + j) * axis.inner;                            \
    T *y = (T *)work->y + (o * axis.size + resolved(work->indices[j], axis.size)) * axis.inner;     \
    for (size_t i = first; i < last; i++) y[i] = (T)(y[i] + u[i]);                                  \
  }
    switch (work->kind) { FOR_TYPES(ADD) }
#undef ADD
    start += last - first;
  }
}

void wabe_add_taken(int dtype, wabe_axis axis, const void *u, const int64_t *indices, void *y) {
  job work = {.kind = dtype, .axis = axis, .x = u, .indices = indices, .y = y};
  run(&work, axis.outer * axis.inner, axis.outer * axis.count * axis.inner, COLUMNS, add_taken_part);
}

static void add_gathered_part(void *context, size_t index) {
  const job *work = context;
  wabe_axis axis = work->axis;
  size_t columns = axis.outer * axis.inner, start = index * work->step;
  size_t end = start + work->step < columns ? start + work->step : columns;
  while (start < end) {
    size_t o = start / axis.inner, first = start % axis.inner;
    size_t last = axis.inner - first < end - start ? axis.inner : first + (end - start);
#define ADD(T)                                                                                      \
  for (size_t j = 0; j < axis.count; j++) {                                                         \
    const T *u = (const T *)work->x + (o * axis.count + j) * axis.inner;                            \
    const int64_t *at = work->indices + (o * axis.count + j) * axis.inner;                          \
    T *y = (T *)work->y + o * axis.size * axis.inner;                                               \
    for (size_t i = first; i < last; i++) {                                                         \
      size_t to = resolved(at[i], axis.size) * axis.inner + i;                                      \
      y[to] = (T)(y[to] + u[i]);                                                                    \
    }                                                                                               \
  }
    switch (work->kind) { FOR_TYPES(ADD) }
#undef ADD
    start += last - first;
  }
}

void wabe_add_gathered(int dtype, wabe_axis axis, const void *u, const int64_t *indices, void *y) {
  job work = {.kind = dtype, .axis = axis, .x = u, .indices = indices, .y = y};
  run(&work, axis.outer * axis.inner, axis.outer * axis.count * axis.inner, COLUMNS, add_gathered_part);
}
