#include "loops.h"

static size_t distance(ptrdiff_t step) { return (size_t)(step < 0 ? -step : step); }

static void swap(loops *nest, int k, int l) {
  size_t size = nest->size[k];
  ptrdiff_t a = nest->a[k], b = nest->b[k];
  nest->size[k] = nest->size[l], nest->a[k] = nest->a[l], nest->b[k] = nest->b[l];
  nest->size[l] = size, nest->a[l] = a, nest->b[l] = b;
}

bool wabe_arrange(const wabe_nest *nest, loops *to) {
  to->rank = 0;
  for (int k = 0; k < nest->rank; k++) {
    if (nest->size[k] == 0) return false;
    if (nest->size[k] == 1) continue;
    to->size[to->rank] = nest->size[k];
    to->a[to->rank] = nest->a[k];
    to->b[to->rank] = nest->b[k];
    to->rank++;
  }
  // Widest writes outermost; loops that already stand so keep their order.
  for (int k = 1; k < to->rank; k++)
    for (int l = k; l > 0 && distance(to->b[l - 1]) < distance(to->b[l]); l--) swap(to, l - 1, l);
  int merged = 0;
  for (int k = 1; k < to->rank; k++) {
    ptrdiff_t size = (ptrdiff_t)to->size[k];
    if (to->a[merged] == to->a[k] * size && to->b[merged] == to->b[k] * size) {
      to->size[merged] *= to->size[k];
      to->a[merged] = to->a[k];
      to->b[merged] = to->b[k];
    } else {
      merged++;
      to->size[merged] = to->size[k];
      to->a[merged] = to->a[k];
      to->b[merged] = to->b[k];
    }
  }
  if (to->rank == 0) {
    *to = (loops){.rank = 1, .size = {1}};
    return true;
  }
  to->rank = merged + 1;
  // For a transposition, the loop that reads neighbours goes next to the one that writes neighbours.
  int inner = to->rank - 1;
  if (to->a[inner] != 1)
    for (int k = 0; k < inner - 1; k++)
      if (to->a[k] == 1) {
        for (int l = k; l < inner - 1; l++) swap(to, l, l + 1);
        break;
      }
  return true;
}
