// The loops of matrix products for one element type and one instruction set; included once for each pair.
//
// The includer defines T (the element), W (elements in a vector), MASKED (1 where loading a part of a vector costs no
// more than loading all of it), BLOCK_ROWS (rows of a block, at most 12 and two vectors wide, whose sums stay in
// registers while the inner index runs) and NAME(x).

typedef T NAME(vector) __attribute__((ext_vector_type(W)));
typedef T NAME(loose) __attribute__((ext_vector_type(W), aligned(sizeof(T)), may_alias));
#define V NAME(vector)
#define FORCE static inline __attribute__((always_inline))

#ifndef LOAD_PART
FORCE V NAME(load_part)(const T *from, size_t count) {
  V result = 0;
  for (size_t i = 0; i < count; i++) result[i] = from[i];
  return result;
}
FORCE void NAME(store_part)(T *to, V value, size_t count) {
  for (size_t i = 0; i < count; i++) to[i] = value[i];
}
#define LOAD_PART NAME(load_part)
#define STORE_PART NAME(store_part)
#endif

FORCE V NAME(load)(const T *from) { return *(const NAME(loose) *)from; }
FORCE void NAME(store)(T *to, V value) { *(NAME(loose) *)to = value; }
FORCE V NAME(take)(const T *from, bool whole, size_t count) {
  return whole ? NAME(load)(from) : LOAD_PART(from, count);
}
FORCE void NAME(put)(T *to, V value, bool whole, size_t count) {
  if (whole) NAME(store)(to, value);
  else STORE_PART(to, value, count);
}

// `rows` by `vectors` vectors of C; the last vector has `last` columns. `begin` continues sums that C already holds.
FORCE void NAME(block)(const int rows, const int vectors, const bool whole, size_t last, size_t inner, const T *a,
                       ptrdiff_t a_row, ptrdiff_t a_column, const T *b, ptrdiff_t b_row, T *c, ptrdiff_t c_row,
                       const T *bias, bool goes_on) {
  V sum[12][8];
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < vectors; j++)
      sum[i][j] = goes_on ? NAME(take)(c + i * c_row + j * W, whole || j < vectors - 1, last) : (V)(T)0;
  for (size_t k = 0; k < inner; k++) {
    V right[8];
#pragma clang loop unroll(full)
    for (int j = 0; j < vectors; j++) right[j] = NAME(take)(b + j * W, whole || j < vectors - 1, last);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
      V left = (V)a[i * a_row];
#pragma clang loop unroll(full)
      for (int j = 0; j < vectors; j++) sum[i][j] += left * right[j];
    }
    a += a_column;
    b += b_row;
  }
#pragma clang loop unroll(full)
  for (int j = 0; j < vectors; j++) {
    bool all = whole || j < vectors - 1;
    V added = bias ? NAME(take)(bias + j * W, all, last) : (V)(T)0;
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
      V value = bias ? sum[i][j] + added : sum[i][j];
      NAME(put)(c + i * c_row + j * W, value, all, last);
    }
  }
}

// MARK: Without copies

#define ROWS_CASE(R)                                                                                                   \
  case R:                                                                                                              \
    NAME(block)(R, vectors, whole, last, x->inner, a, x->a_row, x->a_column, b, x->b_row, c, x->c_row, bias, goes_on); \
    break;

FORCE void NAME(strip)(const wabe_block *x, const int vectors, const bool whole, size_t last, const T *b, T *c,
                       const T *bias, bool goes_on) {
  const T *a = x->a;
  // Blocks of nearly equal height: a last one of few rows would be a chain of sums that wait for each other.
  size_t blocks = (x->rows + BLOCK_ROWS - 1) / BLOCK_ROWS, rows = (x->rows + blocks - 1) / blocks;
  for (size_t i = 0; i < x->rows; i += rows, a += (ptrdiff_t)rows * x->a_row, c += (ptrdiff_t)rows * x->c_row)
    switch (x->rows - i < rows ? x->rows - i : rows) {
      ROWS_CASE(1)
      ROWS_CASE(2)
      ROWS_CASE(3)
      ROWS_CASE(4)
      ROWS_CASE(5)
      ROWS_CASE(6)
      ROWS_CASE(7)
      ROWS_CASE(8)
#if BLOCK_ROWS > 8
      ROWS_CASE(9)
      ROWS_CASE(10)
      ROWS_CASE(11)
      ROWS_CASE(12)
#endif
    }
}
#undef ROWS_CASE

