/* Frame to bytes. */
#include "edgebeat/crc32.h"
#include "edgebeat/frame.h"
#include "frame-layout.h"

static void put16(uint8_t *at, uint32_t value) {
  at[0] = (uint8_t)(value & 0xFFU);
  at[1] = (uint8_t)((value >> 8) & 0xFFU);
}

static void put32(uint8_t *at, uint32_t value) {
  put16(at, value & 0xFFFFU);
  put16(at + 2, value >> 16);
}

size_t eb_frame_bytes(uint16_t count, uint8_t channels) {
  return EB_FRAME_HEADER_BYTES + (size_t)2 * count * channels + EB_FRAME_CRC_BYTES;
}

eb_frame_status eb_frame_encode(const eb_frame *frame, const int16_t *samples, uint8_t *bytes, size_t room) {
  if (frame->count == 0 || frame->channels == 0 || frame->rate_milli_hertz == 0 || frame->scale_nanovolts == 0 ||
      frame->first_sample_time_us >= TIME_LIMIT_US)
    return EB_FRAME_BAD_FIELD;
  const size_t length = eb_frame_bytes(frame->count, frame->channels);
  if (length > room) return EB_FRAME_NO_ROOM;
  bytes[0] = MAGIC_0;
  bytes[1] = MAGIC_1;
  bytes[OFFSET_VERSION] = EB_FRAME_VERSION;
  bytes[OFFSET_FLAGS] = frame->flags;
  put32(&bytes[OFFSET_STREAM_ID], frame->stream_id);
  put32(&bytes[OFFSET_SEQUENCE], frame->sequence);
  put32(&bytes[OFFSET_TIME_LOW], (uint32_t)(frame->first_sample_time_us & 0xFFFFFFFFU));
  put32(&bytes[OFFSET_TIME_HIGH], (uint32_t)(frame->first_sample_time_us >> 32));
  put32(&bytes[OFFSET_RATE], frame->rate_milli_hertz);
  put32(&bytes[OFFSET_SCALE], frame->scale_nanovolts);
  put16(&bytes[OFFSET_COUNT], frame->count);
  bytes[OFFSET_ENCODING] = ENCODING_INT16;
  bytes[OFFSET_CHANNELS] = frame->channels;
  const size_t values = (size_t)frame->count * frame->channels;
  for (size_t i = 0; i < values; i++) put16(&bytes[EB_FRAME_HEADER_BYTES + 2 * i], (uint16_t)samples[i]);
  const size_t checked = length - EB_FRAME_CRC_BYTES;
  put32(&bytes[checked], eb_crc32(bytes, checked));
  return EB_FRAME_OK;
}
