/** The signal that beats and windows are cut from: 0.5–40 Hz at 250 Hz, as the streaming signal path makes it. */
import { SignalPath, StateError } from '@edgebeat/ecg';

/**
 * 32-bit words at the end of a saved path with activity windows, behind the samples held: their number; eight waiting peaks and
 * their number; sixteen qualities and their number; the last peak, valid and resampled sample; the position.
 */
const WORDS_BEHIND = 1 + 8 + 1 + 16 + 1 + 3 + 1;

/**
 * Filters an unbroken stretch from rest.
 *
 * A path that waits for an activity window longer than the stretch holds all of the filtered signal, and its saved state gives
 * it out: every sample has gone through the very code that serves, and none was rounded once more.
 *
 * @param samples mV. @param milliHertz their rate in thousandths of a sample per second.
 * @returns mV; sample n stands n / 250 s after the first of `samples`. It ends a few samples before them, as far as the
 * resampler could look ahead.
 * @throws RateError for a rate outside 60–4,000 Hz.
 */
export function bandSignal(samples: Float32Array, milliHertz: number): Float32Array {
  const length = Math.ceil((samples.length * 250_000) / milliHertz) + 1;
  const path = new SignalPath({ milliHertz, activity: { length, hop: length } }, {});
  path.updateAll(samples);
  const state = path.save();
  const words = new DataView(state.buffer, state.byteOffset, state.byteLength);
  const held = state.byteLength - 4 * WORDS_BEHIND;
  const first = held - 4 * length;
  if (first < 0 || words.getInt32(held, true) !== path.position) {
    throw new StateError('the saved signal path does not hold the filtered signal where it is expected');
  }
  return Float32Array.from({ length: path.position }, (_, i) => words.getFloat32(first + 4 * i, true));
}
