// oneDNN as another engine of large float products. It is called for one tile at a time from our own threads, so it must
// not start threads of its own: those would fight with ours, and some of its splits change the bits of a result.
#define _GNU_SOURCE
#include "include/wabe_engine.h"
#include "product_engines.h"
#include <stdatomic.h>
#include <stdio.h>

#if __has_include(<dnnl.h>)
#include <dlfcn.h>
#include <dnnl.h>
#include <pthread.h>

// The library is loaded by the first product that is large enough for it: loading takes longer than many a program
// runs. Debian's oneDNN runs on OpenMP, whose number of threads is a property of the thread that calls.
static struct {
  __typeof__(&dnnl_sgemm) sgemm;
  void (*set_threads)(int);
  int (*most_threads)(void);
  bool is_there;
} onednn;

static void load(void) {
  void *library = dlopen("libdnnl.so.2", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  onednn.sgemm = (__typeof__(&dnnl_sgemm))dlsym(library, "dnnl_sgemm");
  onednn.set_threads = (void (*)(int))dlsym(library, "omp_set_num_threads");
  onednn.most_threads = (int (*)(void))dlsym(library, "omp_get_max_threads");
  onednn.is_there = onednn.sgemm && onednn.set_threads && onednn.most_threads;
}

static bool is_there(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return onednn.is_there;
}

bool wabe_onednn_block(const wabe_block *x) {
  if (!is_there()) return false;
  int before = onednn.most_threads();
  if (before != 1) onednn.set_threads(1);
  bool a_lies = x->a_column != 1, b_lies = x->b_column != 1;
  dnnl_status_t status =
      onednn.sgemm(a_lies ? 'T' : 'N', b_lies ? 'T' : 'N', (dnnl_dim_t)x->rows, (dnnl_dim_t)x->columns,
                 (dnnl_dim_t)x->inner, 1, x->a, a_lies ? x->a_column : x->a_row, x->b, b_lies ? x->b_column : x->b_row,
                 0, x->c, x->c_row);
  if (before != 1) onednn.set_threads(before);
  if (status != dnnl_success) return false;
  const float *bias = x->bias;
  float *c = x->c;
  if (bias)
    for (size_t i = 0; i < x->rows; i++, c += x->c_row)
      for (size_t j = 0; j < x->columns; j++) c[j] += bias[j];
  return true;
}

#else
bool wabe_onednn_block(const wabe_block *block) {
  (void)block;
  return false;
}
static bool is_there(void) { return false; }
#endif

// Our own kernels are the default: measured side by side they are as fast, and faster where B is transposed, without
// the time that it takes to load the library.
static int default_engine(void) {
  const char *text = getenv("WABE_ENGINE");
  if (!text || !*text || strcmp(text, "portable") == 0) return WABE_PORTABLE;
  bool known = strcmp(text, "onednn") == 0;
  if (known && is_there()) return WABE_ONEDNN;
  fprintf(stderr, "WABE_ENGINE: %s\"%s\"; using portable\n", known ? "this machine has no " : "there is no engine ", text);
  return WABE_PORTABLE;
}

static _Thread_local int chosen_here = -1;

int wabe_engine(void) {
  static _Atomic int usual = -1;
  if (chosen_here >= 0) return chosen_here;
  int engine = atomic_load_explicit(&usual, memory_order_relaxed);
  if (engine < 0) atomic_store(&usual, engine = default_engine());
  return engine;
}

void wabe_set_engine(int engine) { chosen_here = engine == WABE_ONEDNN && !is_there() ? WABE_PORTABLE : engine; }
