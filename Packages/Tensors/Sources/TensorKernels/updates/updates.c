// The update rules of the optimizers, each one pass over memory.
#include "wabe_updates.h"

#include "../denormals.h"
#include "../elementwise/share.h"

// The numbers and places of one call.
typedef struct {
  wabe_step step;
  double k[7];
  const void *g;
  void *m, *s, *p;
} update;

// Unlike those of the library these set no errno, so that loops with them become vector code.
#define root __builtin_elementwise_sqrt
#define magnitude __builtin_elementwise_abs

typedef void update_kernel(const update *, size_t start, size_t count);

// Defines a kernel over `count` elements from `start` on. The formula sees the element w of the parameter, its gradient d,
// what is remembered as m[i] and s[i], the rate and the numbers A … G of the call; it changes w, m[i] and s[i].
#define UPDATE_OF(NAME, T, ...)                                                                             \
  WABE_CLONES static void NAME(const update *u, size_t start, size_t count) {                               \
    const T rate = (T)u->step.rate, coupled = (T)u->step.coupled, shrink = (T)u->step.shrink;               \
    const T A = (T)u->k[0], B = (T)u->k[1], C = (T)u->k[2], D = (T)u->k[3], E = (T)u->k[4], F = (T)u->k[5], \
            G = (T)u->k[6];                                                                                 \
    const T *g = (const T *)u->g + start;                                                                   \
    T *p = (T *)u->p + start, *m = u->m, *s = u->s;                                                         \
    if (m) m += start;                                                                                      \
    if (s) s += start;                                                                                      \
    (void)A, (void)B, (void)C, (void)D, (void)E, (void)F, (void)G, (void)m, (void)s;                        \
    WABE_INDEPENDENT for (size_t i = 0; i < count; i++) {                                                   \
      T d = g[i] + coupled * p[i], w = p[i] - shrink * p[i];                                                \
      __VA_ARGS__;                                                                                          \
      p[i] = w;                                                                                             \
    }                                                                                                       \
  }
#define UPDATE(NAME, ...) \
  UPDATE_OF(NAME##_f32, float, __VA_ARGS__) \
  UPDATE_OF(NAME##_f64, double, __VA_ARGS__) \
  static update_kernel *const NAME[] = {NAME##_f32, NAME##_f64};

UPDATE(plain, w -= rate * d)
UPDATE(momentum, m[i] = A * m[i] + B * d, w -= rate * m[i])
UPDATE(nesterov, m[i] = A * m[i] + B * d, w -= rate * (d + A * m[i]))
UPDATE(adagrad, s[i] += d * d, w -= rate * d / (root(s[i]) + A))
UPDATE(rmsprop, s[i] = A * s[i] + B * (d * d), w -= rate * d / (root(s[i]) + C))
UPDATE(rmsprop_momentum, s[i] = A * s[i] + B * (d * d), m[i] = D * m[i] + d / (root(s[i]) + C), w -= rate * m[i])
UPDATE(
    adam, m[i] = A * m[i] + B * d, s[i] = C * s[i] + D * (d * d),
    w -= (rate * m[i] + G * d) / (root(s[i]) * E + F))
UPDATE(
    adamax, m[i] = A * m[i] + B * d, s[i] = C * s[i] > magnitude(d) + D ? C * s[i] : magnitude(d) + D,
    w -= rate * m[i] / s[i])

// Gradients of a trained net are so small that their squares are denormal; those count as 0.
static void chunk(const void *work, size_t start, size_t count, update_kernel *kernel) {
  wabe_float_mode mode = wabe_flush_denormals();
  kernel(work, start, count);
  wabe_restore(mode);
}

typedef struct {
  const update *all;
  update_kernel *kernel;
  size_t count;
} shared_update;

static void shared_chunk(void *context, size_t index) {
  const shared_update *shared = context;
  size_t start = index * WABE_CHUNK, rest = shared->count - start;
  chunk(shared->all, start, rest < WABE_CHUNK ? rest : WABE_CHUNK, shared->kernel);
}

static void run(update_kernel *const kernels[2], int dtype, update all, size_t count) {
  if (!wabe_worth_sharing(count, WABE_SHARED_MATH)) {
    chunk(&all, 0, count, kernels[dtype]);
    return;
  }
  shared_update shared = {&all, kernels[dtype], count};
  wabe_parallel((count + WABE_CHUNK - 1) / WABE_CHUNK, &shared, shared_chunk);
}

void wabe_update_momentum(
    int dtype, wabe_step step, double decay, double keep, bool looks_ahead, const void *g, void *v, void *p,
    size_t count) {
  update_kernel *const *kernels = v == NULL ? plain : looks_ahead ? nesterov : momentum;
  run(kernels, dtype, (update){step, {decay, keep}, g, v, NULL, p}, count);
}

void wabe_update_adagrad(int dtype, wabe_step step, double epsilon, const void *g, void *s, void *p, size_t count) {
  run(adagrad, dtype, (update){step, {epsilon}, g, NULL, s, p}, count);
}

void wabe_update_rmsprop(
    int dtype, wabe_step step, double decay, double decay_of_steps, double epsilon, const void *g, void *s, void *v,
    void *p, size_t count) {
  update all = {step, {decay, 1 - decay, epsilon, decay_of_steps}, g, v, s, p};
  run(v == NULL ? rmsprop : rmsprop_momentum, dtype, all, count);
}

void wabe_update_adam(
    int dtype, wabe_step step, double direct, double beta1, double beta2, double scale, double epsilon, const void *g,
    void *m, void *s, void *p, size_t count) {
  update all = {step, {beta1, 1 - beta1, beta2, 1 - beta2, scale, epsilon, direct}, g, m, s, p};
  run(adam, dtype, all, count);
}

void wabe_update_adamax(
    int dtype, wabe_step step, double beta1, double beta2, double epsilon, const void *g, void *m, void *s, void *p,
    size_t count) {
  run(adamax, dtype, (update){step, {beta1, 1 - beta1, beta2, epsilon}, g, m, s, p}, count);
}
