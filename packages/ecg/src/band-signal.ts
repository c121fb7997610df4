/** The signal that beats and windows are cut from, of a whole stretch at once: for training and for looking at it. */
import { createEcgBand } from './signal/ecg-band.js';
import { replacementOf } from './signal/replacement.js';
import { Resampler } from './signal/resampler.js';

/**
 * Resamples and filters an unbroken stretch from rest, to the bit as `SignalPath` does.
 *
 * @param samples raw ECG in mV; values that are not finite or beyond ±10 V are replaced by the one before.
 * @param milliHertz their rate in thousandths of a sample per second.
 * @returns 0.5–40 Hz in mV at 250 Hz; sample n stands n / 250 s after the first of `samples`. It ends a few samples before
 * them, as far as the resampler looks ahead.
 * @throws RateError for a rate outside 60–4,000 Hz.
 */
export function bandSignal(samples: ArrayLike<number>, milliHertz: number): Float32Array {
  const resampler = new Resampler(milliHertz);
  const band = createEcgBand();
  const resampled = new Float32Array(resampler.mostOutputs);
  const signal = new Float32Array(Math.ceil((samples.length * 250_000) / milliHertz) + resampler.mostOutputs);
  let length = 0;
  let last = 0;
  for (let i = 0; i < samples.length; i++) {
    last = replacementOf(samples[i], last);
    const outputs = resampler.update(last, resampled);
    for (let k = 0; k < outputs; k++) signal[length++] = band.update(resampled[k]);
  }
  return signal.slice(0, length);
}
