// One team of threads for the whole process.
//
// A job is open for workers while `state` says so; a worker joins by counting itself in, and the caller waits only for
// those who joined. Workers that sleep too long or get no processor are therefore never waited for: with sixteen
// threads on two processors, or on one, the caller does the work itself.
#define _GNU_SOURCE
#include "include/wabe_engine.h"
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { MOST_THREADS = 256, SPINS_BEFORE_SLEEP = 2000, SPINS_BEFORE_YIELD = 4000 };

// state: the number of the job in the upper half, whether it is open in bit 31, who is at work on it below.
static const uint64_t one_job = (uint64_t)1 << 32, is_open = (uint64_t)1 << 31;
static _Atomic uint64_t state;

// The job. Written while it is closed and nobody is at work on it.
static struct {
  void (*body)(void *context, size_t index);
  void *context;
  int helpers;  // workers with a number above this stay away
} job;

// The parts are divided between the caller and the helpers in neighbouring ranges, because two threads that read far
// from each other reach up to 1.4 times the memory speed of two that take turns. Who is done helps in the next range.
static struct {
  _Alignas(64) _Atomic size_t next;
  size_t end;
} ranges[MOST_THREADS];
static _Atomic uint64_t helped;  // parts that workers have done so far

static atomic_flag taken = ATOMIC_FLAG_INIT;  // by the thread whose job it is
static int workers;                           // started so far; guarded by `taken`
static _Atomic int sleeping;
static _Atomic int callers_processor;         // where the job was given out; looked at before joining it
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;
static _Thread_local int threads_here;  // chosen for calls from this thread, or 0
static _Thread_local int number_here;   // of a worker, from 1 on

static inline void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

// Does the parts of one range, and then what is left of the others; how many that were.
static size_t do_parts(int own) {
  size_t done = 0;
  int threads = job.helpers + 1;
  for (int k = 0; k < threads; k++) {
    int range = own + k < threads ? own + k : own + k - threads;
    size_t end = ranges[range].end, part;
    for (; (part = atomic_fetch_add_explicit(&ranges[range].next, 1, memory_order_relaxed)) < end; done++)
      job.body(job.context, part);
  }
  return done;
}

static uint64_t next_job(uint64_t seen) {
  uint64_t now;
  for (int spins = 0; spins < SPINS_BEFORE_SLEEP; spins++) {
    if ((now = atomic_load(&state)) >> 32 != seen >> 32) return now;
    pause_briefly();
  }
  pthread_mutex_lock(&lock);
  atomic_fetch_add(&sleeping, 1);
  while ((now = atomic_load(&state)) >> 32 == seen >> 32) pthread_cond_wait(&wake, &lock);
  atomic_fetch_sub(&sleeping, 1);
  pthread_mutex_unlock(&lock);
  return now;
}

// A worker that finds itself on the caller's processor moves to another. The system likes to wake a thread where its
// waker is, and there the two would take turns: one thread's speed at the price of two. Callers move too, so it is
// looked at again with each job.
#if defined(__linux__)
static cpu_set_t permitted;  // to the whole process when the first worker was started

static int processor_here(void) { return sched_getcpu(); }

static void make_way(int callers_processor) {
  if (callers_processor < 0 || callers_processor != processor_here()) return;
  cpu_set_t others = permitted;
  CPU_CLR(callers_processor, &others);
  if (CPU_COUNT(&others) > 0) sched_setaffinity(0, sizeof others, &others);
}
#else
static int processor_here(void) { return -1; }

static void make_way(int callers_processor) { (void)callers_processor; }
#endif

static void *work(void *number) {
  number_here = (int)(intptr_t)number + 1;
  uint64_t seen = 0;
  for (;;) {
    seen = next_job(seen);
    make_way(atomic_load_explicit(&callers_processor, memory_order_relaxed));
    while (seen & is_open && !atomic_compare_exchange_weak(&state, &seen, seen + 1)) {}
    if (!(seen & is_open)) continue;
    if (number_here <= job.helpers) atomic_fetch_add_explicit(&helped, do_parts(number_here), memory_order_relaxed);
    atomic_fetch_sub(&state, 1);
  }
  return NULL;
}