static __attribute__((noinline)) void NAME(strips)(const wabe_block *x, bool goes_on) {
  const T *b = x->b, *bias = x->bias;
  T *c = x->c;
  size_t left = x->columns;
  // One or two rows would be a chain of dependent sums if they had only two vectors of them.
  for (size_t taken; x->rows <= 2 && left >= (taken = 8 * W / x->rows); left -= taken, b += taken, c += taken) {
    if (x->rows == 1) NAME(block)(1, 8, true, W, x->inner, x->a, 0, x->a_column, b, x->b_row, c, 0, bias, goes_on);
    else NAME(block)(2, 4, true, W, x->inner, x->a, x->a_row, x->a_column, b, x->b_row, c, x->c_row, bias, goes_on);
    if (bias) bias += taken;
  }
  while (left > 0) {
    size_t taken = left < 2 * W ? left : 2 * W;
    if (taken == 2 * W) NAME(strip)(x, 2, true, W, b, c, bias, goes_on);
    else if (taken > W) NAME(strip)(x, 2, false, taken - W, b, c, bias, goes_on);
    else if (taken == W && !MASKED) NAME(strip)(x, 1, true, W, b, c, bias, goes_on);
    else NAME(strip)(x, 1, false, taken, b, c, bias, goes_on);
    left -= taken;
    b += taken;
    c += taken;
    if (bias) bias += taken;
  }
}

static void NAME(direct)(const wabe_block *x) { NAME(strips)(x, false); }

// MARK: Rows times one vector

FORCE T NAME(total)(V v) {
  T lanes[W];
  NAME(store)(lanes, v);
  for (int half = W / 2; half > 0; half /= 2)
    for (int i = 0; i < half; i++) lanes[i] += lanes[i + half];
  return lanes[0];
}

FORCE void NAME(dot_rows)(const int rows, size_t inner, const T *a, ptrdiff_t a_row, const T *x, T *y,
                          ptrdiff_t y_step, const T *bias, ptrdiff_t bias_step) {
  V sum[4][2];
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++) sum[i][0] = sum[i][1] = (V)(T)0;
  size_t k = 0;
  for (; k + 2 * W <= inner; k += 2 * W) {
    V first = NAME(load)(x + k), second = NAME(load)(x + k + W);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
      sum[i][0] += NAME(load)(a + i * a_row + k) * first;
      sum[i][1] += NAME(load)(a + i * a_row + k + W) * second;
    }
  }
  for (; k < inner; k += W) {
    size_t count = inner - k < W ? inner - k : W;
    V right = LOAD_PART(x + k, count);
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) sum[i][0] += LOAD_PART(a + i * a_row + k, count) * right;
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++) {
    T total = NAME(total)(sum[i][0] + sum[i][1]);
    y[i * y_step] = bias ? total + bias[i * bias_step] : total;
  }
}

static void NAME(dots)(size_t rows, size_t inner, const void *a, ptrdiff_t a_row, const void *x, void *y,
                       ptrdiff_t y_step, const void *bias, ptrdiff_t bias_step) {
  const T *from = a, *added = bias;
  T *to = y;
  size_t i = 0;
  for (; i + 4 <= rows; i += 4) {
    NAME(dot_rows)(4, inner, from, a_row, x, to, y_step, added, bias_step);
    from += 4 * a_row;
    to += 4 * y_step;
    if (added) added += 4 * bias_step;
  }
  for (; i < rows; i++) {
    NAME(dot_rows)(1, inner, from, a_row, x, to, y_step, added, bias_step);
    from += a_row;
    to += y_step;
    if (added) added += bias_step;
  }
}

