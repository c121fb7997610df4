/* Collects samples into frames. Twin of packages/sim-device/src/watch/frame-packer.ts. */
#ifndef EDGEBEAT_APP_FRAME_WRITER_H
#define EDGEBEAT_APP_FRAME_WRITER_H

#include <stdbool.h>

#include "edgebeat/frame.h"

/* Samples of the longest frame. */
#ifndef EB_FRAME_SAMPLES
#define EB_FRAME_SAMPLES 256
#endif

typedef struct {
  eb_frame frame;
  /* Samples of a full frame. */
  uint16_t full;
  uint32_t next_sequence;
  int16_t samples[EB_FRAME_SAMPLES];
  uint8_t bytes[EB_FRAME_HEADER_BYTES + 2 * EB_FRAME_SAMPLES + EB_FRAME_CRC_BYTES];
} eb_frame_writer;

/* full: samples of a full frame, 1 to EB_FRAME_SAMPLES. Returns false for others, and for a rate or scale of 0. */
bool eb_frame_writer_init(eb_frame_writer *state, uint32_t stream_id, uint32_t milli_hertz, uint32_t scale_nanovolts,
                          uint16_t full);

/* Begins a frame; the one before it must have ended. time_us: of its first sample. flags: without EB_FLAG_RESTART. */
void eb_frame_writer_begin(eb_frame_writer *state, uint64_t time_us, uint8_t flags);

static inline bool eb_frame_writer_is_empty(const eb_frame_writer *state) { return state->frame.count == 0; }

/* Returns whether the frame is full. */
bool eb_frame_writer_put(eb_frame_writer *state, int16_t sample);

/* Ends a frame that has samples. Returns the length of the frame in `bytes`, which stays until the next end. */
size_t eb_frame_writer_end(eb_frame_writer *state);

#endif
