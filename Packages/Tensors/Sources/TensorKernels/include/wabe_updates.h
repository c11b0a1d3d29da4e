#ifndef WABE_UPDATES_H
#define WABE_UPDATES_H

#include "wabe_types.h"

// One step of an optimizer over all elements of one parameter, in place. `dtype` is a floating-point type; p is the
// parameter, g its gradient and the others what is remembered about it. Numbers are rounded to the element type once.

// The rate and decay of a step: p −= rate · …, after g += coupled · p and p −= shrink · p.
typedef struct {
  double rate, coupled, shrink;
} wabe_step;

// v ← momentum · v + keep · g; p −= rate · (nesterov ? g + momentum · v : v). Without v (NULL): p −= rate · g.
void wabe_update_momentum(
    int dtype, wabe_step step, double momentum, double keep, bool nesterov, const void *g, void *v, void *p,
    size_t count);

// s ← s + g²; p −= rate · g / (√s + epsilon).
void wabe_update_adagrad(int dtype, wabe_step step, double epsilon, const void *g, void *s, void *p, size_t count);

// s ← decay · s + (1 − decay) · g²; u = g / (√s + epsilon); with v: v ← momentum · v + u, u = v; p −= rate · u.
void wabe_update_rmsprop(
    int dtype, wabe_step step, double decay, double momentum, double epsilon, const void *g, void *s, void *v, void *p,
    size_t count);

// m ← beta1 · m + (1 − beta1) · g; s ← beta2 · s + (1 − beta2) · g²;
// p −= (rate · m + direct · g) / (√s · scale + epsilon).
void wabe_update_adam(
    int dtype, wabe_step step, double direct, double beta1, double beta2, double scale, double epsilon, const void *g,
    void *m, void *s, void *p, size_t count);

// m ← beta1 · m + (1 − beta1) · g; s ← max(beta2 · s, |g| + epsilon); p −= rate · m / s.
void wabe_update_adamax(
    int dtype, wabe_step step, double beta1, double beta2, double epsilon, const void *g, void *m, void *s, void *p,
    size_t count);

#endif
