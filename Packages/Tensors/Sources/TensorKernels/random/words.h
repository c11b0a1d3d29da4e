// Blocks of random words for the generators in this folder.
#ifndef WABE_WORDS_H
#define WABE_WORDS_H

#include "wabe_random.h"

// The choice is made while the program is being loaded, when the thread sanitizer is not ready to be called yet.
#if defined(__x86_64__) && defined(__linux__) && defined(__clang__) && !__has_feature(thread_sanitizer)
#define RANDOM_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define RANDOM_CLONES
#endif

// Words that are made at a time, and elements that a thread takes at a time; neither has an effect on results.
enum { BATCH = 512, SHARE = 1 << 15 };

// Writes the words first, …, first + BATCH − 1 of a stream; `first` is even.
void wabe_random_batch(const wabe_random *from, uint64_t first, uint64_t words[BATCH]);

// Turns `count` words into elements of y, counted in elements from the start of the tensor.
typedef void wabe_random_turn(const void *how, const uint64_t *words, void *y, size_t start, size_t count);

// Makes all words and turns them into elements, shared between the threads where there are many.
void wabe_random_run(const wabe_random *from, wabe_random_turn *turn, const void *how, void *y, size_t count);

#endif
