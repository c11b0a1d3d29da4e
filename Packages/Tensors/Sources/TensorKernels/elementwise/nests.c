#include "nests.h"

typedef struct {
  wabe_table_kernel *kernel;
  const wabe_nest *nest;
  const void *const *operands;
  const size_t *widths;
  char *y;
  size_t y_width;
  int operand_count;
  size_t rows, columns;              // of the two innermost loops
  size_t part_rows, part_columns;    // of one part
  size_t row_parts, column_parts;    // the parts of one table
} nest_work;

static const ptrdiff_t *steps_of(const wabe_nest *nest, int operand) {
  return operand == 0 ? nest->a : operand == 1 ? nest->b : nest->c;
}

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

// Part `index`: some rows and columns of one table.
static void run_part(void *context, size_t index) {
  const nest_work *work = context;
  const wabe_nest *nest = work->nest;
  size_t parts = work->row_parts * work->column_parts;
  size_t table = index / parts, part = index % parts;
  size_t row = part / work->column_parts * work->part_rows;
  size_t column = part % work->column_parts * work->part_columns;
  size_t rows = smaller(work->part_rows, work->rows - row);
  size_t columns = smaller(work->part_columns, work->columns - column);
  int last = nest->rank - 1;
  wabe_reader readers[3];
  for (int k = 0; k < work->operand_count; k++) {
    const ptrdiff_t *steps = steps_of(nest, k);
    ptrdiff_t row_step = last > 0 ? steps[last - 1] : 0;
    ptrdiff_t offset = (ptrdiff_t)row * row_step + (ptrdiff_t)column * steps[last];
    size_t rest = table;
    for (int axis = last - 2; axis >= 0; axis--) {
      offset += (ptrdiff_t)(rest % nest->size[axis]) * steps[axis];
      rest /= nest->size[axis];
    }
    readers[k] = (wabe_reader){
        (const char *)work->operands[k] + offset * (ptrdiff_t)work->widths[k], row_step, steps[last]};
  }
  size_t start = (table * work->rows + row) * work->columns + column;
  work->kernel(readers, work->y + start * work->y_width, rows, columns);
}

void wabe_run_nest(
    wabe_table_kernel *kernel, const wabe_nest *nest, int operand_count, const void *const operands[],
    const size_t widths[], void *y, size_t y_width) {
  nest_work work = {.kernel = kernel, .nest = nest, .operands = operands, .widths = widths, .y = y,
                    .y_width = y_width, .operand_count = operand_count};
  int last = nest->rank - 1;
  work.columns = nest->size[last];
  work.rows = last > 0 ? nest->size[last - 1] : 1;
  size_t tables = 1;
  for (int axis = 0; axis < last - 1; axis++) tables *= nest->size[axis];
  size_t total = tables * work.rows * work.columns;
  if (total == 0) return;
  // A part holds whole rows, or a piece of one row: its result is contiguous.
  if (work.columns > WABE_CHUNK) {
    work.part_rows = 1;
    work.part_columns = WABE_CHUNK;
  } else {
    work.part_rows = smaller(work.rows, WABE_CHUNK / work.columns);
    work.part_columns = work.columns;
  }
  work.row_parts = (work.rows + work.part_rows - 1) / work.part_rows;
  work.column_parts = (work.columns + work.part_columns - 1) / work.part_columns;
  size_t parts = tables * work.row_parts * work.column_parts;
  if (total >= WABE_SHARED_MOVES)
    wabe_parallel(parts, &work, run_part);
  else
    for (size_t i = 0; i < parts; i++) run_part(&work, i);
}
