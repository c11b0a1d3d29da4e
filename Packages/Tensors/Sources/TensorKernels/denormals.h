// Flushing of denormal numbers, which cost up to a hundred times as much as others, for the time of one kernel.
//
// Only the flags of the calling thread change, and they are put back, so a user's own arithmetic is never affected.
#ifndef WABE_DENORMALS_H
#define WABE_DENORMALS_H

#if defined(__x86_64__)
#include <xmmintrin.h>
typedef unsigned wabe_float_mode;
static inline wabe_float_mode wabe_flush_denormals(void) {
  unsigned mode = _mm_getcsr();
  if ((mode & 0x8040) != 0x8040) _mm_setcsr(mode | 0x8040);  // flush to zero, and denormals are zero
  return mode;
}
static inline void wabe_restore(wabe_float_mode mode) {
  if ((mode & 0x8040) != 0x8040) _mm_setcsr(mode);
}
#elif defined(__aarch64__)
#include <stdint.h>
typedef uint64_t wabe_float_mode;
static inline wabe_float_mode wabe_flush_denormals(void) {
  uint64_t mode;
  __asm__ volatile("mrs %0, fpcr" : "=r"(mode));
  __asm__ volatile("msr fpcr, %0" : : "r"(mode | (uint64_t)1 << 24));
  return mode;
}
static inline void wabe_restore(wabe_float_mode mode) { __asm__ volatile("msr fpcr, %0" : : "r"(mode)); }
#else
typedef int wabe_float_mode;
static inline wabe_float_mode wabe_flush_denormals(void) { return 0; }
static inline void wabe_restore(wabe_float_mode mode) { (void)mode; }
#endif

#endif