// MARK: With packed copies

typedef T NAME(eight) __attribute__((ext_vector_type(8)));
typedef T NAME(loose_four) __attribute__((ext_vector_type(4), aligned(sizeof(T)), may_alias));
typedef T NAME(loose_eight) __attribute__((ext_vector_type(8), aligned(sizeof(T)), may_alias));

// Copies eight lines of `count` elements so that those of equal index lie side by side, `group` elements apart; with
// `halves`, the last four lines are a group of their own that follows there.
FORCE void NAME(interleave)(const T *from, ptrdiff_t line, size_t count, T *to, size_t group, T *halves) {
#define PAIRS(x, y) __builtin_shufflevector(x, y, 0, 8, 1, 9, 4, 12, 5, 13)
#define PAIRS_ABOVE(x, y) __builtin_shufflevector(x, y, 2, 10, 3, 11, 6, 14, 7, 15)
#define FOURS(x, y) __builtin_shufflevector(x, y, 0, 1, 8, 9, 4, 5, 12, 13)
#define FOURS_ABOVE(x, y) __builtin_shufflevector(x, y, 2, 3, 10, 11, 6, 7, 14, 15)
#define HALVES(x, y) __builtin_shufflevector(x, y, 0, 1, 2, 3, 8, 9, 10, 11)
#define HALVES_ABOVE(x, y) __builtin_shufflevector(x, y, 4, 5, 6, 7, 12, 13, 14, 15)
  size_t k = 0;
  for (; k + 8 <= count; k += 8, from += 8, to += 8 * group) {
    NAME(eight) x[8], two[8], four[8];
#pragma clang loop unroll(full)
    for (int i = 0; i < 8; i++) x[i] = *(const NAME(loose_eight) *)(from + i * line);
#pragma clang loop unroll(full)
    for (int i = 0; i < 8; i += 2) two[i] = PAIRS(x[i], x[i + 1]), two[i + 1] = PAIRS_ABOVE(x[i], x[i + 1]);
#pragma clang loop unroll(full)
    for (int i = 0; i < 8; i += 4) {
      four[i] = FOURS(two[i], two[i + 2]), four[i + 1] = FOURS_ABOVE(two[i], two[i + 2]);
      four[i + 2] = FOURS(two[i + 1], two[i + 3]), four[i + 3] = FOURS_ABOVE(two[i + 1], two[i + 3]);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < 4; i++) {
      NAME(eight) early = HALVES(four[i], four[i + 4]), late = HALVES_ABOVE(four[i], four[i + 4]);
      if (halves) {
        *(NAME(loose_four) *)(to + i * group) = early.lo;
        *(NAME(loose_four) *)(to + (i + 4) * group) = late.lo;
        *(NAME(loose_four) *)(halves + (k + i) * group) = early.hi;
        *(NAME(loose_four) *)(halves + (k + i + 4) * group) = late.hi;
      } else {
        *(NAME(loose_eight) *)(to + i * group) = early;
        *(NAME(loose_eight) *)(to + (i + 4) * group) = late;
      }
    }
  }
  for (; k < count; k++, from++, to += group)
    for (int i = 0; i < 8; i++) *(halves && i >= 4 ? halves + k * group + i - 4 : to + i) = from[i * line];
#undef PAIRS
#undef PAIRS_ABOVE
#undef FOURS
#undef FOURS_ABOVE
#undef HALVES
#undef HALVES_ABOVE
}

