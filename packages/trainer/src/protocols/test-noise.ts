/** Noise on the test side of a protocol: what there is, how it is written, and windows with it. */
import { type NoiseName, noiseNames } from '../augment/load-noise.js';
import { RandomGenerator } from '../random/random-generator.js';
import { addNormalNoise } from './normal-noise.js';
import { ProtocolError } from './protocol-error.js';
import { loadRecordedNoise, windowsInNoise } from './recorded-noise.js';
import { type WindowReader, windowsOf } from './window-part.js';

/**
 * `gauss`: independent normal deviates on every sample of the normalised beats, `deviation` as a fraction of the range of the beat:
 * N(0, 0.1) on beats scaled to 0 … 1, and as much for models that want another scale. Otherwise a recording of the MIT-BIH Noise
 * Stress Test Database (baseline wander, electrode motion, muscle artefact), added to the raw signal before anything looks at it;
 * `snr` in decibels as `nst` has it, the QRS complexes against the noise by seconds.
 */
export type TestNoise =
  | { readonly kind: 'gauss'; readonly deviation: number }
  | { readonly kind: NoiseName; readonly snr: number };

const decimalNumber = /^-?(?:\d+\.?\d*|\.\d+)$/;

/**
 * Reads `gauss:0.1`, `em:6`.
 *
 * @throws ProtocolError for anything else.
 */
export function parseTestNoise(text: string): TestNoise {
  const [kind, number, ...rest] = text.split(':');
  const value = number !== undefined && decimalNumber.test(number) ? Number(number) : Number.NaN;
  if (rest.length === 0 && kind === 'gauss' && value > 0) return { kind, deviation: value };
  const recorded = noiseNames.find((name) => name === kind);
  if (rest.length === 0 && recorded !== undefined && Number.isFinite(value)) return { kind: recorded, snr: value };
  throw new ProtocolError(
    `"${text}" names no noise`,
    `gauss:0.1 is N(0, 0.1) on normalised beats; ${noiseNames.map((name) => `${name}:6`).join(', ')} are recorded noise at 6 dB.`,
  );
}

/** The inverse of {@link parseTestNoise}. */
export function formatTestNoise(noise: TestNoise): string {
  return `${noise.kind}:${noise.kind === 'gauss' ? noise.deviation : noise.snr}`;
}

/**
 * Reads windows with noise in them. It depends on the seed, its kind and the record alone: not on what was read before, nor on how
 * strong it is.
 *
 * @param noise none where it is undefined.
 * @param dataDir folder that holds the noise recordings, where they are needed.
 * @throws DataSetError when they are not there.
 */
export async function noisyWindowReader(
  noise: TestNoise | undefined,
  dataDir: string,
  seed: number,
): Promise<WindowReader> {
  if (noise === undefined) return windowsOf;
  const generator = new RandomGenerator(seed).fork(noise.kind);
  if (noise.kind === 'gauss') {
    return async (part, metadata) => {
      const windows = await windowsOf(part, metadata);
      addNormalNoise(windows, noise.deviation, generator.fork(part.record.id));
      return windows;
    };
  }
  const recorded = await loadRecordedNoise(dataDir, noise.kind);
  return (part, metadata) =>
    windowsInNoise(part, metadata, { recorded, snr: noise.snr, generator: generator.fork(part.record.id) });
}
