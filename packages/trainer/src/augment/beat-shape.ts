/** Another day's beat: P and T wave lower or higher, earlier or later, the QRS complex as it was. */
import type { RandomGenerator } from '../random/random-generator.js';
import type { Range } from './range.js';

export interface BeatShapeOptions {
  /** Factor on what precedes the QRS complex (P wave), uniform in the logarithm. */
  readonly before: Range;
  /** Factor on what follows it (ST segment, T wave). */
  readonly after: Range;
  /** What follows is stretched or shortened in time by at most this share, 0 to 0.5: QT depends on the heart rate. */
  readonly stretch: number;
}

/** How a beat is altered; the beats of a window share one. */
export interface BeatShape {
  readonly before: number;
  readonly after: number;
  /** Time after the QRS complex runs so much slower. */
  readonly stretch: number;
}

/** Samples at 250 Hz from the R peak to the begin and to the end of what is left alone: −60 … 72 ms. */
const QRS_BEGIN = -15;
const QRS_END = 18;
/** Samples over which a factor comes into effect. */
const FADE = 10;

/** @returns a shape by chance. */
export function drawBeatShape(generator: RandomGenerator, options: BeatShapeOptions): BeatShape {
  return {
    before: generator.logUniform(...options.before),
    after: generator.logUniform(...options.after),
    stretch: 1 + generator.uniform(-options.stretch, options.stretch),
  };
}

/**
 * Alters one beat. Factors are about the level of the PQ segment, just before the QRS complex.
 *
 * @param beat mV at 250 Hz; changed in place. @param rPeak index of the R peak in it.
 */
export function alterBeat(beat: Float32Array, rPeak: number, { before, after, stretch }: BeatShape): void {
  const source = beat.slice();
  const [begin, end] = [rPeak + QRS_BEGIN, rPeak + QRS_END];
  const level = source[Math.max(0, begin)]!;
  const last = beat.length - 1;
  for (let i = 0; i < begin; i++) {
    const share = Math.min(1, (begin - i) / FADE);
    beat[i] = level + (source[i]! - level) * (1 + share * (before - 1));
  }
  for (let i = end + 1; i <= last; i++) {
    const at = Math.min(last, end + (i - end) / stretch);
    const left = Math.floor(at);
    const value = source[left]! + (at - left) * (source[Math.min(last, left + 1)]! - source[left]!);
    const share = Math.min(1, (i - end) / FADE);
    beat[i] = level + (value - level) * (1 + share * (after - 1));
  }
}