// Copies `lines` lines of `count` elements in groups of `group`, so that elements of equal index lie side by side; lines
// that are missing from the last group are zeros.
FORCE void NAME(pack)(const T *from, ptrdiff_t line, ptrdiff_t step, size_t lines, size_t count, T *to,
                      const size_t group) {
  size_t done = 0;  // lines
  if (line == 1) {
    done = lines / group * group;
    for (size_t begin = 0; begin < count; begin += 16)
      for (size_t i = 0; i < done; i += group) {
        const T *source = from + (ptrdiff_t)begin * step + i;
        T *result = to + i * count + begin * group, *end = result + (count - begin < 16 ? count - begin : 16) * group;
        for (; result < end; source += step, result += group) memcpy(result, source, group * sizeof(T));
      }
  } else if (step == 1) {
    for (; done + 8 <= lines; done += 8) {
      T *result = to + done / group * group * count + done % group;
      NAME(interleave)(from + (ptrdiff_t)done * line, line, count, result, group, group == 4 ? result + 4 * count : NULL);
    }
  }
  for (size_t i = done; i < (lines + group - 1) / group * group; i++)
    for (size_t k = 0; k < count; k++)
      to[i / group * group * count + k * group + i % group] =
          i < lines ? from[(ptrdiff_t)i * line + (ptrdiff_t)k * step] : 0;
}

// The matrix transposed, which is one group of all its rows.
static void NAME(transpose)(size_t rows, size_t columns, const void *from, size_t from_row, void *to, size_t to_row) {
  const T *source = from;
  T *result = to;
  size_t i = 0;
  for (; i + 8 <= rows; i += 8)
    NAME(interleave)(source + i * from_row, (ptrdiff_t)from_row, columns, result + i, to_row, NULL);
  for (; i < rows; i++)
    for (size_t k = 0; k < columns; k++) result[k * to_row + i] = source[i * from_row + k];
}

static void NAME(pack_left)(const wabe_block *x, void *copy) {
  NAME(pack)(x->a, x->a_row, x->a_column, x->rows, x->inner, copy, BLOCK_ROWS);
}

static void NAME(pack_right)(const wabe_block *x, void *copy) {
  NAME(pack)(x->b, x->b_column, x->b_row, x->columns, x->inner, copy, 2 * W);
}

// A whole block of C, while the block to its right is fetched from memory: its sums are needed next.
FORCE void NAME(packed_block)(const wabe_block *x, const T *a, const T *b, T *c, const T *bias, bool fetches, bool goes_on) {
#pragma clang loop unroll(full)
  for (int i = 0; fetches && i < BLOCK_ROWS; i++)
#pragma clang loop unroll(full)
    for (int j = 2; j < 4; j++) __builtin_prefetch(c + i * x->c_row + j * W, 1);
  if (x->a_row == 1) NAME(block)(BLOCK_ROWS, 2, true, W, x->inner, a, 1, BLOCK_ROWS, b, 2 * W, c, x->c_row, bias, goes_on);
  else NAME(block)(BLOCK_ROWS, 2, true, W, x->inner, a, x->a_row, 1, b, 2 * W, c, x->c_row, bias, goes_on);
}

static void NAME(packed)(const wabe_block *x, bool goes_on) {
  const T *bias = x->bias, *a = x->a;
  for (size_t i = 0; i < x->rows; i += BLOCK_ROWS, a += x->a_block)
    for (size_t j = 0; j < x->columns; j += 2 * W) {
      const T *b = (const T *)x->b + j * x->inner, *added = bias ? bias + j : NULL;
      T *c = (T *)x->c + (ptrdiff_t)i * x->c_row + (ptrdiff_t)j;
      size_t rows = x->rows - i, columns = x->columns - j;
      if (rows >= BLOCK_ROWS && columns >= 2 * W) {
        NAME(packed_block)(x, a, b, c, added, columns >= 4 * W, goes_on);
      } else {
        wabe_block edge = {rows < BLOCK_ROWS ? rows : BLOCK_ROWS, columns < 2 * W ? columns : 2 * W, x->inner, a, b, c,
                           .a_row = x->a_row, .a_column = x->a_column, .b_row = 2 * W, .c_row = x->c_row, .bias = added};
        NAME(strips)(&edge, goes_on);
      }
    }
}

const wabe_product_kernels TABLE = {BLOCK_ROWS, 2 * W, NAME(direct), NAME(pack_left), NAME(pack_right), NAME(packed),
                                    NAME(dots), NAME(transpose)};

#undef T
#undef W
#undef V
#undef NAME
#undef FORCE
#undef TABLE
#undef LOAD_PART
#undef STORE_PART
