/* Bytes to frame. The checksum is tried before any field is believed. */
#include "edgebeat/crc32.h"
#include "edgebeat/float32.h"
#include "edgebeat/frame.h"
#include "frame-layout.h"

static uint16_t get16(const uint8_t *at) { return (uint16_t)(at[0] | (uint32_t)at[1] << 8); }

static uint32_t get32(const uint8_t *at) { return get16(at) | (uint32_t)get16(at + 2) << 16; }

eb_frame_status eb_frame_decode(const uint8_t *bytes, size_t length, eb_frame *frame) {
  if (length < eb_frame_bytes(1, 1)) return EB_FRAME_TOO_SHORT;
  if (bytes[0] != MAGIC_0 || bytes[1] != MAGIC_1) return EB_FRAME_BAD_MAGIC;
  const size_t checked = length - EB_FRAME_CRC_BYTES;
  if (get32(&bytes[checked]) != eb_crc32(bytes, checked)) return EB_FRAME_BAD_CRC;
  if (bytes[OFFSET_VERSION] != EB_FRAME_VERSION) return EB_FRAME_UNSUPPORTED_VERSION;
  if (bytes[OFFSET_ENCODING] != ENCODING_INT16) return EB_FRAME_UNSUPPORTED_ENCODING;
  const eb_frame read = {
      .flags = bytes[OFFSET_FLAGS],
      .channels = bytes[OFFSET_CHANNELS],
      .count = get16(&bytes[OFFSET_COUNT]),
      .stream_id = get32(&bytes[OFFSET_STREAM_ID]),
      .sequence = get32(&bytes[OFFSET_SEQUENCE]),
      .first_sample_time_us = (uint64_t)get32(&bytes[OFFSET_TIME_HIGH]) << 32 | get32(&bytes[OFFSET_TIME_LOW]),
      .rate_milli_hertz = get32(&bytes[OFFSET_RATE]),
      .scale_nanovolts = get32(&bytes[OFFSET_SCALE]),
  };
  if (read.count == 0 || read.channels == 0) return EB_FRAME_BAD_FIELD;
  if (length != eb_frame_bytes(read.count, read.channels)) return EB_FRAME_LENGTH_MISMATCH;
  if (read.first_sample_time_us >= TIME_LIMIT_US) return EB_FRAME_BAD_FIELD;
  if (read.rate_milli_hertz == 0 || read.scale_nanovolts == 0) return EB_FRAME_BAD_FIELD;
  *frame = read;
  return EB_FRAME_OK;
}

int16_t eb_frame_sample(const uint8_t *bytes, size_t index) {
  const int32_t value = get16(&bytes[EB_FRAME_HEADER_BYTES + 2 * index]);
  return (int16_t)(value >= 0x8000 ? value - 0x10000 : value);
}

float eb_frame_millivolts_per_step(const eb_frame *frame) { return (float)frame->scale_nanovolts / 1e6f; }
