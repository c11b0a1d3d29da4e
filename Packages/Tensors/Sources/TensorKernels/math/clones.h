// How a hot loop is compiled for several instruction sets, of which the machine's best is chosen when the program starts.
#ifndef WABE_CLONES_H
#define WABE_CLONES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

// The choice is made while the program is being loaded, when the thread sanitizer is not ready to be called yet.
#if defined(__x86_64__) && defined(__linux__) && defined(__clang__) && !__has_feature(thread_sanitizer)
#define WABE_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define WABE_CLONES
#endif

// Into each clone the formulas are inlined, so that they are compiled for its instructions.
#define WABE_INLINE static inline __attribute__((always_inline, unused))

// Before a loop in which iteration i reads and writes only position i, so that results may overwrite their inputs.
#define WABE_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")

#endif
