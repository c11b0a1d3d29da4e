// The limit that products are measured against: chains of multiply-adds that never leave the registers.
#define _GNU_SOURCE
#include "peak.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

enum { CHAINS = 12, STEPS = 20000, RUNS = 60, MOST_THREADS = 256 };

// More chains than a processor has multiply-adds under way: two a cycle, four or five cycles each. All sums fit into the
// registers, of which there are sixteen, or twice as many with AVX-512.
#define DEFINE_CHAINS(name, bytes, set)                                                        \
  set static float name(void) {                                                                \
    typedef float lanes __attribute__((vector_size(bytes)));                                   \
    lanes sums[CHAINS], factor = (lanes){0} + 0.5f;                                            \
    _Pragma("clang loop unroll(full)") for (int k = 0; k < CHAINS; k++) sums[k] = factor * (float)k; \
    for (int step = 0; step < STEPS; step++)                                                   \
      _Pragma("clang loop unroll(full)") for (int k = 0; k < CHAINS; k++) sums[k] = sums[k] * factor + factor; \
    float total = 0;                                                                           \
    _Pragma("clang loop unroll(full)") for (int k = 0; k < CHAINS; k++) total += sums[k][0];   \
    return total;                                                                              \
  }

DEFINE_CHAINS(narrow_chains, 16, )
#if defined(__x86_64__)
DEFINE_CHAINS(wide_chains, 32, __attribute__((target("avx2,fma"))))
DEFINE_CHAINS(widest_chains, 64, __attribute__((target("avx512f"), min_vector_width(512))))
#endif

typedef struct {
  float (*run)(void);
  int lanes;
} kind;

static kind best_kind(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return (kind){widest_chains, 16};
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return (kind){wide_chains, 8};
#endif
  return (kind){narrow_chains, 4};
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

typedef struct {
  kind kind;
  pthread_barrier_t together;
  _Atomic int results;  // keeps the chains from being left out
} runs;

static void *run(void *context) {
  runs *all = context;
  for (int i = 0; i < RUNS; i++) {
    pthread_barrier_wait(&all->together);
    atomic_fetch_add(&all->results, all->kind.run() > 0);
    pthread_barrier_wait(&all->together);
  }
  return NULL;
}

double wabe_peak_gigaflops(int threads) {
  if (threads < 1) threads = 1;
  if (threads > MOST_THREADS) threads = MOST_THREADS;
  runs all = {.kind = best_kind()};
  if (pthread_barrier_init(&all.together, NULL, (unsigned)threads) != 0) return 0;
  pthread_t helpers[MOST_THREADS];
  for (int i = 1; i < threads; i++)
    if (pthread_create(&helpers[i], NULL, run, &all) != 0) abort();
  double shortest = 0;
  for (int i = 0; i < RUNS; i++) {
    pthread_barrier_wait(&all.together);
    double begin = now();
    atomic_fetch_add(&all.results, all.kind.run() > 0);
    pthread_barrier_wait(&all.together);
    double seconds = now() - begin;
    if (i == 0 || seconds < shortest) shortest = seconds;
  }
  for (int i = 1; i < threads; i++) pthread_join(helpers[i], NULL);
  pthread_barrier_destroy(&all.together);
  return 2.0 * all.kind.lanes * CHAINS * STEPS * threads / shortest * 1e-9;
}
