/** Frame to bytes. */
import { crc32 } from './crc32.js';
import type { Frame } from './frame.js';
import { FrameError } from './frame-error.js';
import {
  CRC_BYTES,
  ENCODING_INT16,
  FRAME_VERSION,
  frameBytes,
  HEADER_BYTES,
  MAGIC_0,
  MAGIC_1,
  OFFSET_CHANNELS,
  OFFSET_COUNT,
  OFFSET_ENCODING,
  OFFSET_FLAGS,
  OFFSET_RATE,
  OFFSET_SCALE,
  OFFSET_SEQUENCE,
  OFFSET_STREAM_ID,
  OFFSET_TIME_HIGH,
  OFFSET_TIME_LOW,
  OFFSET_VERSION,
} from './layout.js';

/**
 * Writes a frame in the layout of `layout.ts`.
 *
 * @returns `32 + 2·count·channels + 4` new bytes.
 * @throws FrameError `bad-field`, naming the field, for a value outside its range.
 */
export function encodeFrame(frame: Frame): Uint8Array {
  const { samples, channels } = frame;
  requireInteger('flags', frame.flags, 0, 0xff);
  requireInteger('streamId', frame.streamId, 0, 0xffffffff);
  requireInteger('sequence', frame.sequence, 0, 0xffffffff);
  requireInteger('firstSampleTimeUs', frame.firstSampleTimeUs, 0, Number.MAX_SAFE_INTEGER);
  requireInteger('rateMilliHertz', frame.rateMilliHertz, 1, 0xffffffff);
  requireInteger('scaleNanovolts', frame.scaleNanovolts, 1, 0xffffffff);
  requireInteger('channels', channels, 1, 0xff);
  const count = samples.length / channels;
  requireInteger('number of samples of each channel', count, 1, 0xffff);

  const bytes = new Uint8Array(frameBytes(count, channels));
  const view = new DataView(bytes.buffer);
  bytes[0] = MAGIC_0;
  bytes[1] = MAGIC_1;
  bytes[OFFSET_VERSION] = FRAME_VERSION;
  bytes[OFFSET_FLAGS] = frame.flags;
  view.setUint32(OFFSET_STREAM_ID, frame.streamId, true);
  view.setUint32(OFFSET_SEQUENCE, frame.sequence, true);
  view.setUint32(OFFSET_TIME_LOW, frame.firstSampleTimeUs % 2 ** 32, true);
  view.setUint32(OFFSET_TIME_HIGH, Math.floor(frame.firstSampleTimeUs / 2 ** 32), true);
  view.setUint32(OFFSET_RATE, frame.rateMilliHertz, true);
  view.setUint32(OFFSET_SCALE, frame.scaleNanovolts, true);
  view.setUint16(OFFSET_COUNT, count, true);
  bytes[OFFSET_ENCODING] = ENCODING_INT16;
  bytes[OFFSET_CHANNELS] = channels;
  for (let i = 0; i < samples.length; i++) view.setInt16(HEADER_BYTES + 2 * i, samples[i]!, true);
  const checked = bytes.length - CRC_BYTES;
  view.setUint32(checked, crc32(bytes, checked), true);
  return bytes;
}

function requireInteger(field: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new FrameError('bad-field', `${field} is ${value}`, `It must be an integer from ${least} to ${most}.`);
}
