/** Which augmentations a recipe wants, how often and how strongly: plain JSON. */
import { RecipeError } from '../recipe-error.js';
import type { BaselineWanderOptions } from './baseline-wander.js';
import type { BeatShapeOptions } from './beat-shape.js';
import type { BlendOptions } from './blend.js';
import type { CutoutOptions } from './cutout.js';
import type { GainOptions } from './gain.js';
import type { JitterOptions } from './jitter.js';
import type { MuscleNoiseOptions } from './muscle-noise.js';
import type { Range } from './range.js';
import type { RecordedNoiseOptions } from './recorded-noise.js';
import type { TimeWarpOptions } from './time-warp.js';

/** How often something is done to a window: 0 (never) to 1 (always). */
export interface Chance {
  readonly probability: number;
}

/** What is absent is never done. What is there is done in this order, each by its own chance. */
export interface AugmentationOptions {
  readonly jitter?: JitterOptions & Chance;
  readonly timeWarp?: TimeWarpOptions & Chance;
  readonly baselineWander?: BaselineWanderOptions & Chance;
  /** `noises` names the recordings to take it from, all unless told otherwise. */
  readonly recordedNoise?: RecordedNoiseOptions & Chance & { readonly noises?: readonly string[] };
  readonly muscleNoise?: MuscleNoiseOptions & Chance;
  readonly gain?: GainOptions & Chance;
  readonly cutout?: CutoutOptions & Chance;
}

type Checks = { readonly [K in keyof AugmentationOptions]-?: (options: NonNullable<AugmentationOptions[K]>) => void };

const decibels: Range = [-60, 100];
const nyquist = 125;
/** Of factors. */
const positive: Range = [1e-6, 1e6];

const checks: Checks = {
  jitter: ({ samples }) => requireRange('jitter.samples', [samples, samples], [0, 1e6], true),
  timeWarp: ({ factor }) => requireRange('timeWarp.factor', [factor, factor], [0, 0.5]),
  baselineWander: ({ amplitude, frequencies }) => {
    requireRange('baselineWander.amplitude', amplitude, [0, 1e3]);
    if (frequencies) requireRange('baselineWander.frequencies', frequencies, [0, nyquist]);
  },
  recordedNoise: ({ snr }) => requireRange('recordedNoise.snr', snr, decibels),
  muscleNoise: ({ snr, band }) => {
    requireRange('muscleNoise.snr', snr, decibels);
    if (band) requireRange('muscleNoise.band', band, [0.01, nyquist - 0.01]);
  },
  gain: ({ range, flip = 0 }) => {
    requireRange('gain.range', range, positive);
    requireRange('gain.flip', [flip, flip], [0, 1]);
  },
  cutout: ({ length }) => requireRange('cutout.length', length, [1, 1e6], true),
};

/** @throws RecipeError for an augmentation that there is not, and for values that make no sense. */
export function requireAugmentation(options: AugmentationOptions): void {
  for (const [name, chosen] of Object.entries(options)) {
    const check = checks[name as keyof AugmentationOptions] as ((chosen: unknown) => void) | undefined;
    if (check === undefined)
      throw new RecipeError(`there is no augmentation "${name}"`, `There are ${Object.keys(checks).join(', ')}.`);
    if (chosen === undefined) continue;
    const { probability } = chosen as Chance;
    requireRange(`${name}.probability`, [probability, probability], [0, 1]);
    check(chosen);
  }
}

/** @throws RecipeError for altered P and T waves of values that make no sense. */
export function requireBeatShape({ probability, before, after, stretch }: BeatShapeOptions & Chance): void {
  requireRange('beatShape.probability', [probability, probability], [0, 1]);
  requireRange('beatShape.before', before, positive);
  requireRange('beatShape.after', after, positive);
  requireRange('beatShape.stretch', [stretch, stretch], [0, 0.5]);
}

/** @throws RecipeError for blended persons of values that make no sense. */
export function requireBlend({ probability, share }: BlendOptions & Chance): void {
  requireRange('blend.probability', [probability, probability], [0, 1]);
  requireRange('blend.share', share, [0, 1]);
}

function requireRange(setting: string, range: Range, [least, most]: Range, whole = false): void {
  const [low, high] = Array.isArray(range) ? range : [Number.NaN, Number.NaN];
  if (low >= least && high <= most && low <= high && (!whole || (Number.isInteger(low) && Number.isInteger(high))))
    return;
  throw new RecipeError(
    `${setting} is ${low === high ? low : JSON.stringify(range)}`,
    `Give ${whole ? 'whole numbers' : 'values'} from ${least} to ${most}, of a range [lowest, highest].`,
  );
}
