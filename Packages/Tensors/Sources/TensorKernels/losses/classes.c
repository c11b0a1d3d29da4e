// The cross-entropy of a softmax along rows.
#include "../elementwise/share.h"
#include "../math/float32.h"
#include "../math/float64.h"
#include "wabe_losses.h"
#include "wabe_memory.h"

// Rows are worked on together until they have about this many logits, so that the exponentials of short rows run on
// vectors as well.
enum { TOGETHER = 1024 };

static size_t rows_together(size_t classes) { return classes < TOGETHER ? TOGETHER / classes : 1; }

#define EXPONENTIALS(NAME, T, EXP)                                                \
  WABE_CLONES static void exponentials_##NAME(T *y, size_t count) {               \
    WABE_INDEPENDENT for (size_t i = 0; i < count; i++) {                         \
      T x = y[i];                                                                 \
      y[i] = EXP(x);                                                              \
    }                                                                             \
  }

// Defines the work on rows `first` to before `last`: their losses, or their gradients.
#define CLASSES(NAME, T, EXP, LOG)                                                                             \
  EXPONENTIALS(NAME, T, EXP)                                                                                   \
  /* Four at a time, since each comparison would wait for the one before. */                                   \
  WABE_INLINE T larger_##NAME(T a, T b) { return b > a || b != b ? b : a; }                                    \
  WABE_INLINE T largest_##NAME(const T *x, size_t count) {                                                     \
    T lanes[4] = {x[0], x[0], x[0], x[0]};                                                                     \
    size_t k = 0;                                                                                              \
    for (; k + 4 <= count; k += 4)                                                                             \
      for (size_t i = 0; i < 4; i++) lanes[i] = larger_##NAME(lanes[i], x[k + i]);                             \
    for (; k < count; k++) lanes[0] = larger_##NAME(lanes[0], x[k]);                                           \
    return larger_##NAME(larger_##NAME(lanes[0], lanes[1]), larger_##NAME(lanes[2], lanes[3]));                \
  }                                                                                                            \
  /* y = x − max x row by row, and the maxima; nothing but −∞ stays as it is. */                               \
  static void shift_##NAME(const T *x, size_t rows, size_t classes, T *y, T *largest) {                        \
    for (size_t row = 0; row < rows; row++) {                                                                  \
      T top = largest_##NAME(x + row * classes, classes), by = top == -INFINITY ? 0 : top;                     \
      largest[row] = by;                                                                                       \
      for (size_t k = 0; k < classes; k++) y[row * classes + k] = x[row * classes + k] - by;                   \
    }                                                                                                          \
  }                                                                                                            \
  static double total_##NAME(const T *x, size_t count) {                                                       \
    double lanes[4] = {0};                                                                                     \
    size_t k = 0;                                                                                              \
    for (; k + 4 <= count; k += 4)                                                                             \
      for (size_t i = 0; i < 4; i++) lanes[i] += (double)x[k + i];                                             \
    for (; k < count; k++) lanes[0] += (double)x[k];                                                           \
    return (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]);                                                      \
  }                                                                                                            \
  static T row_loss_##NAME(const T *x, const T *t, size_t classes, T top, T log_sum) {                         \
    double loss = 0;                                                                                           \
    for (size_t k = 0; k < classes; k++)                                                                       \
      if (t[k] != 0) loss += (double)t[k] * ((double)log_sum - (double)(x[k] - top));                          \
    return (T)loss;                                                                                            \
  }                                                                                                            \
  static void losses_##NAME(const wabe_classification *all, size_t first, size_t last, void *buffer, T *losses) { \
    size_t classes = all->classes, together = rows_together(classes);                                          \
    T *y = buffer, *tops = y + together * classes;                                                             \
    for (size_t start = first; start < last; start += together) {                                              \
      size_t rows = last - start < together ? last - start : together;                                         \
      const T *x = (const T *)all->logits + start * classes;                                                   \
      shift_##NAME(x, rows, classes, y, tops);                                                                 \
      exponentials_##NAME(y, rows * classes);                                                                  \
      for (size_t row = 0; row < rows; row++) {                                                                \
        T log_sum = LOG((T)total_##NAME(y + row * classes, classes));                                          \
        const T *own = x + row * classes;                                                                      \
        if (!all->labels) {                                                                                    \
          const T *t = (const T *)all->probabilities + (start + row) * classes;                                \
          losses[start + row] = row_loss_##NAME(own, t, classes, tops[row], log_sum);                          \
        } else {                                                                                               \
          int64_t label = all->labels[start + row];                                                            \
          T loss = INFINITY;                                                                                   \
          if (all->ignores && label == all->ignored) loss = 0;                                                 \
          else if (log_sum != -INFINITY) loss = log_sum - (own[label] - tops[row]);                            \
          losses[start + row] = loss;                                                                          \
        }                                                                                                      \
      }                                                                                                        \
    }                                                                                                          \
  }                                                                                                            \
  static void slopes_##NAME(const wabe_classification *all, size_t first, size_t last, const T *factors,       \
                            size_t factor_step, T *result, void *buffer) {                                     \
    size_t classes = all->classes, together = rows_together(classes);                                          \
    T *tops = buffer;                                                                                          \
    for (size_t start = first; start < last; start += together) {                                              \
      size_t rows = last - start < together ? last - start : together;                                         \
      T *y = result + start * classes;                                                                         \
      shift_##NAME((const T *)all->logits + start * classes, rows, classes, y, tops);                          \
      exponentials_##NAME(y, rows * classes);                                                                  \
      for (size_t row = 0; row < rows; row++, y += classes) {                                                  \
        const T *t = all->labels ? NULL : (const T *)all->probabilities + (start + row) * classes;             \
        T factor = factors[(start + row) * factor_step];                                                       \
        double sum = total_##NAME(y, classes);                                                                 \
        int counts = sum != 0 && (t || !all->ignores || all->labels[start + row] != all->ignored);             \
        T share = counts ? (T)((t ? total_##NAME(t, classes) : 1) / sum) : 0;                                  \
        if (t && counts) {                                                                                     \
          for (size_t k = 0; k < classes; k++) y[k] = factor * (share * y[k] - t[k]);                          \
        } else {                                                                                               \
          T right = counts ? y[all->labels[start + row]] : 0;                                                  \
          for (size_t k = 0; k < classes; k++) y[k] *= factor * share;                                         \
          if (counts) y[all->labels[start + row]] = factor * (share * right - 1);                              \
        }                                                                                                      \
      }                                                                                                        \
    }                                                                                                          \
  }
CLASSES(f32, float, exp32, log32)
CLASSES(f64, double, exp64, log64)

typedef struct {
  const wabe_classification *rows;
  int dtype;
  size_t per_part;
  const void *factors;
  size_t factor_step;
  void *result;  // losses, or gradients where there are factors
} class_work;

static void class_part(void *context, size_t index) {
  const class_work *all = context;
  size_t classes = all->rows->classes, first = index * all->per_part, last = first + all->per_part;
  if (last > all->rows->rows) last = all->rows->rows;
  size_t together = rows_together(classes);
  size_t bytes = together * (all->factors ? 1 : classes + 1) * width_of(all->dtype);
  _Alignas(64) char near[TOGETHER * 2 * sizeof(double)];
  void *buffer = bytes <= sizeof near ? near : wabe_allocate(bytes);
  if (!buffer) __builtin_trap();  // a row too long for this machine could not have been made
  if (all->dtype == WABE_F32) {
    if (all->factors) slopes_f32(all->rows, first, last, all->factors, all->factor_step, all->result, buffer);
    else losses_f32(all->rows, first, last, buffer, all->result);
  } else {
    if (all->factors) slopes_f64(all->rows, first, last, all->factors, all->factor_step, all->result, buffer);
    else losses_f64(all->rows, first, last, buffer, all->result);
  }
  if (buffer != near) wabe_free(buffer, bytes);
}

static void run(class_work work) {
  size_t rows = work.rows->rows, classes = work.rows->classes;
  if (rows == 0 || classes == 0) return;
  size_t together = rows_together(classes), blocks = (WABE_SHARED_MATH / classes + together - 1) / together;
  // Parts begin where blocks would begin anyway, so a row is in the same block for any number of threads.
  work.per_part = rows * classes < WABE_SHARED_MATH ? rows : together * (blocks > 0 ? blocks : 1);
  wabe_parallel((rows + work.per_part - 1) / work.per_part, &work, class_part);
}

void wabe_softmax_cross_entropy(int dtype, const wabe_classification *rows, void *losses) {
  run((class_work){.rows = rows, .dtype = dtype, .result = losses});
}

void wabe_softmax_cross_entropy_slope(
    int dtype, const wabe_classification *rows, const void *factors, size_t factor_step, void *y) {
  run((class_work){.rows = rows, .dtype = dtype, .factors = factors, .factor_step = factor_step, .result = y});
}
