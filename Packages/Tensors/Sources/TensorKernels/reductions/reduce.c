// How a reduction is cut into parts of fixed size, and how their accumulators are put together again.
#include "reduction.h"
#include <stdlib.h>

enum {
  ROW_PART = 1 << 16,      // elements of a row that are reduced in one go
  COLUMN_PART = 512,       // columns whose accumulators stay in the first-level cache
  TABLE_PART = 1 << 16,    // elements of these columns that are reduced in one go
  FOLDED = 128,            // narrow tables are folded to about this width
  SHARED_FROM = 1 << 16,   // elements from which the team is worth waking
};

typedef struct {
  const wabe_reduction *kind;
  const char *x;
  const double *shift;
  char *y, *partial;  // partial accumulators, where one result has several parts
  wabe_axes axes;
  size_t rows_per_part, columns_per_part, row_parts, column_parts;
} job;

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

static void share(const job *work, size_t parts, size_t elements, void (*body)(void *, size_t)) {
  if (elements >= SHARED_FROM)
    wabe_parallel(parts, (void *)(uintptr_t)work, body);
  else
    for (size_t i = 0; i < parts; i++) body((void *)(uintptr_t)work, i);
}

// MARK: Rows of neighbours (inner is 1)

// Several short rows.
static void short_rows(void *context, size_t index) {
  const job *work = context;
  const wabe_reduction *kind = work->kind;
  size_t first = index * work->rows_per_part, size = work->axes.size;
  size_t count = smaller(work->rows_per_part, work->axes.outer - first);
  for (size_t row = first; row < first + count; row++) {
    double accumulator;
    kind->row(work->x + row * size * kind->width, size, work->shift ? work->shift + row : NULL, &accumulator);
    kind->finish(&accumulator, 1, size, work->y + row * kind->result_width);
  }
}

// A part of a long row.
static void long_row(void *context, size_t index) {
  const job *work = context;
  const wabe_reduction *kind = work->kind;
  size_t row = index / work->row_parts, start = index % work->row_parts * ROW_PART;
  const char *x = work->x + (row * work->axes.size + start) * kind->width;
  kind->row(
      x, smaller(ROW_PART, work->axes.size - start), work->shift ? work->shift + row : NULL,
      work->partial + index * kind->accumulator_width);
}

static void reduce_rows(job *work) {
  const wabe_reduction *kind = work->kind;
  size_t outer = work->axes.outer, size = work->axes.size;
  if (size <= ROW_PART) {
    work->rows_per_part = size < ROW_PART / 2 ? ROW_PART / 2 / size : 1;
    share(work, (outer + work->rows_per_part - 1) / work->rows_per_part, outer * size, short_rows);
    return;
  }
  work->row_parts = (size + ROW_PART - 1) / ROW_PART;
  size_t width = kind->accumulator_width;
  work->partial = malloc(outer * work->row_parts * width);
  if (!work->partial) abort();
  share(work, outer * work->row_parts, outer * size, long_row);
  for (size_t row = 0; row < outer; row++) {
    char *first = work->partial + row * work->row_parts * width;
    for (size_t part = 1; part < work->row_parts; part++) kind->merge(first, first + part * width, 1);
    kind->finish(first, 1, size, work->y + row * kind->result_width);
  }
  free(work->partial);
}

// MARK: Columns (inner is above 1)

// Reduces `rows` rows of a few narrow columns as if several rows were one, so that vectors are filled.
static void folded_columns(
    const wabe_reduction *kind, const char *x, size_t rows, size_t columns, const double *shift, char *accumulator) {
  size_t fold = FOLDED / columns, width = kind->accumulator_width;
  double wide[FOLDED], shifts[FOLDED];
  if (shift)
    for (size_t i = 0; i < fold * columns; i++) shifts[i] = shift[i % columns];
  kind->columns(x, rows / fold, fold * columns, fold * columns, shift ? shifts : NULL, wide);
  for (size_t part = 1; part < fold; part++) kind->merge(wide, (char *)wide + part * columns * width, columns);
  size_t done = rows / fold * fold;
  kind->columns(x + done * columns * kind->width, rows - done, columns, columns, shift, accumulator);
  kind->merge(accumulator, wide, columns);
}

// Some rows of some columns of one table.
static void table(void *context, size_t index) {
  const job *work = context;
  const wabe_reduction *kind = work->kind;
  size_t size = work->axes.size, inner = work->axes.inner;
  size_t column = index % work->column_parts * work->columns_per_part;
  size_t row = index / work->column_parts % work->row_parts * work->rows_per_part;
  size_t outer = index / work->column_parts / work->row_parts;
  size_t rows = smaller(work->rows_per_part, size - row), columns = smaller(work->columns_per_part, inner - column);
  const char *x = work->x + ((outer * size + row) * inner + column) * kind->width;
  const double *shift = work->shift ? work->shift + outer * inner + column : NULL;
  double here[COLUMN_PART];
  char *to = work->partial ? work->partial + index * work->columns_per_part * kind->accumulator_width : (char *)here;
  if (inner <= FOLDED / 2 && rows >= 2 * FOLDED / inner)
    folded_columns(kind, x, rows, columns, shift, to);
  else
    kind->columns(x, rows, inner, columns, shift, to);
  if (!work->partial) kind->finish(to, columns, size, work->y + (outer * inner + column) * kind->result_width);
}

static void reduce_columns(job *work) {
  const wabe_reduction *kind = work->kind;
  size_t outer = work->axes.outer, size = work->axes.size, inner = work->axes.inner;
  work->columns_per_part = smaller(inner, COLUMN_PART);
  work->column_parts = (inner + COLUMN_PART - 1) / COLUMN_PART;
  work->rows_per_part = TABLE_PART / work->columns_per_part;
  work->row_parts = (size + work->rows_per_part - 1) / work->rows_per_part;
  size_t parts = outer * work->row_parts * work->column_parts, width = kind->accumulator_width;
  if (work->row_parts > 1) {
    work->partial = malloc(parts * work->columns_per_part * width);
    if (!work->partial) abort();
  }
  share(work, parts, outer * size * inner, table);
  if (!work->partial) return;
  size_t stride = work->columns_per_part * width;
  for (size_t o = 0; o < outer; o++)
    for (size_t c = 0; c < work->column_parts; c++) {
      size_t column = c * work->columns_per_part, columns = smaller(work->columns_per_part, inner - column);
      char *first = work->partial + (o * work->row_parts * work->column_parts + c) * stride;
      for (size_t part = 1; part < work->row_parts; part++)
        kind->merge(first, first + part * work->column_parts * stride, columns);
      kind->finish(first, columns, size, work->y + (o * inner + column) * kind->result_width);
    }
  free(work->partial);
}

void wabe_run_reduction(const wabe_reduction *kind, const void *x, const double *shift, void *y, wabe_axes axes) {
  job work = {.kind = kind, .x = x, .shift = shift, .y = y, .axes = axes};
  if (axes.inner == 1)
    reduce_rows(&work);
  else
    reduce_columns(&work);
}
