// How libpng's errors come back: the handler stores the text and jumps to the one setjmp of the running call.
#ifndef WABE_CPNG_ERRORS_H
#define WABE_CPNG_ERRORS_H

#include <png.h>
#include <string.h>

#include "CPNG.h"

static inline void cpng_store(char *message, const char *text) {
  size_t length = strlen(text);
  if (length >= CPNG_MESSAGE_SIZE) length = CPNG_MESSAGE_SIZE - 1;
  memcpy(message, text, length);
  message[length] = 0;
}

static inline void cpng_fail(png_structp png, png_const_charp text) {
  cpng_store(png_get_error_ptr(png), text);
  png_longjmp(png, 1);
}

// libpng warns about harmless things (an odd profile, an unknown chunk) on the standard error by default.
static inline void cpng_ignore(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

#endif
