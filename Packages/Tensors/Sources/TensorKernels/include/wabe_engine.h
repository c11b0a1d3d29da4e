#ifndef WABE_ENGINE_H
#define WABE_ENGINE_H

#include <stdbool.h>
#include <stddef.h>

// The number of threads that share large operations: WABE_THREADS, or the number of processors.
int wabe_threads(void);

// Runs body(context, i) for each i below count, shared between the threads of the team. Results may not depend on
// which thread runs which part. Calls from inside a part, or while the team is busy, run on the calling thread alone.
void wabe_parallel(size_t count, void *context, void (*body)(void *context, size_t index));

#endif
