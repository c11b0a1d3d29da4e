#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "rows.h"

// A part is large enough that what it costs to start one is little, and small enough that a figure has several. Where
// parts begin depends on the picture only, so the bytes are the same for any number of threads.
enum { PART_BYTES = 1 << 18, WINDOW = 1 << 15 };

static size_t rows_per_part(const cpng_rows *rows) { return (PART_BYTES + rows->row_bytes - 1) / rows->row_bytes; }

size_t cpng_part_count(const cpng_rows *rows) {
  size_t each = rows_per_part(rows), count = rows->height / each;
  return count > 0 ? count : 1;  // the last part has the rest too
}

typedef struct {
  const cpng_rows *rows;
  cpng_part *parts;
  size_t count;
  int level;
} job;

static int deflate_part(const job *j, size_t index, const uint8_t *raw, size_t before, cpng_part *part) {
  z_stream stream;
  memset(&stream, 0, sizeof stream);
  if (deflateInit2(&stream, j->level, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) return -1;
  // Room for two bytes in front of the first part, for the end of a flushed one, and for the sum behind the last.
  size_t room = deflateBound(&stream, part->raw) + 64;
  part->bytes = malloc(room);
  int status = Z_MEM_ERROR;
  if (part->bytes) {
    size_t first = index == 0 ? 2 : 0;
    if (before > 0) deflateSetDictionary(&stream, raw - before, (uInt)before);
    stream.next_in = (Bytef *)raw;
    stream.avail_in = (uInt)part->raw;
    stream.next_out = part->bytes + first;
    stream.avail_out = (uInt)(room - first - 4);
    status = deflate(&stream, index + 1 == j->count ? Z_FINISH : Z_SYNC_FLUSH);
    part->count = (size_t)(stream.next_out - part->bytes);
    if (stream.avail_in != 0 || stream.avail_out == 0) status = Z_BUF_ERROR;
  }
  deflateEnd(&stream);
  return status == Z_OK || status == Z_STREAM_END ? 0 : -1;
}

// Parts refer to what stands before them, as in one stream: the rows before are made again for that.
static void compress_part(void *context, size_t index) {
  const job *j = context;
  const cpng_rows *rows = j->rows;
  size_t each = rows_per_part(rows), first = index * each;
  size_t end = index + 1 == j->count ? rows->height : first + each;
  size_t earlier = (WINDOW + rows->row_bytes - 1) / rows->row_bytes;
  if (earlier > first) earlier = first;
  cpng_part *part = &j->parts[index];
  part->raw = (end - first) * rows->row_bytes;
  uint8_t *buffer = malloc((end - first + earlier) * rows->row_bytes);
  if (!buffer) return;
  for (size_t y = first - earlier; y < end; y++) cpng_row(rows, y, buffer + (y + earlier - first) * rows->row_bytes);
  const uint8_t *raw = buffer + earlier * rows->row_bytes;
  size_t before = earlier * rows->row_bytes;
  part->adler = (uint32_t)adler32(1, raw, (uInt)part->raw);
  if (deflate_part(j, index, raw, before > WINDOW ? WINDOW : before, part) != 0) {
    free(part->bytes);
    part->bytes = NULL;
  }
  free(buffer);
}

int cpng_compress(const cpng_rows *rows, int level, cpng_share share, cpng_part *parts, size_t count) {
  job j = {rows, parts, count, level};
  if (count > 1 && share) {
    share(count, &j, compress_part);
  } else {
    for (size_t i = 0; i < count; i++) compress_part(&j, i);
  }
  uint32_t sum = 1;
  for (size_t i = 0; i < count; i++) {
    if (!parts[i].bytes) return -1;
    sum = (uint32_t)adler32_combine(sum, parts[i].adler, (z_off_t)parts[i].raw);
  }
  // The head of a zlib stream: deflate with a window of 32 KB, how hard it was compressed, and a check.
  unsigned head = 0x7800 | (level < 2 ? 0u : level < 6 ? 1u : level == 6 ? 2u : 3u) << 6;
  head += 31 - head % 31;
  parts[0].bytes[0] = (uint8_t)(head >> 8);
  parts[0].bytes[1] = (uint8_t)head;
  cpng_part *last = &parts[count - 1];
  for (int shift = 24; shift >= 0; shift -= 8) last->bytes[last->count++] = (uint8_t)(sum >> shift);
  return 0;
}
