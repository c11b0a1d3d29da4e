// Random numbers by position: word i of a stream is a function of the key, the stream and i alone, so that no thread,
// no order and no split of the work can change it.
#ifndef WABE_RANDOM_H
#define WABE_RANDOM_H

#include "wabe_types.h"

// One block of Philox-4x32 with ten rounds (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2,
// 3", 2011).
void wabe_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t block[4]);

// The words first, first + 1, … of a stream. A block holds two words; `attempt` is 0 unless a word was refused.
typedef struct {
  uint64_t key, stream, first;
} wabe_random;
uint64_t wabe_random_word(const wabe_random *from, uint64_t index, unsigned attempt);

// y[i] = low + (high − low) u with u in [0, 1): 53 bits for float64, 24 for float32. For i with a step of one word.
void wabe_random_uniform(const wabe_random *from, int dtype, double low, double high, void *y, size_t count);

// y[i] = mean + deviation z, where z is normal and lies within ±limit; limit may be infinite.
//
// z is the normal quantile of a 53-bit uniform number, computed in double without libm and without fused
// multiply-adds: the same bits on every machine. float32 results are the float64 ones, rounded.
void wabe_random_normal(
    const wabe_random *from, int dtype, double mean, double deviation, double limit, void *y, size_t count);

// y[i] = 1 with the given probability, otherwise 0.
void wabe_random_bernoulli(const wabe_random *from, int dtype, double probability, void *y, size_t count);

// y[i] = low + a number below `range`, every one equally likely.
void wabe_random_integers(const wabe_random *from, int64_t low, uint64_t range, int64_t *y, size_t count);

// y = the numbers below count in random order.
void wabe_random_permutation(const wabe_random *from, int64_t *y, size_t count);

// The number that a normal variable falls below with probability p, for 0 < p < 1.
double wabe_normal_quantile(double p);

#endif
