/** Windows as other days would have given them: cut out of the signal and altered by chance. */
import type { RandomGenerator } from '../random/random-generator.js';
import { RecipeError } from '../recipe-error.js';
import { type AugmentationOptions, type Chance, requireAugmentation } from './augmentation-options.js';
import { addBaselineWander } from './baseline-wander.js';
import { applyCutout } from './cutout.js';
import { applyGain } from './gain.js';
import { jitterStart } from './jitter.js';
import { addMuscleNoise } from './muscle-noise.js';
import { powerOf } from './power.js';
import { addRecordedNoise } from './recorded-noise.js';
import { TimeWarp } from './time-warp.js';

/** Draws augmented windows. Has no state of its own: all chance comes from the generator given. */
export class WindowAugmenter {
  readonly #options: AugmentationOptions;
  readonly #noises: readonly Float32Array[];

  /**
   * @param noises recordings by name, in the band and at the rate of the signal (`loadNoise`); needed for `recordedNoise`.
   * @throws RecipeError for options that make no sense, and noises that are not there.
   */
  constructor(options: AugmentationOptions, noises: Readonly<Record<string, readonly Float32Array[]>> = {}) {
    requireAugmentation(options);
    this.#options = options;
    this.#noises = options.recordedNoise ? chooseNoises(options.recordedNoise.noises, noises) : [];
  }

  /**
   * Cuts one window, or several rows of a window (beats), out of a stretch. The rows share one course of time, one gain and
   * one noise that runs on from row to row, as they would in a recording; each has a jitter of its own.
   *
   * Nothing is invented: where the stretch ends too near, shifts stay inside it and the warp is made weaker.
   *
   * @param stretch unbroken signal in mV, 250 Hz, 0.5–40 Hz; not changed.
   * @param start first sample of the window in the stretch, or of each of its rows.
   * @param length samples of a row.
   * @param out receives the rows one after the other, not normalised; a part of a batch, for example.
   * @returns `out`.
   * @throws RecipeError where a row does not lie inside the stretch, or `out` is of another size.
   */
  draw(
    stretch: Float32Array,
    start: number | readonly number[],
    length: number,
    generator: RandomGenerator,
    out: Float32Array = new Float32Array((typeof start === 'number' ? 1 : start.length) * length),
  ): Float32Array {
    const starts = typeof start === 'number' ? [start] : start;
    requireInside(stretch, starts, length, out);
    const { jitter, timeWarp } = this.#options;
    const moved = happens(jitter, generator)
      ? starts.map((first) => jitterStart(first, length, stretch.length, generator, jitter))
      : starts;
    const span = Math.max(...moved) + length - Math.min(...moved);
    const warp = happens(timeWarp, generator) ? TimeWarp.draw(span, generator, timeWarp) : TimeWarp.none;
    const cut = cutOf(stretch, moved, length, warp);
    // A single row is its span.
    const window = starts.length === 1 ? out : new Float32Array(cut.length);
    if (cut.warp === TimeWarp.none) window.set(stretch.subarray(cut.first, cut.first + cut.length));
    else cut.warp.resample(stretch, cut.centre, cut.first - cut.centre, window);
    this.#disturb(window, generator);
    if (window !== out) {
      for (const [row, at] of cut.rows.entries()) out.set(window.subarray(at, at + length), row * length);
    }
    return out;
  }

  #disturb(window: Float32Array, generator: RandomGenerator): void {
    const { baselineWander, recordedNoise, muscleNoise, gain, cutout } = this.#options;
    // Every noise is measured against the clean signal, not against the noises before it.
    const power = powerOf(window);
    if (happens(baselineWander, generator)) addBaselineWander(window, generator, baselineWander, power);
    if (happens(recordedNoise, generator)) addRecordedNoise(window, generator, recordedNoise, this.#noises, power);
    if (happens(muscleNoise, generator)) addMuscleNoise(window, generator, muscleNoise, power);
    if (happens(gain, generator)) applyGain(window, generator, gain);
    if (happens(cutout, generator)) applyCutout(window, generator, cutout);
  }
}

/** Where the rows of a window come to stand in the warped signal. */
interface Cut {
  readonly warp: TimeWarp;
  /** What the warp leaves in its place, a position in the stretch. */
  readonly centre: number;
  /** First sample and number of samples of the warped signal; `first` is where it would be in the stretch without warp. */
  readonly first: number;
  readonly length: number;
  /** First sample of each row, from `first` on. */
  readonly rows: readonly number[];
}

/** The middle of a row (an R peak, for beats) stays its middle, to the sample. */
function cutOf(stretch: Float32Array, starts: readonly number[], length: number, warp: TimeWarp): Cut {
  const half = (length - 1) / 2;
  const centre = (Math.min(...starts) + Math.max(...starts)) / 2 + half;
  const source = (index: number) => centre + warp.source(index - centre);
  const rows = starts.map((start) => {
    // On the grid of the stretch, so that without warp the samples are its own.
    return warp === TimeWarp.none ? start : Math.round(centre + warp.place(start + half - centre) - half);
  });
  const first = Math.min(...rows);
  const last = Math.max(...rows) + length;
  if (warp !== TimeWarp.none && (source(first) < 0 || source(last - 1) > stretch.length - 1)) {
    const weaker = warp.weakened(0.5);
    return cutOf(stretch, starts, length, weaker.isNegligible ? TimeWarp.none : weaker);
  }
  return { warp, centre, first, length: last - first, rows: rows.map((row) => row - first) };
}

/** Whether an augmentation that is wanted takes place this time. */
function happens<O extends Chance>(options: O | undefined, generator: RandomGenerator): options is O {
  return options !== undefined && generator.uniform() < options.probability;
}

function chooseNoises(
  names: readonly string[] | undefined,
  noises: Readonly<Record<string, readonly Float32Array[]>>,
): Float32Array[] {
  const chosen = (names ?? Object.keys(noises)).map((name) => {
    const recordings = noises[name];
    if (recordings !== undefined && recordings.length > 0) return recordings;
    const known = Object.keys(noises).join(', ');
    throw new RecipeError(
      `there is no noise "${name}"`,
      known ? `There are ${known}.` : 'Load the recordings of nstdb.',
    );
  });
  if (chosen.length === 0)
    throw new RecipeError(
      'recorded noise is wanted and none is there',
      'Load the recordings of nstdb, or leave it out.',
    );
  return chosen.flat();
}

function requireInside(stretch: Float32Array, starts: readonly number[], length: number, out: Float32Array): void {
  for (const start of starts) {
    if (Number.isInteger(start) && start >= 0 && start + length <= stretch.length) continue;
    throw new RecipeError(
      `a window of ${length} samples from ${start} on does not lie in a stretch of ${stretch.length}`,
      'Draw only windows that the stretch holds.',
    );
  }
  if (starts.length === 0 || out.length !== starts.length * length)
    throw new RecipeError(
      `${starts.length} rows of ${length} samples do not make the ${out.length} of the batch's part`,
      'Give a part as long as its rows together.',
    );
}
