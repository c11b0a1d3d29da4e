// Windows that slide over the planes of images: what they see, and the sum of what they saw.
#include "../elementwise/share.h"
#include "wabe_windows.h"

typedef struct {
  const wabe_windows *windows;
  const void *x;
  void *y;
  size_t per_part;
  void (*plane)(const wabe_windows *w, const void *x, void *y, size_t plane);
} plane_work;

static void plane_part(void *context, size_t index) {
  const plane_work *all = context;
  size_t first = index * all->per_part, last = first + all->per_part;
  if (last > all->windows->planes) last = all->windows->planes;
  for (size_t plane = first; plane < last; plane++) all->plane(all->windows, all->x, all->y, plane);
}

// Each plane is worked on by one thread, so results are the same bits for any number of threads.
static void each_plane(plane_work work) {
  const wabe_windows *w = work.windows;
  size_t cost = w->rows * w->columns * w->window_height * w->window_width + w->height * w->width;
  if (w->planes == 0 || cost == 0) return;
  work.per_part = cost < WABE_CHUNK ? WABE_CHUNK / cost : 1;
  if (w->planes * cost < WABE_SHARED_MOVES) work.per_part = w->planes;
  wabe_parallel((w->planes + work.per_part - 1) / work.per_part, &work, plane_part);
}

// The windows from `first` to before `last` see, at offset `at` from their beginning, an element of a line of `size`.
typedef struct {
  size_t first, last;
} seen;
WABE_INLINE seen seen_at(size_t at, size_t padding, size_t stride, size_t size, size_t windows) {
  size_t first = at >= padding ? 0 : (padding - at + stride - 1) / stride;
  size_t beyond = size + padding;
  size_t last = at >= beyond ? 0 : (beyond - at - 1) / stride + 1;
  if (last > windows) last = windows;
  if (first > last) first = last;
  return (seen){first, last};
}

#define WINDOWS(NAME, T)                                                                                       \
  static void unfold_##NAME(const wabe_windows *w, const void *from, void *to, size_t plane) {                 \
    const T *x = (const T *)from + plane * w->height * w->width;                                               \
    T *y = (T *)to + plane * w->window_height * w->window_width * w->rows * w->columns;                        \
    for (size_t v = 0; v < w->window_height; v++)                                                              \
      for (size_t u = 0; u < w->window_width; u++) {                                                           \
        size_t down = v * w->dilation_y, right = u * w->dilation_x;                                            \
        seen ys = seen_at(down, w->padding_y, w->stride_y, w->height, w->rows);                                \
        seen xs = seen_at(right, w->padding_x, w->stride_x, w->width, w->columns);                             \
        for (size_t row = 0; row < w->rows; row++, y += w->columns) {                                          \
          if (row < ys.first || row >= ys.last || xs.first == xs.last) {                                       \
            memset(y, 0, w->columns * sizeof(T));                                                              \
            continue;                                                                                          \
          }                                                                                                    \
          const T *line = x + (row * w->stride_y + down - w->padding_y) * w->width;                            \
          size_t start = xs.first * w->stride_x + right - w->padding_x, count = xs.last - xs.first;            \
          memset(y, 0, xs.first * sizeof(T));                                                                  \
          if (w->stride_x == 1) memcpy(y + xs.first, line + start, count * sizeof(T));                         \
          else for (size_t i = 0; i < count; i++) y[xs.first + i] = line[start + i * w->stride_x];             \
          memset(y + xs.last, 0, (w->columns - xs.last) * sizeof(T));                                          \
        }                                                                                                      \
      }                                                                                                        \
  }                                                                                                            \
  static void fold_##NAME(const wabe_windows *w, const void *from, void *to, size_t plane) {                   \
    const T *y = (const T *)from + plane * w->window_height * w->window_width * w->rows * w->columns;          \
    T *x = (T *)to + plane * w->height * w->width;                                                             \
    memset(x, 0, w->height * w->width * sizeof(T));                                                            \
    for (size_t v = 0; v < w->window_height; v++)                                                              \
      for (size_t u = 0; u < w->window_width; u++, y += w->rows * w->columns) {                                \
        size_t down = v * w->dilation_y, right = u * w->dilation_x;                                            \
        seen ys = seen_at(down, w->padding_y, w->stride_y, w->height, w->rows);                                \
        seen xs = seen_at(right, w->padding_x, w->stride_x, w->width, w->columns);                             \
        for (size_t row = ys.first; row < ys.last && xs.first < xs.last; row++) {                              \
          T *line = x + (row * w->stride_y + down - w->padding_y) * w->width;                                  \
          const T *own = y + row * w->columns + xs.first;                                                      \
          size_t start = xs.first * w->stride_x + right - w->padding_x, count = xs.last - xs.first;            \
          if (w->stride_x == 1) {                                                                              \
            WABE_INDEPENDENT for (size_t i = 0; i < count; i++) line[start + i] += own[i];                     \
          } else {                                                                                             \
            for (size_t i = 0; i < count; i++) line[start + i * w->stride_x] += own[i];                        \
          }                                                                                                    \
        }                                                                                                      \
      }                                                                                                        \
  }                                                                                                            \
  static void maximum_##NAME(const wabe_windows *w, const void *from, void *to, size_t plane) {                \
    const T *x = (const T *)from + plane * w->height * w->width;                                               \
    int64_t *places = (int64_t *)to + plane * w->rows * w->columns;                                            \
    for (size_t row = 0; row < w->rows; row++)                                                                 \
      for (size_t column = 0; column < w->columns; column++) {                                                 \
        size_t place = 0;                                                                                      \
        int found = 0;                                                                                         \
        for (size_t v = 0; v < w->window_height; v++)                                                          \
          for (size_t u = 0; u < w->window_width; u++) {                                                       \
            size_t down = row * w->stride_y + v * w->dilation_y - w->padding_y;                                \
            size_t right = column * w->stride_x + u * w->dilation_x - w->padding_x;                            \
            if (down >= w->height || right >= w->width) continue; /* also where the difference wrapped around */ \
            size_t here = down * w->width + right;                                                             \
            int larger = x[here] > x[place] || (x[here] != x[here] && x[place] == x[place]);                   \
            place = !found || larger ? here : place;                                                           \
            found = 1;                                                                                         \
          }                                                                                                    \
        *places++ = (int64_t)place;                                                                            \
      }                                                                                                        \
  }
WINDOWS(f32, float)
WINDOWS(f64, double)

void wabe_unfold(int dtype, const wabe_windows *windows, const void *x, void *y) {
  each_plane((plane_work){.windows = windows, .x = x, .y = y, .plane = dtype == WABE_F32 ? unfold_f32 : unfold_f64});
}

void wabe_fold(int dtype, const wabe_windows *windows, const void *y, void *x) {
  each_plane((plane_work){.windows = windows, .x = y, .y = x, .plane = dtype == WABE_F32 ? fold_f32 : fold_f64});
}

void wabe_window_maximum(int dtype, const wabe_windows *windows, const void *x, int64_t *places) {
  each_plane(
      (plane_work){.windows = windows, .x = x, .y = places, .plane = dtype == WABE_F32 ? maximum_f32 : maximum_f64});
}
