/* Collects samples into frames. */
#include "edgebeat/app/frame-writer.h"

#include <string.h>

bool eb_frame_writer_init(eb_frame_writer *state, uint32_t stream_id, uint32_t milli_hertz, uint32_t scale_nanovolts,
                          uint16_t full) {
  memset(state, 0, sizeof *state);
  if (full == 0 || full > EB_FRAME_SAMPLES || milli_hertz == 0 || scale_nanovolts == 0) return false;
  state->frame.stream_id = stream_id;
  state->frame.rate_milli_hertz = milli_hertz;
  state->frame.scale_nanovolts = scale_nanovolts;
  state->frame.channels = 1;
  state->full = full;
  return true;
}

void eb_frame_writer_begin(eb_frame_writer *state, uint64_t time_us, uint8_t flags) {
  state->frame.flags = (uint8_t)(flags | (state->next_sequence == 0U ? EB_FLAG_RESTART : 0U));
  state->frame.sequence = state->next_sequence;
  state->frame.first_sample_time_us = time_us;
}

bool eb_frame_writer_put(eb_frame_writer *state, int16_t sample) {
  state->samples[state->frame.count++] = sample;
  return state->frame.count == state->full;
}

size_t eb_frame_writer_end(eb_frame_writer *state) {
  const size_t length = eb_frame_bytes(state->frame.count, state->frame.channels);
  if (eb_frame_encode(&state->frame, state->samples, state->bytes, sizeof state->bytes) != EB_FRAME_OK) return 0;
  state->frame.count = 0;
  state->next_sequence++;
  return length;
}
