// The loops of matrix products for one element type and one instruction set; included once for each pair.
//
// The includer defines T (the element), W (elements in a vector), MASKED (1 where loading a part of a vector costs no
// more than loading all of it), DIRECT_ROWS and PACKED_ROWS (rows of a block, two vectors wide, whose sums stay in
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
  V sum[16][2];
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
    for (int j = 0; j < vectors; j++)
      sum[i][j] = goes_on ? NAME(take)(c + i * c_row + j * W, whole || j < vectors - 1, last) : (V)(T)0;
  for (size_t k = 0; k < inner; k++) {
    V right[2];
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
    if (vectors == 2) NAME(block)(R, 2, whole, last, x->inner, a, x->a_row, x->a_column, b, x->b_row, c, x->c_row,     \
                                  bias, false);                                                                        \
    else NAME(block)(R, 1, whole, last, x->inner, a, x->a_row, x->a_column, b, x->b_row, c, x->c_row, bias, false);    \
    break;

FORCE void NAME(strip)(const wabe_block *x, const int vectors, const bool whole, size_t last, const T *b, T *c,
                       const T *bias) {
  const T *a = x->a;
  for (size_t i = 0; i < x->rows; i += DIRECT_ROWS, a += DIRECT_ROWS * x->a_row, c += DIRECT_ROWS * x->c_row)
    switch (x->rows - i < DIRECT_ROWS ? x->rows - i : DIRECT_ROWS) {
      ROWS_CASE(1)
      ROWS_CASE(2)
      ROWS_CASE(3)
      ROWS_CASE(4)
      ROWS_CASE(5)
      ROWS_CASE(6)
      ROWS_CASE(7)
      ROWS_CASE(8)
    }
}
#undef ROWS_CASE

static void NAME(direct)(const wabe_block *x) {
  const T *b = x->b, *bias = x->bias;
  T *c = x->c;
  size_t left = x->columns;
  while (left > 0) {
    size_t taken = left < 2 * W ? left : 2 * W;
    if (taken == 2 * W) NAME(strip)(x, 2, true, W, b, c, bias);
    else if (taken > W) NAME(strip)(x, 2, false, taken - W, b, c, bias);
    else if (taken == W && !MASKED) NAME(strip)(x, 1, true, W, b, c, bias);
    else NAME(strip)(x, 1, false, taken, b, c, bias);
    left -= taken;
    b += taken;
    c += taken;
    if (bias) bias += taken;
  }
}

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

typedef T NAME(quad) __attribute__((ext_vector_type(4)));
typedef T NAME(loose_quad) __attribute__((ext_vector_type(4), aligned(sizeof(T)), may_alias));

// Copies four lines of `count` elements so that those of equal index lie side by side.
FORCE void NAME(interleave)(const T *from, ptrdiff_t line, size_t count, T *to, size_t group) {
  size_t k = 0;
  for (; k + 4 <= count; k += 4, from += 4, to += 4 * group) {
    NAME(quad) a = *(const NAME(loose_quad) *)from, b = *(const NAME(loose_quad) *)(from + line);
    NAME(quad) c = *(const NAME(loose_quad) *)(from + 2 * line), d = *(const NAME(loose_quad) *)(from + 3 * line);
    NAME(quad) ab = __builtin_shufflevector(a, b, 0, 4, 1, 5), cd = __builtin_shufflevector(c, d, 0, 4, 1, 5);
    NAME(quad) ab2 = __builtin_shufflevector(a, b, 2, 6, 3, 7), cd2 = __builtin_shufflevector(c, d, 2, 6, 3, 7);
    *(NAME(loose_quad) *)to = __builtin_shufflevector(ab, cd, 0, 1, 4, 5);
    *(NAME(loose_quad) *)(to + group) = __builtin_shufflevector(ab, cd, 2, 3, 6, 7);
    *(NAME(loose_quad) *)(to + 2 * group) = __builtin_shufflevector(ab2, cd2, 0, 1, 4, 5);
    *(NAME(loose_quad) *)(to + 3 * group) = __builtin_shufflevector(ab2, cd2, 2, 3, 6, 7);
  }
  for (; k < count; k++, from++, to += group)
    for (int i = 0; i < 4; i++) to[i] = from[i * line];
}

// Copies `lines` lines of `count` elements in groups of `group`, so that elements of equal index lie side by side; lines
// that are missing from the last group are zeros.
FORCE void NAME(pack)(const T *from, ptrdiff_t line, ptrdiff_t step, size_t lines, size_t count, T *to,
                      const size_t group) {
  for (size_t first = 0; first < lines; first += group, from += (ptrdiff_t)group * line, to += group * count) {
    size_t present = lines - first < group ? lines - first : group;
    size_t i = 0;
    if (step == 1)
      for (; i + 4 <= present; i += 4) NAME(interleave)(from + (ptrdiff_t)i * line, line, count, to + i, group);
    else if (line == 1 && present == group)
      for (size_t k = 0; k < count; k++, i = group) memcpy(to + k * group, from + (ptrdiff_t)k * step, group * sizeof(T));
    for (; i < group; i++)
      for (size_t k = 0; k < count; k++)
        to[k * group + i] = i < present ? from[(ptrdiff_t)i * line + (ptrdiff_t)k * step] : 0;
  }
}

static void NAME(transpose)(size_t rows, size_t columns, const void *from, void *to) {
  NAME(pack)(from, (ptrdiff_t)columns, 1, rows, columns, to, rows);
}

// A block at the edge of C: computed whole in a copy, of which the part that exists is kept.
static __attribute__((noinline)) void NAME(edge)(size_t rows, size_t columns, size_t inner, const T *a, const T *b, T *c,
                                                 ptrdiff_t c_row, const T *bias, bool goes_on) {
  T copy[PACKED_ROWS * 2 * W], added[2 * W] = {0};
  if (bias) memcpy(added, bias, columns * sizeof(T));
  memset(copy, 0, sizeof copy);
  if (goes_on)
    for (size_t i = 0; i < rows; i++) memcpy(copy + i * 2 * W, c + (ptrdiff_t)i * c_row, columns * sizeof(T));
  NAME(block)(PACKED_ROWS, 2, true, W, inner, a, 1, PACKED_ROWS, b, 2 * W, copy, 2 * W, bias ? added : NULL, goes_on);
  for (size_t i = 0; i < rows; i++) memcpy(c + (ptrdiff_t)i * c_row, copy + i * 2 * W, columns * sizeof(T));
}

static void NAME(packed)(const wabe_block *x) {
  const size_t depth = PACKED_BYTES / (PACKED_ROWS * sizeof(T));
  size_t most = x->inner < depth ? x->inner : depth;
  size_t a_size = (x->rows + PACKED_ROWS - 1) / PACKED_ROWS * PACKED_ROWS * most;
  size_t b_size = (x->columns + 2 * W - 1) / (2 * W) * (2 * W) * most;
  size_t bytes = (a_size + b_size) * sizeof(T) + 64;
  T *b_copy = wabe_scratch(bytes);
  T *a_copy = b_copy + b_size;
  for (size_t k = 0; k < x->inner; k += depth) {
    size_t taken = x->inner - k < depth ? x->inner - k : depth;
    const T *bias = k + taken == x->inner ? x->bias : NULL;
    NAME(pack)((const T *)x->b + (ptrdiff_t)k * x->b_row, x->b_column, x->b_row, x->columns, taken, b_copy, 2 * W);
    NAME(pack)((const T *)x->a + (ptrdiff_t)k * x->a_column, x->a_row, x->a_column, x->rows, taken, a_copy, PACKED_ROWS);
    for (size_t i = 0; i < x->rows; i += PACKED_ROWS)
      for (size_t j = 0; j < x->columns; j += 2 * W) {
        const T *a = a_copy + i * taken, *b = b_copy + j * taken;
        T *c = (T *)x->c + (ptrdiff_t)i * x->c_row + j;
        const T *added = bias ? bias + j : NULL;
        size_t rows = x->rows - i, columns = x->columns - j;
        if (rows >= PACKED_ROWS && columns >= 2 * W)
          NAME(block)(PACKED_ROWS, 2, true, W, taken, a, 1, PACKED_ROWS, b, 2 * W, c, x->c_row, added, k > 0);
        else
          NAME(edge)(rows < PACKED_ROWS ? rows : PACKED_ROWS, columns < 2 * W ? columns : 2 * W, taken, a, b, c,
                     x->c_row, added, k > 0);
      }
  }
  wabe_free(b_copy, bytes);
}

const wabe_product_kernels TABLE = {W, NAME(direct), NAME(packed), NAME(dots), NAME(transpose)};

#undef T
#undef W
#undef V
#undef NAME
#undef FORCE
#undef TABLE
#undef LOAD_PART
#undef STORE_PART
