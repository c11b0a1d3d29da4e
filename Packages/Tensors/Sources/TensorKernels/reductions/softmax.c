// Softmax, its logarithm, log Σ e^x, and their gradients.
#include "../elementwise/share.h"
#include "../math/float32.h"
#include "../math/float64.h"
#include "wabe_elementwise.h"
#include "wabe_reduce.h"
#include <stdlib.h>

enum { WABE_SOFTMAX_BLOCK = 1024 };

#define T float
#define F(NAME) NAME##_f32
#define EXP exp32
#include "softmax_loops.h"
#undef T
#undef F
#undef EXP
#define T double
#define F(NAME) NAME##_f64
#define EXP exp64
#include "softmax_loops.h"
#undef T
#undef F
#undef EXP

typedef void float_rows(const float *a, const float *b, float *y, size_t rows, size_t size);
typedef void double_rows(const double *a, const double *b, double *y, size_t rows, size_t size);

// One operation: on rows of floats and of doubles, with one result for each element or for each row.
typedef struct {
  float_rows *f32;
  double_rows *f64;
  bool reduces;
} operation;

typedef struct {
  operation operation;
  int dtype;
  const char *a, *b;
  char *y;
  wabe_axes axes;
  size_t rows_per_part;  // of neighbours, or columns that are gathered into rows
} job;

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

static void run(const job *work, const void *a, const void *b, void *y, size_t rows) {
  if (work->dtype == WABE_F32)
    work->operation.f32(a, b, y, rows, work->axes.size);
  else
    work->operation.f64(a, b, y, rows, work->axes.size);
}

// Some rows of neighbours.
static void rows_part(void *context, size_t index) {
  const job *work = context;
  size_t width = width_of(work->dtype), size = work->axes.size;
  size_t end = smaller((index + 1) * work->rows_per_part, work->axes.outer);
  size_t few = size < WABE_SOFTMAX_BLOCK ? WABE_SOFTMAX_BLOCK / size : 1;
  for (size_t row = index * work->rows_per_part; row < end; row += few) {
    size_t start = row * size * width, step = work->operation.reduces ? width : size * width;
    run(work, work->a + start, work->b ? work->b + start : NULL, work->y + row * step, smaller(few, end - row));
  }
}

// Some columns of one table: gathered into rows, and put back.
static void columns_part(void *context, size_t index) {
  const job *work = context;
  size_t width = width_of(work->dtype), size = work->axes.size, inner = work->axes.inner;
  size_t parts = (inner + work->rows_per_part - 1) / work->rows_per_part;
  size_t column = index % parts * work->rows_per_part, outer = index / parts;
  size_t columns = smaller(work->rows_per_part, inner - column);
  size_t start = (outer * size * inner + column) * width, bytes = columns * size * width;
  char *block = malloc(3 * bytes);
  if (!block) abort();
  char *a = block, *b = block + bytes, *y = block + 2 * bytes;
  wabe_nest gather = {.rank = 2, .size = {columns, size}, .a = {1, (ptrdiff_t)inner}};
  wabe_copy_nest(work->dtype, &gather, work->a + start, a);
  if (work->b) wabe_copy_nest(work->dtype, &gather, work->b + start, b);
  if (work->operation.reduces) {
    run(work, a, b, work->y + (outer * inner + column) * width, columns);
  } else {
    run(work, a, b, y, columns);
    for (size_t row = 0; row < size; row++) {
      char *to = work->y + start + row * inner * width;
      for (size_t i = 0; i < columns; i++) memcpy(to + i * width, y + (i * size + row) * width, width);
    }
  }
  free(block);
}

static void run_operation(operation operation, int dtype, const void *a, const void *b, void *y, wabe_axes axes) {
  size_t total = axes.outer * axes.size * axes.inner;
  if (total == 0) return;
  job work = {.operation = operation, .dtype = dtype, .a = a, .b = b, .y = y, .axes = axes};
  size_t parts;
  if (axes.inner == 1) {
    work.rows_per_part = axes.size < WABE_CHUNK / 2 ? WABE_CHUNK / 2 / axes.size : 1;
    parts = (axes.outer + work.rows_per_part - 1) / work.rows_per_part;
  } else {
    work.rows_per_part = axes.size < 256 ? 4096 / axes.size : 16;
    parts = axes.outer * ((axes.inner + work.rows_per_part - 1) / work.rows_per_part);
  }
  void (*part)(void *, size_t) = axes.inner == 1 ? rows_part : columns_part;
  if (total >= WABE_SHARED_MATH)
    wabe_parallel(parts, &work, part);
  else
    for (size_t i = 0; i < parts; i++) part(&work, i);
}

void wabe_softmax(int dtype, const void *x, void *y, wabe_axes axes) {
  run_operation((operation){softmax_rows_f32, softmax_rows_f64, false}, dtype, x, NULL, y, axes);
}

void wabe_log_softmax(int dtype, const void *x, void *y, wabe_axes axes) {
  run_operation((operation){log_softmax_rows_f32, log_softmax_rows_f64, false}, dtype, x, NULL, y, axes);
}

void wabe_log_sum_exp(int dtype, const void *x, void *y, wabe_axes axes) {
  if (axes.size == 0)
    for (size_t i = 0; i < axes.outer * axes.inner; i++) {
      if (dtype == WABE_F32)
        ((float *)y)[i] = -INFINITY;
      else
        ((double *)y)[i] = -INFINITY;
    }
  run_operation((operation){log_sum_exp_rows_f32, log_sum_exp_rows_f64, true}, dtype, x, NULL, y, axes);
}

void wabe_softmax_backward(int dtype, const void *g, const void *y, void *result, wabe_axes axes) {
  run_operation((operation){softmax_backward_rows_f32, softmax_backward_rows_f64, false}, dtype, g, y, result, axes);
}

void wabe_log_softmax_backward(int dtype, const void *g, const void *y, void *result, wabe_axes axes) {
  run_operation(
      (operation){log_softmax_backward_rows_f32, log_softmax_backward_rows_f64, false}, dtype, g, y, result, axes);
}
