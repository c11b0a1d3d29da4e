#include "digest.h"

#include <string.h>

// Numbers whose exponent is all ones are NaN or infinite. The loops have neither branches nor aliasing, so that the
// compiler makes vector code of them, for each kind of processor its own.
#if defined(__x86_64__) && defined(__linux__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif

FOR_EACH_PROCESSOR
size_t wabe_non_finite_float32(const void *numbers, size_t count) {
  const char *bytes = numbers;
  size_t found = 0;
  while (count > 0) {
    // Counted in 32 bits as long as that cannot overflow: lanes as wide as the numbers.
    size_t part = count < 1u << 20 ? count : 1u << 20;
    uint32_t here = 0;
    for (size_t i = 0; i < part; i++) {
      uint32_t bits;
      memcpy(&bits, bytes + 4 * i, 4);
      here += (bits & 0x7f800000u) == 0x7f800000u;
    }
    found += here;
    bytes += 4 * part;
    count -= part;
  }
  return found;
}

FOR_EACH_PROCESSOR
size_t wabe_non_finite_float64(const void *numbers, size_t count) {
  const char *bytes = numbers;
  uint64_t found = 0;
  for (size_t i = 0; i < count; i++) {
    uint64_t bits;
    memcpy(&bits, bytes + 8 * i, 8);
    found += (bits & 0x7ff0000000000000u) == 0x7ff0000000000000u;
  }
  return (size_t)found;
}
