/* Templates, and their bytes. */
#include "edgebeat/template.h"

#include <string.h>

#include "edgebeat/float32.h"

_Static_assert(sizeof(float) == sizeof(uint32_t), "a float32 number is one word");

bool eb_enrol(const eb_mean_direction *windows, eb_template *made) {
  if (!eb_mean_direction_get(windows, made->embedding)) return false;
  made->length = windows->length;
  made->count = windows->count;
  return true;
}

void eb_template_write(const eb_template *from, uint8_t *bytes) {
  for (int32_t i = 0; i < from->length; i++) {
    uint32_t word;
    memcpy(&word, &from->embedding[i], sizeof word);
    for (int32_t byte = 0; byte < 4; byte++) bytes[4 * i + byte] = (uint8_t)(word >> (8 * byte));
  }
}

static float read_number(const uint8_t *bytes) {
  const uint32_t word =
      bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
  float number;
  memcpy(&number, &word, sizeof number);
  return number;
}

bool eb_template_read(const uint8_t *bytes, size_t byte_count, int32_t count, eb_template *read) {
  if (byte_count == 0 || byte_count % 4 != 0 || byte_count / 4 > EB_EMBEDDING_LENGTH) return false;
  const int32_t length = (int32_t)(byte_count / 4);
  for (int32_t i = 0; i < length; i++)
    if (!(eb_abs(read_number(&bytes[4 * i])) <= FLT_MAX)) return false;
  for (int32_t i = 0; i < length; i++) read->embedding[i] = read_number(&bytes[4 * i]);
  read->length = length;
  read->count = count;
  return true;
}
