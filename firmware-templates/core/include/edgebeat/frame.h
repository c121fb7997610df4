/*
 * A frame: a short stretch of ECG as a watch sends it. Its bytes are laid out in packages/wire/src/frame/layout.ts, the codec's
 * twins are encode.ts and decode.ts beside it.
 */
#ifndef EDGEBEAT_FRAME_H
#define EDGEBEAT_FRAME_H

#include <stddef.h>
#include <stdint.h>

#define EB_FRAME_VERSION 1
/* Bytes before the samples, and of the checksum behind them. */
#define EB_FRAME_HEADER_BYTES 32
#define EB_FRAME_CRC_BYTES 4

/* No electrode contact during some of the frame: the samples are not a heart. */
#define EB_FLAG_LEAD_OFF 1U
/* The device's clock was never set, or is not trusted. */
#define EB_FLAG_CLOCK_UNSYNCHRONISED 2U
/* First frame after a start of the device: the sequence begins anew at 0. */
#define EB_FLAG_RESTART 4U

typedef struct {
  uint8_t flags;
  /* 1-255. */
  uint8_t channels;
  /* Samples of each channel, 1-65,535. */
  uint16_t count;
  /* Drawn at random when the device boots. */
  uint32_t stream_id;
  /* Counts the frames of a stream from 0. */
  uint32_t sequence;
  /* When the first sample was taken: us since 1970 (since boot where the clock is unsynchronised); below 2^53. */
  uint64_t first_sample_time_us;
  /* Samples per 1,000 seconds, of each channel; at least 1. */
  uint32_t rate_milli_hertz;
  /* Nanovolts of one least significant bit; at least 1. */
  uint32_t scale_nanovolts;
} eb_frame;

/* What is wrong with bytes or fields, tried in this order; as the codes of packages/wire's FrameError. */
typedef enum {
  EB_FRAME_OK,
  EB_FRAME_TOO_SHORT,
  EB_FRAME_BAD_MAGIC,
  EB_FRAME_BAD_CRC,
  EB_FRAME_UNSUPPORTED_VERSION,
  EB_FRAME_UNSUPPORTED_ENCODING,
  EB_FRAME_LENGTH_MISMATCH,
  EB_FRAME_BAD_FIELD,
  /* The frame is longer than the room it was to be written to. */
  EB_FRAME_NO_ROOM,
} eb_frame_status;

/* Length of a whole frame in bytes. */
size_t eb_frame_bytes(uint16_t count, uint8_t channels);

/*
 * samples: [count, channels], interleaved by channel. bytes: receives eb_frame_bytes(count, channels) bytes; `room` are there.
 * Returns EB_FRAME_OK, EB_FRAME_BAD_FIELD or EB_FRAME_NO_ROOM; nothing is written but with the first.
 */
eb_frame_status eb_frame_encode(const eb_frame *frame, const int16_t *samples, uint8_t *bytes, size_t room);

/*
 * Reads the fields of one whole frame and nothing else, at any alignment; `frame` is set only with EB_FRAME_OK.
 * Then eb_frame_sample reads its samples from the same bytes.
 */
eb_frame_status eb_frame_decode(const uint8_t *bytes, size_t length, eb_frame *frame);

/* Sample `index` of a valid frame's bytes, below count * channels, in the order of eb_frame_encode. */
int16_t eb_frame_sample(const uint8_t *bytes, size_t index);

/* Millivolts of one step of the frame's samples. */
float eb_frame_millivolts_per_step(const eb_frame *frame);

#endif
