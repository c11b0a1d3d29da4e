// The generator itself: Philox-4x32-10, a bijection of 128-bit counters for every 64-bit key.
#include "words.h"
#include <string.h>

static const uint64_t low_half = 0xffffffff;
static const uint64_t multiplier0 = 0xD2511F53, multiplier1 = 0xCD9E8D57;  // from the paper
static const uint64_t step0 = 0x9E3779B9, step1 = 0xBB67AE85;              // golden ratio and √3 − 1

enum { LANES = 16, ROUNDS = 10 };

// Runs the rounds on several counters side by side. Words are held in 64 bits each, as their products need.
static inline __attribute__((always_inline)) void rounds(
    int lanes, uint64_t *c0, uint64_t *c1, uint64_t *c2, uint64_t *c3, uint64_t k0, uint64_t k1) {
#pragma clang loop unroll(full)
  for (int round = 0; round < ROUNDS; round++) {
#pragma clang loop vectorize(enable)
    for (int i = 0; i < lanes; i++) {
      uint64_t p0 = (c0[i] & low_half) * multiplier0, p1 = (c2[i] & low_half) * multiplier1;
      c0[i] = p1 >> 32 ^ c1[i] ^ k0;
      c1[i] = p1 & low_half;
      c2[i] = p0 >> 32 ^ c3[i] ^ k1;
      c3[i] = p0 & low_half;
    }
    k0 = (k0 + step0) & low_half;
    k1 = (k1 + step1) & low_half;
  }
}

void wabe_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t block[4]) {
  uint64_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
  rounds(1, &c0, &c1, &c2, &c3, key[0], key[1]);
  block[0] = (uint32_t)c0;
  block[1] = (uint32_t)c1;
  block[2] = (uint32_t)c2;
  block[3] = (uint32_t)c3;
}

uint64_t wabe_random_word(const wabe_random *from, uint64_t index, unsigned attempt) {
  // Positions never come near 2^56 blocks, so that the top byte is free to number the attempts.
  uint64_t block = index >> 1 | (uint64_t)attempt << 56;
  uint32_t counter[4] = {
      (uint32_t)block, (uint32_t)(block >> 32), (uint32_t)from->stream, (uint32_t)(from->stream >> 32)};
  uint32_t key[2] = {(uint32_t)from->key, (uint32_t)(from->key >> 32)}, out[4];
  wabe_philox(counter, key, out);
  return index & 1 ? out[2] | (uint64_t)out[3] << 32 : out[0] | (uint64_t)out[1] << 32;
}

RANDOM_CLONES void wabe_random_batch(const wabe_random *from, uint64_t first, uint64_t words[BATCH]) {
  uint64_t c0[LANES], c1[LANES], c2[LANES], c3[LANES];
  for (int done = 0; done < BATCH; done += 2 * LANES) {
    uint64_t block = first / 2 + (uint64_t)done / 2;
    for (int i = 0; i < LANES; i++) {
      c0[i] = (block + (uint64_t)i) & low_half;
      c1[i] = (block + (uint64_t)i) >> 32;
      c2[i] = from->stream & low_half;
      c3[i] = from->stream >> 32;
    }
    rounds(LANES, c0, c1, c2, c3, from->key & low_half, from->key >> 32);
    for (int i = 0; i < LANES; i++) {
      words[done + 2 * i] = c0[i] | c1[i] << 32;
      words[done + 2 * i + 1] = c2[i] | c3[i] << 32;
    }
  }
}
