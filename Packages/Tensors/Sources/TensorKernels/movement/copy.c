// Copies between two layouts: slices, permutations, flips, concatenations and padding are all this one loop.
#include "loops.h"
#include "transpose.h"
#include "wabe_engine.h"
#include "wabe_movement.h"
#include <stdint.h>
#include <string.h>

// Elements of one part of the work; parts are shared between threads where there are many.
enum { PART = 1 << 15, SHARED_FROM = 1 << 17 };

// Bytes from which a copy reads and writes memory rather than caches.
static const size_t large = (size_t)4 << 20;

typedef struct {
  loops nest;
  size_t outer, rows, columns;            // the two innermost loops, and all others taken together
  size_t part_rows, part_columns;         // what one part covers
  size_t row_parts, column_parts;
  int width;
  size_t lines;                           // of a square when transposing
  const char *x;
  char *y;
} job;

#define ROWS(T)                                                                                        \
  static void rows_##T(const T *x, T *y, size_t rows, size_t columns, ptrdiff_t xr, ptrdiff_t yr,      \
                       ptrdiff_t xc, ptrdiff_t yc) {                                                   \
    for (size_t r = 0; r < rows; r++) {                                                                \
      const T *in = x + (ptrdiff_t)r * xr;                                                             \
      T *out = y + (ptrdiff_t)r * yr;                                                                  \
      if (xc == 1 && yc == 1 && columns > 16) {                                                        \
        memcpy(out, in, columns * sizeof(T));                                                          \
      } else if (xc == 1 && yc == 1) {                                                                 \
        for (size_t i = 0; i < columns; i++) out[i] = in[i];                                           \
      } else if (xc == -1 && yc == 1) {                                                                \
        for (size_t i = 0; i < columns; i++) out[i] = in[-(ptrdiff_t)i];                               \
      } else if (xc == 0 && yc == 1) {                                                                 \
        T value = in[0];                                                                               \
        for (size_t i = 0; i < columns; i++) out[i] = value;                                           \
      } else {                                                                                         \
        for (size_t i = 0; i < columns; i++) out[(ptrdiff_t)i * yc] = in[(ptrdiff_t)i * xc];           \
      }                                                                                                \
    }                                                                                                  \
  }
ROWS(uint8_t)
ROWS(uint32_t)
ROWS(uint64_t)

// Copies one part of the rows and columns of one table.
static void part(void *context, size_t index) {
  const job *work = context;
  const loops *nest = &work->nest;
  size_t column = index % work->column_parts * work->part_columns;
  size_t row = index / work->column_parts % work->row_parts * work->part_rows;
  size_t table = index / work->column_parts / work->row_parts;
  int inner = nest->rank - 1, middle = nest->rank - 2;
  ptrdiff_t xr = middle < 0 ? 0 : nest->a[middle], yr = middle < 0 ? 0 : nest->b[middle];
  ptrdiff_t xc = nest->a[inner], yc = nest->b[inner];
  ptrdiff_t from = (ptrdiff_t)row * xr + (ptrdiff_t)column * xc, to = (ptrdiff_t)row * yr + (ptrdiff_t)column * yc;
  for (int k = middle - 1; k >= 0; k--) {
    from += (ptrdiff_t)(table % nest->size[k]) * nest->a[k];
    to += (ptrdiff_t)(table % nest->size[k]) * nest->b[k];
    table /= nest->size[k];
  }
  size_t rows = work->rows - row < work->part_rows ? work->rows - row : work->part_rows;
  size_t columns = work->columns - column < work->part_columns ? work->columns - column : work->part_columns;
  const char *x = work->x + from * work->width;
  char *y = work->y + to * work->width;
  bool transposes = xr == 1 && yc == 1 && xc != 1 && rows > 1;
  if (work->width == 4) {
    if (transposes) wabe_transpose_4((const void *)x, (void *)y, rows, columns, xc, yr, work->lines);
    else rows_uint32_t((const void *)x, (void *)y, rows, columns, xr, yr, xc, yc);
  } else if (work->width == 8) {
    if (transposes) wabe_transpose_8((const void *)x, (void *)y, rows, columns, xc, yr, work->lines);
    else rows_uint64_t((const void *)x, (void *)y, rows, columns, xr, yr, xc, yc);
  } else {
    rows_uint8_t((const void *)x, (void *)y, rows, columns, xr, yr, xc, yc);
  }
}

void wabe_copy_strided(int width, const wabe_nest *nest, const void *x, void *y) {
  job work = {.width = width, .x = x, .y = y};
  if (!wabe_arrange(nest, &work.nest)) return;
  int rank = work.nest.rank;
  work.columns = work.nest.size[rank - 1];
  work.rows = rank < 2 ? 1 : work.nest.size[rank - 2];
  work.outer = 1;
  for (int k = 0; k < rank - 2; k++) work.outer *= work.nest.size[k];
  bool shared = work.outer * work.rows * work.columns >= SHARED_FROM;
  work.part_columns = shared && work.columns > PART ? PART : work.columns;
  work.lines = work.outer * work.rows * work.columns * (size_t)width > large ? 4 : 1;
  size_t side = 16 * work.lines, few = PART / work.part_columns / side * side;
  work.part_rows = !shared ? work.rows : few < side ? side : few;
  work.row_parts = (work.rows + work.part_rows - 1) / work.part_rows;
  work.column_parts = (work.columns + work.part_columns - 1) / work.part_columns;
  size_t parts = work.outer * work.row_parts * work.column_parts;
  if (shared) {
    wabe_parallel(parts, &work, part);
  } else {
    for (size_t k = 0; k < parts; k++) part(&work, k);
  }
}

static void fill_part(void *context, size_t index) {
  const job *work = context;
  size_t start = index * work->part_columns;
  size_t count = work->columns - start < work->part_columns ? work->columns - start : work->part_columns;
  if (work->width == 1) {
    memset(work->y + start, *(const unsigned char *)work->x, count);
  } else if (work->width == 4) {
    uint32_t value = *(const uint32_t *)work->x, *out = (uint32_t *)work->y + start;
    for (size_t i = 0; i < count; i++) out[i] = value;
  } else {
    uint64_t value = *(const uint64_t *)work->x, *out = (uint64_t *)work->y + start;
    for (size_t i = 0; i < count; i++) out[i] = value;
  }
}

void wabe_fill(int width, const void *value, void *y, size_t count) {
  bool shared = count * (size_t)width >= (size_t)4 << 20;
  size_t share = shared ? (size_t)1 << 18 : count;
  job work = {.width = width, .x = value, .y = y, .columns = count, .part_columns = share};
  if (shared) {
    wabe_parallel((count + share - 1) / share, &work, fill_part);
  } else if (count > 0) {
    fill_part(&work, 0);
  }
}
