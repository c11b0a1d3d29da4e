#include "wabe_engine.h"

int wabe_threads(void) { return 1; }

void wabe_parallel(size_t count, void *context, void (*body)(void *context, size_t index)) {
  for (size_t i = 0; i < count; i++) body(context, i);
}
