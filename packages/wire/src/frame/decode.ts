/** Bytes to frame. */
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

const damagedHint = 'The bytes were damaged or cut on their way; count the frame as corrupt and go on.';
const senderHint = 'The bytes arrived as they were sent: look at the encoder of the sender.';

/**
 * Reads a frame. The checksum is tried before any field is believed, so what is reported beyond `bad-crc` is the sender's
 * doing; damage shows as `too-short`, `bad-magic` or `bad-crc`. Every error of a single bit is found.
 *
 * @param bytes one whole frame and nothing else, at any alignment.
 * @returns a frame that shares no memory with `bytes`.
 * @throws FrameError with one of its codes.
 */
export function decodeFrame(bytes: Uint8Array): Frame {
  const least = frameBytes(1, 1);
  if (bytes.length < least) {
    throw new FrameError('too-short', `${bytes.length} bytes, where the shortest frame has ${least}`, damagedHint);
  }
  if (bytes[0] !== MAGIC_0 || bytes[1] !== MAGIC_1) {
    throw new FrameError('bad-magic', 'does not begin with EB', 'Something else than a frame was sent on this topic.');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const checked = bytes.length - CRC_BYTES;
  if (view.getUint32(checked, true) !== crc32(bytes, checked)) {
    throw new FrameError('bad-crc', `the checksum does not fit the ${bytes.length} bytes`, damagedHint);
  }
  const version = bytes[OFFSET_VERSION];
  if (version !== FRAME_VERSION) {
    throw new FrameError('unsupported-version', `version ${version}`, `This side reads version ${FRAME_VERSION}.`);
  }
  const encoding = bytes[OFFSET_ENCODING];
  if (encoding !== ENCODING_INT16) {
    throw new FrameError('unsupported-encoding', `encoding ${encoding}`, `This side reads ${ENCODING_INT16}, int16.`);
  }
  const count = view.getUint16(OFFSET_COUNT, true);
  const channels = bytes[OFFSET_CHANNELS]!;
  if (count === 0 || channels === 0) {
    throw new FrameError('bad-field', `${count} samples of ${channels} channels`, senderHint);
  }
  if (bytes.length !== frameBytes(count, channels)) {
    const problem = `${bytes.length} bytes, where ${count} samples of ${channels} channels take ${frameBytes(count, channels)}`;
    throw new FrameError('length-mismatch', problem, senderHint);
  }
  const firstSampleTimeUs = view.getUint32(OFFSET_TIME_HIGH, true) * 2 ** 32 + view.getUint32(OFFSET_TIME_LOW, true);
  if (!Number.isSafeInteger(firstSampleTimeUs)) {
    throw new FrameError('bad-field', 'first-sample time beyond 2⁵³ µs, the year 2255', senderHint);
  }
  const rateMilliHertz = view.getUint32(OFFSET_RATE, true);
  const scaleNanovolts = view.getUint32(OFFSET_SCALE, true);
  if (rateMilliHertz === 0) throw new FrameError('bad-field', 'rate is 0', senderHint);
  if (scaleNanovolts === 0) throw new FrameError('bad-field', 'scale is 0', senderHint);

  const samples = new Int16Array(count * channels);
  for (let i = 0; i < samples.length; i++) samples[i] = view.getInt16(HEADER_BYTES + 2 * i, true);
  return {
    flags: bytes[OFFSET_FLAGS]!,
    streamId: view.getUint32(OFFSET_STREAM_ID, true),
    sequence: view.getUint32(OFFSET_SEQUENCE, true),
    firstSampleTimeUs,
    rateMilliHertz,
    scaleNanovolts,
    channels,
    samples,
  };
}
