// Uniform numbers, truth values, integers and permutations.
#include "words.h"

#pragma STDC FP_CONTRACT OFF

// The numbers 0 … 2^53 − 1 as doubles, without the conversion instructions that only the newest machines have.
static inline double whole(uint64_t bits53) { return (double)(int64_t)bits53; }

typedef struct {
  double low, size, high;
  int dtype;
} range;

RANDOM_CLONES static void turn_uniform(
    const void *how, const uint64_t *words, void *y, size_t start, size_t count) {
  const range *to = how;
  if (to->dtype == WABE_F64) {
    double *out = (double *)y + start;
    double low = to->low, size = to->size, high = to->high;
    for (size_t i = 0; i < count; i++) {
      double value = low + size * (whole(words[i] >> 11) * 0x1p-53);
      out[i] = value < high || size == 0 ? value : low;
    }
  } else {
    float *out = (float *)y + start;
    float low = (float)to->low, size = (float)to->size, high = (float)to->high;
    for (size_t i = 0; i < count; i++) {
      float value = low + size * ((float)(int32_t)(words[i] >> 40) * 0x1p-24f);
      out[i] = value < high || size == 0 ? value : low;
    }
  }
}

void wabe_random_uniform(const wabe_random *from, int dtype, double low, double high, void *y, size_t count) {
  range to = {low, high - low, high, dtype};
  wabe_random_run(from, turn_uniform, &to, y, count);
}

typedef struct {
  uint64_t limit;  // of 2^53
  int dtype;
} coin;

RANDOM_CLONES static void turn_bernoulli(
    const void *how, const uint64_t *words, void *y, size_t start, size_t count) {
  uint64_t limit = ((const coin *)how)->limit;
#define TOSS(D, T)                                                                        \
  case D:                                                                                 \
    for (size_t i = 0; i < count; i++) ((T *)y)[start + i] = (T)(words[i] >> 11 < limit); \
    break;
  switch (((const coin *)how)->dtype) {
    TOSS(WABE_F32, float)
    TOSS(WABE_F64, double)
    TOSS(WABE_I32, int32_t)
    TOSS(WABE_I64, int64_t)
    TOSS(WABE_U8, uint8_t)
    TOSS(WABE_BOOL, uint8_t)
  }
#undef TOSS
}

void wabe_random_bernoulli(const wabe_random *from, int dtype, double probability, void *y, size_t count) {
  double limit = probability * 0x1p53;
  coin toss = {limit <= 0 ? 0 : limit >= 0x1p53 ? (uint64_t)1 << 53 : (uint64_t)limit, dtype};
  wabe_random_run(from, turn_bernoulli, &toss, y, count);
}

// The high half of word × range is even up to a few words, which are refused and drawn again (Lemire 2019).
static inline uint64_t below(const wabe_random *from, uint64_t index, uint64_t word, uint64_t range) {
  unsigned __int128 product = (unsigned __int128)word * range;
  if ((uint64_t)product < range) {
    uint64_t refused = -range % range;
    for (unsigned attempt = 1; (uint64_t)product < refused; attempt++) {
      product = (unsigned __int128)wabe_random_word(from, index, attempt) * range;
    }
  }
  return (uint64_t)(product >> 64);
}

typedef struct {
  const wabe_random *from;
  int64_t low;
  uint64_t range;
} span;

static void turn_integers(const void *how, const uint64_t *words, void *y, size_t start, size_t count) {
  const span *to = how;
  int64_t *out = (int64_t *)y + start;
  for (size_t i = 0; i < count; i++) {
    uint64_t number = below(to->from, to->from->first + start + i, words[i], to->range);
    out[i] = (int64_t)((uint64_t)to->low + number);
  }
}

void wabe_random_integers(const wabe_random *from, int64_t low, uint64_t range, int64_t *y, size_t count) {
  span to = {from, low, range};
  wabe_random_run(from, turn_integers, &to, y, count);
}

// Fisher and Yates: position i changes places with one of those not above it.
void wabe_random_permutation(const wabe_random *from, int64_t *y, size_t count) {
  uint64_t words[BATCH];
  for (size_t i = 0; i < count; i++) y[i] = (int64_t)i;
  for (size_t start = 0; start < count;) {
    uint64_t at = from->first + start;
    size_t skip = at & 1;
    wabe_random_batch(from, at - skip, words);
    for (size_t k = skip; k < BATCH && start < count; k++, start++) {
      size_t other = (size_t)below(from, from->first + start, words[k], start + 1);
      int64_t own = y[start];
      y[start] = y[other];
      y[other] = own;
    }
  }
}