// Starts workers until there are `wanted`, or as many as the system gives.
static void hire(int wanted) {
#if defined(__linux__)
  if (workers == 0 && sched_getaffinity(0, sizeof permitted, &permitted) != 0) CPU_ZERO(&permitted);
#endif
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  while (workers < wanted) {
    pthread_t thread;
    if (pthread_create(&thread, &attributes, work, (void *)(intptr_t)workers) != 0) break;
    workers++;
  }
  pthread_attr_destroy(&attributes);
}

static void run_alone(size_t count, void *context, void (*body)(void *, size_t)) {
  for (size_t part = 0; part < count; part++) body(context, part);
}

static void run_together(size_t count, void *context, void (*body)(void *, size_t), int helpers) {
  if (workers < helpers) hire(helpers);
  job.body = body;
  job.context = context;
  job.helpers = helpers;
  atomic_store_explicit(&callers_processor, processor_here(), memory_order_relaxed);
  size_t first = 0, threads = (size_t)helpers + 1;
  for (size_t k = 0; k < threads; k++) {
    atomic_store_explicit(&ranges[k].next, first, memory_order_relaxed);
    ranges[k].end = first += count / threads + (k < count % threads);
  }
  uint64_t idle = atomic_load(&state);
  atomic_store(&state, (idle & ~(one_job - 1)) + one_job + is_open);
  if (atomic_load(&sleeping) > 0) {
    pthread_mutex_lock(&lock);
    pthread_cond_broadcast(&wake);
    pthread_mutex_unlock(&lock);
  }
  do_parts(0);
  atomic_fetch_and(&state, ~is_open);
  for (int spins = 0; atomic_load(&state) & (is_open - 1); spins++)
    if (spins < SPINS_BEFORE_YIELD) pause_briefly();
    else sched_yield();
}

bool wabe_parallel_if_free(size_t count, void *context, void (*body)(void *context, size_t index)) {
  int threads = count > 1 ? wabe_threads() : 1;
  if (threads == 1 || atomic_flag_test_and_set_explicit(&taken, memory_order_acquire)) return false;
  int helpers = count < (size_t)threads ? (int)count - 1 : threads - 1;
  run_together(count, context, body, helpers);
  atomic_flag_clear_explicit(&taken, memory_order_release);
  return true;
}

void wabe_parallel(size_t count, void *context, void (*body)(void *context, size_t index)) {
  if (!wabe_parallel_if_free(count, context, body)) run_alone(count, context, body);
}

uint64_t wabe_helped_parts(void) { return atomic_load_explicit(&helped, memory_order_relaxed); }

// MARK: How many threads

static int processors(void) {
#if defined(__linux__)
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return CPU_COUNT(&allowed);
#endif
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online > 0 ? (int)online : 1;
}

static int default_threads(void) {
  const char *text = getenv("WABE_THREADS");
  if (text && *text) {
    char *end;
    long threads = strtol(text, &end, 10);
    if (*end == 0 && threads >= 1 && threads <= MOST_THREADS) return (int)threads;
    fprintf(stderr, "WABE_THREADS: \"%s\" is not a number from 1 to %d; using all processors\n", text, MOST_THREADS);
  }
  int threads = processors();
  return threads < MOST_THREADS ? threads : MOST_THREADS;
}

int wabe_threads(void) {
  static _Atomic int usual;
  if (threads_here) return threads_here;
  int threads = atomic_load_explicit(&usual, memory_order_relaxed);
  if (threads == 0) atomic_store(&usual, threads = default_threads());
  return threads;
}

int wabe_thread_number(void) { return number_here; }

void wabe_set_threads(int threads) {
  threads_here = threads < 0 ? 1 : threads > MOST_THREADS ? MOST_THREADS : threads;
}
