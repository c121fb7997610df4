/* Little-endian fields, written to and read from bytes one after the other. */
#ifndef EDGEBEAT_APP_LITTLE_ENDIAN_H
#define EDGEBEAT_APP_LITTLE_ENDIAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Where writing has come to; the writer sees to it that there is room. */
typedef struct {
  uint8_t *bytes;
  size_t length;
} eb_writer;

static inline void eb_write_bytes(eb_writer *to, const void *bytes, size_t count) {
  if (count > 0) memcpy(&to->bytes[to->length], bytes, count);
  to->length += count;
}

/* The lowest `count` bytes of a number. */
static inline void eb_write(eb_writer *to, uint64_t value, size_t count) {
  for (size_t i = 0; i < count; i++) to->bytes[to->length++] = (uint8_t)(value >> (8U * i));
}

static inline void eb_write_float(eb_writer *to, float value) {
  uint32_t word;
  memcpy(&word, &value, sizeof word);
  eb_write(to, word, sizeof word);
}

/* Its length in one byte, then the text; null: length 0. */
static inline void eb_write_text(eb_writer *to, const char *text) {
  const size_t length = text == NULL ? 0 : strlen(text);
  eb_write(to, length, 1);
  eb_write_bytes(to, text, length);
}

/* What is left to read. */
typedef struct {
  const uint8_t *bytes;
  size_t left;
  /* Whether more was asked for than there was; zeros were given then. */
  bool overrun;
} eb_reader;

/* The next `count` bytes, or null where there are fewer. */
static inline const uint8_t *eb_read_bytes(eb_reader *from, size_t count) {
  if (from->overrun || from->left < count) {
    from->overrun = true;
    return NULL;
  }
  const uint8_t *bytes = from->bytes;
  from->bytes += count;
  from->left -= count;
  return bytes;
}

static inline uint64_t eb_read(eb_reader *from, size_t count) {
  const uint8_t *bytes = eb_read_bytes(from, count);
  uint64_t value = 0;
  for (size_t i = 0; bytes != NULL && i < count; i++) value |= (uint64_t)bytes[i] << (8U * i);
  return value;
}

static inline uint32_t eb_read32(eb_reader *from) { return (uint32_t)eb_read(from, sizeof(uint32_t)); }

static inline float eb_read_float(eb_reader *from) {
  const uint32_t word = eb_read32(from);
  float value;
  memcpy(&value, &word, sizeof value);
  return value;
}

/* So many bytes as a text of at most `room` bytes with its closing zero. A zero within, or too many bytes, are an overrun. */
static inline void eb_read_text(eb_reader *from, size_t length, char *text, size_t room) {
  const uint8_t *bytes = eb_read_bytes(from, length);
  text[0] = '\0';
  if (bytes == NULL) return;
  if (length >= room || (length > 0 && memchr(bytes, 0, length) != NULL)) {
    from->overrun = true;
    return;
  }
  if (length > 0) memcpy(text, bytes, length);
  text[length] = '\0';
}

#endif
