/** Signal for watches that are told record by record. */
import type { EcgSource, WatchSettings } from '@edgebeat/sim-device';
import { quantizeMillivolts } from '@edgebeat/wire';

const SCALE_NANOVOLTS = 1000;

/** Of a watch at 250 Hz, in frames of 200 ms. */
export function settings(changes: Partial<WatchSettings> = {}): WatchSettings {
  return {
    ...{
      rateMilliHertz: 250_000,
      scaleNanovolts: SCALE_NANOVOLTS,
      streamId: 9,
      startTimeUs: 1_000_000,
      frameSamples: 50,
    },
    lowestQuality: 0.3,
    ...changes,
  };
}

/** A source to its end, as a converter gives it. */
export function millivoltSteps(source: EcgSource): Int16Array {
  const parts: number[] = [];
  for (let chunk = source.read(1000); chunk !== undefined; chunk = source.read(1000))
    parts.push(...quantizeMillivolts(chunk.samples, SCALE_NANOVOLTS));
  return Int16Array.from(parts);
}

/** Cuts into pieces of 1 to 701 samples by chance; with seed 0 into pieces of 1,000. */
export function split(steps: Int16Array, seed: number): Int16Array[] {
  const parts: Int16Array[] = [];
  let state = seed;
  for (let from = 0; from < steps.length; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const length = seed === 0 ? 1000 : 1 + ((state >>> 8) % 701);
    parts.push(steps.subarray(from, from + length));
    from += length;
  }
  return parts;
}
