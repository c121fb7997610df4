/** A heart that beats a little faster or slower than it did, and not evenly so. */
import type { RandomGenerator } from '../random/random-generator.js';

export interface TimeWarpOptions {
  /** Time runs at most this much faster or slower at any place: 0.03 for 3 %; 0 to 0.5. */
  readonly factor: number;
}

/**
 * A smooth map from places in a window to places in the stretch that it is taken from, both in samples from the window's
 * centre, which stays where it is. Speed is constant but for one slow wave of up to one and a half periods in the window.
 */
export class TimeWarp {
  readonly #slope: number;
  readonly #wave: number;
  readonly #angle: number;
  readonly #phase: number;
  readonly #strength: number;

  private constructor(slope: number, wave: number, angle: number, phase: number, strength: number) {
    this.#slope = slope;
    this.#wave = wave;
    this.#angle = angle;
    this.#phase = phase;
    this.#strength = strength;
  }

  /** Leaves everything where it is. */
  static readonly none = new TimeWarp(0, 0, 1, 0, 0);

  /** @param length samples of the window. */
  static draw(length: number, generator: RandomGenerator, { factor }: TimeWarpOptions): TimeWarp {
    const slope = generator.uniform(-factor, factor);
    // Slope and wave together never exceed the factor.
    const wave = generator.uniform(-1, 1) * (factor - Math.abs(slope));
    const angle = (2 * Math.PI * generator.uniform(0.5, 1.5)) / length;
    return new TimeWarp(slope, wave, angle, generator.uniform(0, 2 * Math.PI), 1);
  }

  /** The same warp, weaker. @param share 0 … 1. */
  weakened(share: number): TimeWarp {
    return new TimeWarp(this.#slope, this.#wave, this.#angle, this.#phase, this.#strength * share);
  }

  /** Whether it moves nothing by more than a thousandth of the distance. */
  get isNegligible(): boolean {
    return this.#strength * (Math.abs(this.#slope) + Math.abs(this.#wave)) < 1e-3;
  }

  /** @returns the place in the stretch of a place in the window. */
  source(place: number): number {
    const waved = (Math.sin(this.#angle * place + this.#phase) - Math.sin(this.#phase)) / this.#angle;
    return place + this.#strength * (this.#slope * place + this.#wave * waved);
  }

  /** @returns the place in the window of a place in the stretch: the inverse of `source`, to a thousandth of a sample. */
  place(source: number): number {
    // The distance shrinks by the factor with every round.
    let place = source;
    for (let round = 0; round < 40; round++) {
      const missing = source - this.source(place);
      place += missing;
      if (Math.abs(missing) < 1e-3) break;
    }
    return place;
  }

  /**
   * Takes a window out of a stretch by cubic interpolation (Catmull and Rom), which loses 2 % of the amplitude at 40 Hz and
   * less than 0.1 % below 15 Hz. A place outside the stretch gets its nearest sample.
   *
   * @param centre of the window in the stretch, in samples. @param first place of `out[0]`, in samples from the centre.
   */
  resample(stretch: Float32Array, centre: number, first: number, out: Float32Array): void {
    const last = stretch.length - 1;
    const scale = (this.#strength * this.#wave) / this.#angle;
    const cosine = Math.cos(this.#angle);
    const sine = Math.sin(this.#angle);
    // A pointer turned from sample to sample gives the sine of `source`.
    let x = Math.cos(this.#angle * first + this.#phase);
    let y = Math.sin(this.#angle * first + this.#phase);
    const slope = 1 + this.#strength * this.#slope;
    const offset = centre - scale * Math.sin(this.#phase);
    for (let i = 0; i < out.length; i++) {
      const position = Math.max(0, Math.min(last, offset + slope * (first + i) + scale * y));
      const turned = x * cosine - y * sine;
      y = x * sine + y * cosine;
      x = turned;
      const below = Math.min(Math.floor(position), Math.max(0, last - 1));
      const t = position - below;
      const p1 = stretch[below]!;
      const p2 = stretch[Math.min(last, below + 1)]!;
      // Beyond its ends the stretch is taken to go on straight.
      const p0 = below > 0 ? stretch[below - 1]! : 2 * p1 - p2;
      const p3 = below + 2 <= last ? stretch[below + 2]! : 2 * p2 - p1;
      const bend = 2 * p0 - 5 * p1 + 4 * p2 - p3;
      out[i] = p1 + 0.5 * t * (p2 - p0 + t * (bend + t * (3 * (p1 - p2) + p3 - p0)));
    }
  }
}
