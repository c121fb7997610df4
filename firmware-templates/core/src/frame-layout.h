/* Where each field of a frame stands; twin of packages/wire/src/frame/layout.ts. Everything is little-endian. */
#ifndef EDGEBEAT_FRAME_LAYOUT_H
#define EDGEBEAT_FRAME_LAYOUT_H

#include <stdint.h>

#define MAGIC_0 0x45U
#define MAGIC_1 0x42U
#define ENCODING_INT16 0U

enum {
  OFFSET_VERSION = 2,
  OFFSET_FLAGS = 3,
  OFFSET_STREAM_ID = 4,
  OFFSET_SEQUENCE = 8,
  OFFSET_TIME_LOW = 12,
  OFFSET_TIME_HIGH = 16,
  OFFSET_RATE = 20,
  OFFSET_SCALE = 24,
  OFFSET_COUNT = 28,
  OFFSET_ENCODING = 30,
  OFFSET_CHANNELS = 31,
};

/* First-sample times from here on are no safe integers in JavaScript: the year 2255. */
#define TIME_LIMIT_US (UINT64_C(1) << 53)

#endif
