#ifndef WABE_TYPES_H
#define WABE_TYPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Element types, numbered as `DType` numbers them.
enum { WABE_F32, WABE_F64, WABE_I32, WABE_I64, WABE_U8, WABE_BOOL };

enum { WABE_MAX_RANK = 8 };

// A loop over the elements of a row-major result of which up to three operands are read with their own steps, so
// that an axis of step 0 repeats one element. Axes that can be walked as one should be merged by the caller.
typedef struct {
  int rank;
  size_t size[WABE_MAX_RANK];
  ptrdiff_t a[WABE_MAX_RANK], b[WABE_MAX_RANK], c[WABE_MAX_RANK];
} wabe_nest;

#endif
