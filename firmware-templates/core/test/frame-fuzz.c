/*
 * Feeds the frame decoder with random bytes and with frames that were damaged in every way, for a sanitizer to watch:
 * `frame-fuzz SEED ROUNDS`. Prints how many were taken and how many refused; what is taken must encode to the same bytes.
 */
#include <stdbool.h>
#include <string.h>

#include "edgebeat/crc32.h"
#include "edgebeat/frame.h"
#include "words.h"

#define LONGEST 1200

static uint32_t state;

static uint32_t any(uint32_t below) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state % below;
}

static size_t random_frame(uint8_t *bytes) {
  int16_t samples[512];
  const eb_frame frame = {
      .flags = (uint8_t)any(256),
      .channels = (uint8_t)(1 + any(4)),
      .count = (uint16_t)(1 + any(128)),
      .stream_id = any(UINT32_MAX),
      .sequence = any(UINT32_MAX),
      .first_sample_time_us = any(UINT32_MAX),
      .rate_milli_hertz = 1 + any(1000000),
      .scale_nanovolts = 1 + any(10000),
  };
  for (size_t i = 0; i < 512; i++) samples[i] = (int16_t)((int32_t)any(65536) - 32768);
  if (eb_frame_encode(&frame, samples, bytes, LONGEST) != EB_FRAME_OK) fail("a frame cannot be encoded");
  return eb_frame_bytes(frame.count, frame.channels);
}

static void mend_checksum(uint8_t *bytes, size_t length) {
  if (length < 4) return;
  const uint32_t checksum = eb_crc32(bytes, length - 4);
  for (size_t i = 0; i < 4; i++) bytes[length - 4 + i] = (uint8_t)(checksum >> (8 * i));
}

/* Changes some bytes, mostly of the header, and the length; mends the checksum in half of the cases. */
static size_t damage(uint8_t *bytes, size_t length) {
  for (uint32_t i = any(4); i > 0; i--) {
    const size_t at = any(3) != 0 ? any(32) : any((uint32_t)length);
    bytes[at] = any(4) == 0 ? (uint8_t)(any(2) * 255) : (uint8_t)any(256);
  }
  if (any(4) == 0) length = any((uint32_t)length + 1);
  if (any(8) == 0 && length + 40 < LONGEST) length += any(40);
  if (any(2) == 0) mend_checksum(bytes, length);
  return length;
}

static bool survives(const uint8_t *bytes, size_t length) {
  eb_frame frame;
  if (eb_frame_decode(bytes, length, &frame) != EB_FRAME_OK) return false;
  const size_t values = (size_t)frame.count * frame.channels;
  int16_t *samples = malloc(values * sizeof *samples);
  uint8_t *again = malloc(length);
  if (samples == NULL || again == NULL) fail("out of memory");
  for (size_t i = 0; i < values; i++) samples[i] = eb_frame_sample(bytes, i);
  if (eb_frame_encode(&frame, samples, again, length) != EB_FRAME_OK) fail("what was decoded cannot be encoded");
  if (memcmp(bytes, again, length) != 0) fail("what was decoded encodes to other bytes");
  free(samples);
  free(again);
  return true;
}

int main(int count, char **arguments) {
  static uint8_t frame[LONGEST];
  if (count != 3) fail("usage: frame-fuzz SEED ROUNDS");
  state = (uint32_t)strtoul(arguments[1], NULL, 10) | 1U;
  unsigned long taken = 0;
  unsigned long refused = 0;
  for (unsigned long left = strtoul(arguments[2], NULL, 10); left > 0; left--) {
    size_t length = any(LONGEST);
    if (any(4) == 0)
      for (size_t i = 0; i < length; i++) frame[i] = (uint8_t)any(256);
    else
      length = damage(frame, random_frame(frame));
    uint8_t *bytes = malloc(length > 0 ? length : 1);
    if (bytes == NULL) fail("out of memory");
    memcpy(bytes, frame, length);
    if (survives(bytes, length)) taken++;
    else refused++;
    free(bytes);
  }
  printf("%lu taken, %lu refused\n", taken, refused);
  return 0;
}
