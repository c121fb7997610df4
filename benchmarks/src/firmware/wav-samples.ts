/** Mono 16-bit PCM in a WAV file, as Hexoskin shirts give their ECG. */
import { BenchError } from '../bench-error.js';

/**
 * @param bytes a RIFF file.
 * @returns its samples, and their rate in Hz.
 * @throws BenchError for anything but one channel of 16-bit PCM.
 */
export function readWav(bytes: Uint8Array, path: string): { rate: number; samples: Int16Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const name = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  const unreadable = new BenchError(`${path} is no mono 16-bit PCM`, 'take a WAV file of a Hexoskin record');
  if (bytes.length < 12 || name(0) !== 'RIFF' || name(8) !== 'WAVE') throw unreadable;
  let rate = 0;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const length = view.getUint32(at + 4, true);
    const from = at + 8;
    if (from + length > bytes.length) break;
    if (name(at) === 'fmt ' && length >= 16) {
      if (view.getUint16(from, true) !== 1 || view.getUint16(from + 2, true) !== 1) throw unreadable;
      if (view.getUint16(from + 14, true) !== 16) throw unreadable;
      rate = view.getUint32(from + 4, true);
    } else if (name(at) === 'data' && rate > 0) {
      const samples = Int16Array.from({ length: length >> 1 }, (_, i) => view.getInt16(from + 2 * i, true));
      return { rate, samples };
    }
    at = from + length + (length & 1);
  }
  throw unreadable;
}
