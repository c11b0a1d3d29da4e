// Windows that slide over the planes of images.
#ifndef WABE_WINDOWS_H
#define WABE_WINDOWS_H

#include "wabe_types.h"

// Where the windows lie. What a window sees beyond the edge of its plane is 0.
typedef struct {
  size_t planes, height, width;          // x is planes × height × width
  size_t rows, columns;                  // how many windows there are below and beside each other
  size_t window_height, window_width;
  size_t stride_y, stride_x;             // from one window to the next
  size_t dilation_y, dilation_x;         // from one element of a window to the next
  size_t padding_y, padding_x;           // how far windows reach beyond the edges
} wabe_windows;

// y[plane, place in the window, window] = what each window sees, for float32 and float64.
void wabe_unfold(int dtype, const wabe_windows *windows, const void *x, void *y);
// The other way: x[plane, position] = the sum of everything that windows saw there.
void wabe_fold(int dtype, const wabe_windows *windows, const void *y, void *x);

// places[plane, window] = the position in the plane of the largest element, the first of equals, or of the first NaN.
// Every window must contain an element of its plane; what lies beyond the edge does not count.
void wabe_window_maximum(int dtype, const wabe_windows *windows, const void *x, int64_t *places);

#endif
