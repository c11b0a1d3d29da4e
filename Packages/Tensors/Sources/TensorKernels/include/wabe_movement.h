// Loops that move elements without looking at their values.
#ifndef WABE_MOVEMENT_H
#define WABE_MOVEMENT_H

#include "wabe_types.h"

// y[i] = the `width` bytes at value.
void wabe_fill(int width, const void *value, void *y, size_t count);

// Copies elements of `width` bytes that are read from x with the steps a of the nest and written to y with its steps b.
// Steps may be negative; x and y point to the element at which all loops begin. No two writes may meet.
void wabe_copy_strided(int width, const wabe_nest *nest, const void *x, void *y);

// The position of the first index outside −size … size − 1, or −1 where there is none.
ptrdiff_t wabe_first_bad_index(const int64_t *indices, size_t count, size_t size);

// An operand is seen as [outer, size, inner]; negative indices count from its end. Indices have been checked.
typedef struct {
  size_t outer, size, inner;
  size_t count;  // indices per row: k
} wabe_axis;

// y[o, j, i] = x[o, indices[j], i], for indices of shape [k].
void wabe_take(int width, wabe_axis axis, const void *x, const int64_t *indices, void *y);
// y[o, j, i] = x[o, indices[o, j, i], i].
void wabe_gather(int width, wabe_axis axis, const void *x, const int64_t *indices, void *y);

// y[o, indices[j], i] += u[o, j, i] and y[o, indices[o, j, i], i] += u[o, j, i], in the order of j.
void wabe_add_taken(int dtype, wabe_axis axis, const void *u, const int64_t *indices, void *y);
void wabe_add_gathered(int dtype, wabe_axis axis, const void *u, const int64_t *indices, void *y);

// y = x with zeros above diagonal `offset` (keep_upper false) or below it, for `count` matrices.
void wabe_triangle(
    int width, bool keep_upper, ptrdiff_t offset, size_t count, size_t rows, size_t columns, const void *x, void *y);

// The positions at which a mask of bytes 0 and 1 is 1; `positions` has room for all. Returns how many there are.
size_t wabe_true_positions(const uint8_t *mask, size_t count, int64_t *positions);
size_t wabe_count_true(const uint8_t *mask, size_t count);

// Whether two blocks of memory hold the same bytes.
bool wabe_same_bytes(const void *x, const void *y, size_t bytes);

#endif
