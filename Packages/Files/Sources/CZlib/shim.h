#ifndef WABE_CZLIB_H
#define WABE_CZLIB_H

#include <zlib.h>

// `inflateInit2` is a macro. Negative window bits mean raw deflate data, as zip members are; 16 more mean gzip.
static inline int wabe_inflate_start(z_stream *stream) { return inflateInit2(stream, -MAX_WBITS); }
static inline int wabe_gunzip_start(z_stream *stream) { return inflateInit2(stream, MAX_WBITS + 16); }

#endif
