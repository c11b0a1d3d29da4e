// Losses in one pass over their operands, and their gradients in another.
//
// Sums are made in float64 over chunks of fixed size, in the order of the chunks: the same bits for any number of
// threads. A softmax along rows subtracts the largest logit first, so that no finite logit overflows.
#ifndef WABE_LOSSES_H
#define WABE_LOSSES_H

#include "wabe_types.h"

// Losses that compare numbers x with targets t one by one, for float32 and float64:
// (x − t)², and max(x, 0) − x t + log(1 + e^−|x|), the cross-entropy of t and σ(x).
enum { WABE_SQUARED_ERROR, WABE_SIGMOID_CROSS_ENTROPY, WABE_PAIR_LOSSES };

// Σ loss(x[i], t[i]).
double wabe_pair_loss(int loss, int dtype, const void *x, const void *t, size_t count);
// y[i] = factor · ∂loss/∂x[i].
void wabe_pair_loss_slope(int loss, int dtype, const void *x, const void *t, double factor, void *y, size_t count);

// Rows of logits, each with its right class or with a probability for every class.
typedef struct {
  size_t rows, classes;
  const void *logits;
  const int64_t *labels;      // a class per row
  bool ignores;               // whether rows with the label `ignored` do not count
  int64_t ignored;
  const void *probabilities;  // shaped like the logits, where labels is NULL
} wabe_classification;

// losses[row] = log Σ e^x − x[label], or Σ t (log Σ e^x − x). A row of nothing but −∞ costs ∞.
void wabe_softmax_cross_entropy(int dtype, const wabe_classification *rows, void *losses);
// y[row, k] = factors[row · factor_step] · ∂loss/∂x[row, k], where factor_step is 1, or 0 for one factor for all rows.
// A row of nothing but −∞ has a gradient of zeros.
void wabe_softmax_cross_entropy_slope(
    int dtype, const wabe_classification *rows, const void *factors, size_t factor_step, void *y);

#endif
