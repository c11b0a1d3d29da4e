// The loops of softmax and its relatives, included once per type of element: T is the type, F(name) the name for it,
// EXP its exponential function.

WABE_CLONES static void F(exponentials)(const T *x, T *y, size_t count) {
  WABE_INDEPENDENT for (size_t i = 0; i < count; i++) y[i] = EXP(x[i]);
}

// The largest element; NaN is passed over.
WABE_CLONES static T F(largest)(const T *x, size_t count) {
  typedef T lanes __attribute__((ext_vector_type(16)));
  T largest = -INFINITY;
  size_t i = 0;
  if (count >= 16) {
    lanes all = (lanes)largest;
    for (; i + 16 <= count; i += 16) {
      lanes v;
      memcpy(&v, x + i, sizeof v);
      all = v > all ? v : all;
    }
    T each[16];
    memcpy(each, &all, sizeof each);
    for (int k = 0; k < 16; k++) largest = each[k] > largest ? each[k] : largest;
  }
  for (; i < count; i++) largest = x[i] > largest ? x[i] : largest;
  return largest;
}

// Σ a b, or Σ a where b is NULL, in 16 lanes of doubles.
WABE_CLONES static double F(sum_of)(const T *a, const T *b, size_t count) {
  typedef T lanes __attribute__((ext_vector_type(16)));
  typedef double sums __attribute__((ext_vector_type(16)));
  double total = 0;
  size_t i = 0;
  if (count >= 16) {
    sums all = (sums)total;
    for (; i + 16 <= count; i += 16) {
      lanes p, q = (lanes)(T)1;
      memcpy(&p, a + i, sizeof p);
      if (b) memcpy(&q, b + i, sizeof q);
      all += __builtin_convertvector(p, sums) * __builtin_convertvector(q, sums);
    }
    double each[16];
    memcpy(each, &all, sizeof each);
    for (int half = 8; half >= 1; half /= 2)
      for (int k = 0; k < half; k++) each[k] += each[k + half];
    total = each[0];
  }
  _Pragma("clang loop vectorize(disable)") for (; i < count; i++) total += (double)a[i] * (b ? (double)b[i] : 1);
  return total;
}

// y = x − number.
WABE_CLONES static void F(subtract_number)(const T *x, T number, T *y, size_t count) {
  WABE_INDEPENDENT for (size_t i = 0; i < count; i++) y[i] = x[i] - number;
}

// y = y · factor.
WABE_CLONES static void F(scale)(T *y, T factor, size_t count) {
  WABE_INDEPENDENT for (size_t i = 0; i < count; i++) y[i] *= factor;
}

// y = b (a − number).
WABE_CLONES static void F(subtract_and_multiply)(const T *a, const T *b, T number, T *y, size_t count) {
  WABE_INDEPENDENT for (size_t i = 0; i < count; i++) y[i] = b[i] * (a[i] - number);
}

// y = a − y · number.
WABE_CLONES static void F(subtract_multiple)(const T *a, T number, T *y, size_t count) {
  WABE_INDEPENDENT for (size_t i = 0; i < count; i++) y[i] = a[i] - y[i] * number;
}

// MARK: Rows of neighbours. `rows` of them are few enough for the first-level cache, or one.

// The number that is subtracted before exponentials are taken: the largest, unless all are −∞.
static inline T F(base_of)(T largest) { return largest == -INFINITY ? 0 : largest; }

static void F(softmax_rows)(const T *x, const T *unused, T *y, size_t rows, size_t size) {
  (void)unused;
  for (size_t row = 0; row < rows; row++)
    F(subtract_number)(x + row * size, F(base_of)(F(largest)(x + row * size, size)), y + row * size, size);
  F(exponentials)(y, y, rows * size);
  for (size_t row = 0; row < rows; row++) {
    double sum = F(sum_of)(y + row * size, NULL, size);
    F(scale)(y + row * size, sum == 0 ? 0 : (T)(1 / sum), size);
  }
}

// log Σ e^x for numbers that the base has been subtracted from, or 0 where there is nothing to add.
static T F(log_of_sum)(const T *shifted, size_t size) {
  T block[WABE_SOFTMAX_BLOCK];
  double sum = 0;
  for (size_t start = 0; start < size; start += WABE_SOFTMAX_BLOCK) {
    size_t count = size - start < WABE_SOFTMAX_BLOCK ? size - start : WABE_SOFTMAX_BLOCK;
    F(exponentials)(shifted + start, block, count);
    sum += F(sum_of)(block, NULL, count);
  }
  return sum == 0 ? 0 : (T)log(sum);
}

static void F(log_softmax_rows)(const T *x, const T *unused, T *y, size_t rows, size_t size) {
  (void)unused;
  for (size_t row = 0; row < rows; row++, x += size, y += size) {
    F(subtract_number)(x, F(base_of)(F(largest)(x, size)), y, size);
    F(subtract_number)(y, F(log_of_sum)(y, size), y, size);
  }
}

static void F(log_sum_exp_rows)(const T *x, const T *unused, T *y, size_t rows, size_t size) {
  (void)unused;
  T block[WABE_SOFTMAX_BLOCK];
  for (size_t row = 0; row < rows; row++, x += size) {
    T largest = F(largest)(x, size), base = largest - largest == 0 ? largest : 0;  // 0 for ±∞
    double sum = 0;
    for (size_t start = 0; start < size; start += WABE_SOFTMAX_BLOCK) {
      size_t count = size - start < WABE_SOFTMAX_BLOCK ? size - start : WABE_SOFTMAX_BLOCK;
      F(subtract_number)(x + start, base, block, count);
      F(exponentials)(block, block, count);
      sum += F(sum_of)(block, NULL, count);
    }
    y[row] = (T)(base + log(sum));
  }
}

static void F(softmax_backward_rows)(const T *g, const T *y, T *result, size_t rows, size_t size) {
  for (size_t row = 0; row < rows; row++, g += size, y += size, result += size)
    F(subtract_and_multiply)(g, y, (T)F(sum_of)(g, y, size), result, size);
}

static void F(log_softmax_backward_rows)(const T *g, const T *y, T *result, size_t rows, size_t size) {
  F(exponentials)(y, result, rows * size);
  for (size_t row = 0; row < rows; row++)
    F(subtract_multiple)(g + row * size, (T)F(sum_of)(g + row * size, NULL, size), result + row * size, size);
}
