#ifndef WABE_DIGEST_H
#define WABE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Whether this processor has instructions for SHA-256 that these kernels know.
bool wabe_sha256_accelerated(void);

/// Mixes `blocks` blocks of 64 bytes into `state`, with the processor's SHA instructions where it has them.
void wabe_sha256_blocks(uint32_t state[8], const uint8_t *data, size_t blocks);

/// The same in plain C: for processors without the instructions, and for comparison.
void wabe_sha256_blocks_portable(uint32_t state[8], const uint8_t *data, size_t blocks);

/// Continues a CRC-32C (Castagnoli) over `count` bytes; start with 0.
uint32_t wabe_crc32c(uint32_t crc, const uint8_t *data, size_t count);

/// The same by table: for processors without the instruction, and for comparison.
uint32_t wabe_crc32c_portable(uint32_t crc, const uint8_t *data, size_t count);

/// How many of `count` float32 numbers are NaN or infinite; they may lie anywhere.
size_t wabe_non_finite_float32(const void *numbers, size_t count);

/// The same for float64.
size_t wabe_non_finite_float64(const void *numbers, size_t count);

#endif
