/*
 * Decodes frames and encodes them again: `frame-host INPUT OUTPUT`.
 *
 * INPUT: for each frame its length in bytes (one word), and the bytes, padded to whole words.
 * OUTPUT: the status of decoding; if that is 0, flags, channels, count, stream id, sequence, time (low, high), rate, scale, the
 * samples in a word each, the status of encoding, and the bytes that it gave, padded.
 */
#include <string.h>

#include "edgebeat/frame.h"
#include "words.h"

/* Fields that no frame has must not be encoded. */
static void refuse_bad_fields(const eb_frame *frame, const int16_t *samples, uint8_t *bytes, size_t room) {
  eb_frame bad[5] = {*frame, *frame, *frame, *frame, *frame};
  bad[0].count = 0;
  bad[1].channels = 0;
  bad[2].rate_milli_hertz = 0;
  bad[3].scale_nanovolts = 0;
  bad[4].first_sample_time_us = UINT64_C(1) << 53;
  for (int i = 0; i < 5; i++)
    if (eb_frame_encode(&bad[i], samples, bytes, room) != EB_FRAME_BAD_FIELD) fail("a bad field is encoded");
}

static void encode_again(FILE *output, const eb_frame *frame, const uint8_t *bytes) {
  const size_t values = (size_t)frame->count * frame->channels;
  const size_t length = eb_frame_bytes(frame->count, frame->channels);
  int16_t *samples = malloc(values * sizeof *samples);
  uint8_t *again = malloc(length);
  if (samples == NULL || again == NULL) fail("out of memory");
  for (size_t i = 0; i < values; i++) {
    samples[i] = eb_frame_sample(bytes, i);
    put_word(output, (uint32_t)(int32_t)samples[i]);
  }
  if (eb_frame_encode(frame, samples, again, length - 1) != EB_FRAME_NO_ROOM) fail("a byte too few is enough");
  refuse_bad_fields(frame, samples, again, length);
  put_word(output, (uint32_t)eb_frame_encode(frame, samples, again, length));
  put_bytes(output, again, length);
  free(samples);
  free(again);
}

int main(int count, char **arguments) {
  if (count != 3) fail("usage: frame-host INPUT OUTPUT");
  FILE *input = open_file(arguments[1], "rb");
  FILE *output = open_file(arguments[2], "wb");
  uint32_t length;
  while (fread(&length, 4, 1, input) == 1) {
    uint8_t *bytes = get_bytes(input, length);
    eb_frame frame;
    const eb_frame_status status = eb_frame_decode(bytes, length, &frame);
    put_word(output, (uint32_t)status);
    if (status == EB_FRAME_OK) {
      const uint32_t fields[9] = {frame.flags,
                                  frame.channels,
                                  frame.count,
                                  frame.stream_id,
                                  frame.sequence,
                                  (uint32_t)(frame.first_sample_time_us & 0xFFFFFFFFU),
                                  (uint32_t)(frame.first_sample_time_us >> 32),
                                  frame.rate_milli_hertz,
                                  frame.scale_nanovolts};
      put_words(output, fields, 9);
      encode_again(output, &frame, bytes);
    }
    free(bytes);
  }
  if (fclose(output) != 0) fail("the output cannot be written");
  fclose(input);
  return 0;
}
