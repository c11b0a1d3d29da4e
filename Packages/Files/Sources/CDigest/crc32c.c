#include "digest.h"

#include <string.h>

// The reflected Castagnoli polynomial, one bit at a time to make the table: 256 entries, computed once per call of the
// portable version only (it serves old processors and short headers).
static uint32_t entry(uint32_t byte) {
  for (int bit = 0; bit < 8; bit++) byte = byte >> 1 ^ (byte & 1 ? 0x82f63b78u : 0);
  return byte;
}

uint32_t wabe_crc32c_portable(uint32_t crc, const uint8_t *data, size_t count) {
  uint32_t table[256];
  for (uint32_t i = 0; i < 256; i++) table[i] = entry(i);
  crc = ~crc;
  for (size_t i = 0; i < count; i++) crc = crc >> 8 ^ table[(crc ^ data[i]) & 0xff];
  return ~crc;
}

#if defined(__x86_64__)
#include <nmmintrin.h>

__attribute__((target("sse4.2")))
static uint32_t accelerated(uint32_t crc, const uint8_t *data, size_t count) {
  uint64_t wide = (uint32_t)~crc;
  for (; count >= 8; count -= 8, data += 8) {
    uint64_t word;
    memcpy(&word, data, 8);
    wide = _mm_crc32_u64(wide, word);
  }
  uint32_t narrow = (uint32_t)wide;
  for (; count > 0; count--, data++) narrow = _mm_crc32_u8(narrow, *data);
  return ~narrow;
}

uint32_t wabe_crc32c(uint32_t crc, const uint8_t *data, size_t count) {
  if (__builtin_cpu_supports("sse4.2")) return accelerated(crc, data, count);
  return wabe_crc32c_portable(crc, data, count);
}
#else
uint32_t wabe_crc32c(uint32_t crc, const uint8_t *data, size_t count) {
  return wabe_crc32c_portable(crc, data, count);
}
#endif
