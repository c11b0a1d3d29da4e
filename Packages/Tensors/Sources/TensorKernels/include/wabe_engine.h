#ifndef WABE_ENGINE_H
#define WABE_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The number of threads that share large operations: what `wabe_set_threads` set, else WABE_THREADS, else the number
// of processors that this process may use.
int wabe_threads(void);

// Changes that number for calls from this thread; 0 returns to the default. Results are the same bits for every number.
void wabe_set_threads(int threads);

// Which thread of the team runs this: from 1 on for workers, 0 for all others. Of the threads at work on one job, the
// caller may have any number; the workers among them have numbers below that of the threads.
int wabe_thread_number(void);

// Runs body(context, i) for each i below count, shared between the threads of the team, and returns when all are done.
//
// Results may not depend on which thread runs which part. Calls from inside a part, or while another thread has the
// team, run on the calling thread alone.
void wabe_parallel(size_t count, void *context, void (*body)(void *context, size_t index));

// The same where the team is free; else does nothing and returns false.
bool wabe_parallel_if_free(size_t count, void *context, void (*body)(void *context, size_t index));

// Whether an operation should be shared between the threads, of which `usual` is what it takes between any two cores.
// Near ones are worth it from a quarter on. Only for operations whose bits do not depend on the answer.
bool wabe_worth_sharing(size_t work, size_t usual);

// How many parts of shared operations were done by other threads than the one that asked for them, since the process
// started: proof that the work was really divided.
uint64_t wabe_helped_parts(void);

// Who computes large products of floats.
enum { WABE_PORTABLE, WABE_ONEDNN };

// The engine in use: what `wabe_set_engine` set, else WABE_ENGINE (portable or onednn), else our own.
int wabe_engine(void);

// Changes the engine for calls from this thread; −1 returns to the default. An engine that is not there is not chosen.
void wabe_set_engine(int engine);

#endif
