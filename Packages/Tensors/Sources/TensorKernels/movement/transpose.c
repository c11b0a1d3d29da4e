// A square of 16 × 16 (or 8 × 8 wide) elements uses whole cache lines on both sides; where memory itself is read and
// written, larger squares use several lines that follow each other. Inside, smaller squares are turned in registers:
// two vectors are interleaved again and again until rows have become columns.
#include "transpose.h"

// The choice is made while the program is being loaded, when the thread sanitizer is not ready to be called yet.
#if defined(__x86_64__) && defined(__linux__) && defined(__clang__) && !__has_feature(thread_sanitizer)
#define CLONES __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define CLONES
#endif
#define INLINE static inline __attribute__((always_inline))

typedef uint32_t eight __attribute__((vector_size(32), aligned(4)));
typedef uint64_t wide __attribute__((vector_size(32), aligned(8)));

#define LOW8(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13)
#define HIGH8(a, b) __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15)
#define PAIR_LOW8(a, b) __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13)
#define PAIR_HIGH8(a, b) __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15)
#define HALF_LOW8(a, b) __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11)
#define HALF_HIGH8(a, b) __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15)

INLINE void square_4(const uint32_t *x, uint32_t *y, ptrdiff_t xs, ptrdiff_t ys) {
  eight r[8], s[8];
  for (int i = 0; i < 8; i++) r[i] = *(const eight *)(x + i * xs);
  for (int i = 0; i < 8; i += 2) {
    s[i] = LOW8(r[i], r[i + 1]);
    s[i + 1] = HIGH8(r[i], r[i + 1]);
  }
  for (int i = 0; i < 8; i += 4) {
    r[i] = PAIR_LOW8(s[i], s[i + 2]);
    r[i + 1] = PAIR_HIGH8(s[i], s[i + 2]);
    r[i + 2] = PAIR_LOW8(s[i + 1], s[i + 3]);
    r[i + 3] = PAIR_HIGH8(s[i + 1], s[i + 3]);
  }
  for (int i = 0; i < 4; i++) {
    *(eight *)(y + i * ys) = HALF_LOW8(r[i], r[i + 4]);
    *(eight *)(y + (i + 4) * ys) = HALF_HIGH8(r[i], r[i + 4]);
  }
}

INLINE void square_8(const uint64_t *x, uint64_t *y, ptrdiff_t xs, ptrdiff_t ys) {
  wide r[4], s[4];
  for (int i = 0; i < 4; i++) r[i] = *(const wide *)(x + i * xs);
  for (int i = 0; i < 4; i += 2) {
    s[i] = __builtin_shufflevector(r[i], r[i + 1], 0, 4, 2, 6);
    s[i + 1] = __builtin_shufflevector(r[i], r[i + 1], 1, 5, 3, 7);
  }
  for (int i = 0; i < 2; i++) {
    *(wide *)(y + i * ys) = __builtin_shufflevector(s[i], s[i + 2], 0, 1, 4, 5);
    *(wide *)(y + (i + 2) * ys) = __builtin_shufflevector(s[i], s[i + 2], 2, 3, 6, 7);
  }
}

#define TRANSPOSE(NAME, T, SQUARE, SMALL, LINE)                                                                \
  CLONES void NAME(const T *x, T *y, size_t rows, size_t columns, ptrdiff_t xs, ptrdiff_t ys, size_t lines) {  \
    size_t whole_rows = rows / SMALL * SMALL, whole_columns = columns / SMALL * SMALL, side = lines * LINE;    \
    for (size_t top = 0; top < whole_rows; top += side)                                                        \
      for (size_t left = 0; left < whole_columns; left += side)                                                \
        for (size_t i = left; i < left + side && i < whole_columns; i += SMALL)                                \
          for (size_t r = top; r < top + side && r < whole_rows; r += SMALL)                                   \
            SQUARE(x + r + (ptrdiff_t)i * xs, y + (ptrdiff_t)r * ys + i, xs, ys);                              \
    for (size_t r = 0; r < rows; r++)                                                                          \
      for (size_t i = r < whole_rows ? whole_columns : 0; i < columns; i++)                                    \
        y[(ptrdiff_t)r * ys + (ptrdiff_t)i] = x[(ptrdiff_t)r + (ptrdiff_t)i * xs];                             \
  }
TRANSPOSE(wabe_transpose_4, uint32_t, square_4, 8, 16)
TRANSPOSE(wabe_transpose_8, uint64_t, square_8, 4, 8)
