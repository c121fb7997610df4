/**
 * Where each field of a frame stands. Everything is little-endian; the firmware repeats this table.
 *
 * | offset | type | field |
 * |---|---|---|
 * | 0 | 2 bytes | magic `EB` |
 * | 2 | u8 | version, 1 |
 * | 3 | u8 | flags |
 * | 4 | u32 | stream id |
 * | 8 | u32 | sequence |
 * | 12 | u64 | time of the first sample, µs |
 * | 20 | u32 | rate, mHz |
 * | 24 | u32 | scale, nV per least significant bit |
 * | 28 | u16 | sample count n, of each channel |
 * | 30 | u8 | encoding, 0 = int16 |
 * | 31 | u8 | channels c |
 * | 32 | n·c × i16 | samples: all channels of the first instant, then of the next |
 * | 32 + 2·n·c | u32 | CRC-32 over all that precedes it |
 *
 * Every later version keeps the magic, the version byte and the checksum in the last four bytes, so that a receiver can
 * tell a damaged frame from one that is newer than itself.
 */

export const MAGIC_0 = 0x45;
export const MAGIC_1 = 0x42;
/** The version that this codec writes and reads. */
export const FRAME_VERSION = 1;
/** Samples are signed 16-bit integers. */
export const ENCODING_INT16 = 0;

/** Bytes before the samples. */
export const HEADER_BYTES = 32;
/** Bytes of the checksum behind the samples. */
export const CRC_BYTES = 4;

export const OFFSET_VERSION = 2;
export const OFFSET_FLAGS = 3;
export const OFFSET_STREAM_ID = 4;
export const OFFSET_SEQUENCE = 8;
export const OFFSET_TIME_LOW = 12;
export const OFFSET_TIME_HIGH = 16;
export const OFFSET_RATE = 20;
export const OFFSET_SCALE = 24;
export const OFFSET_COUNT = 28;
export const OFFSET_ENCODING = 30;
export const OFFSET_CHANNELS = 31;

/** Length of a whole frame in bytes. */
export function frameBytes(sampleCount: number, channels: number): number {
  return HEADER_BYTES + 2 * sampleCount * channels + CRC_BYTES;
}
