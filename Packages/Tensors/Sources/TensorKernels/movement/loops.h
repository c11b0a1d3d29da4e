// The order in which a copy walks its axes.
#ifndef WABE_LOOPS_H
#define WABE_LOOPS_H

#include "wabe_types.h"

typedef struct {
  int rank;
  size_t size[WABE_MAX_RANK];
  ptrdiff_t a[WABE_MAX_RANK], b[WABE_MAX_RANK];
} loops;

// Orders the loops of a copy so that writing is as even as possible, with a loop that reads evenly just outside where
// there is one, and merges neighbours that are walked as one. Returns false where nothing is to be done.
bool wabe_arrange(const wabe_nest *nest, loops *arranged);

#endif
