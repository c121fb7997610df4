/* Words and bytes between test programs and the tests that compare: files of little-endian 32-bit words. */
#ifndef EDGEBEAT_TEST_WORDS_H
#define EDGEBEAT_TEST_WORDS_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static inline void fail(const char *problem) {
  fprintf(stderr, "error: %s\n", problem);
  exit(1);
}

static inline void put_words(FILE *output, const void *words, size_t count) {
  if (fwrite(words, 4, count, output) != count) fail("the output cannot be written");
}

static inline void put_word(FILE *output, uint32_t word) { put_words(output, &word, 1); }

static inline void get_words(FILE *input, void *words, size_t count) {
  if (fread(words, 4, count, input) != count) fail("the input ends too early");
}

/* Bytes up to a whole word, in a block of exactly their size: reading beyond them is seen by a sanitizer. */
static inline uint8_t *get_bytes(FILE *input, size_t count) {
  uint8_t padding[4];
  uint8_t *bytes = malloc(count > 0 ? count : 1);
  if (bytes == NULL) fail("out of memory");
  if (fread(bytes, 1, count, input) != count) fail("the input ends too early");
  if (fread(padding, 1, (4 - count % 4) % 4, input) != (4 - count % 4) % 4) fail("the input ends too early");
  return bytes;
}

static inline void put_bytes(FILE *output, const uint8_t *bytes, size_t count) {
  static const uint8_t padding[4] = {0};
  const size_t rest = (4 - count % 4) % 4;
  if (fwrite(bytes, 1, count, output) != count || fwrite(padding, 1, rest, output) != rest)
    fail("the output cannot be written");
}

static inline FILE *open_file(const char *path, const char *mode) {
  FILE *file = fopen(path, mode);
  if (file == NULL) fail("a file cannot be opened");
  return file;
}

#endif
