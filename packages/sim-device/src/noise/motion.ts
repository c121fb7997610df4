/**
 * Noise of moving electrodes: a swing with every step or repetition, never twice the same, and sudden shifts from which the
 * electrode's potential creeps back.
 */
import type { ActivityProfile } from '../activity.js';
import type { Random } from '../random.js';

const HARMONICS = [1, 0.6, 0.35, 0.2];
/** How much one step differs from the next in height and duration, standard deviations of the logarithm. */
const HEIGHT_SPREAD = 0.35;
const PACE_SPREAD = 0.04;
/** A shift rises within this time constant, s. */
const RISE_SECONDS = 0.03;

export class MotionNoise {
  readonly #random: Random;
  readonly #rate: number;
  readonly #angles: number[];
  readonly #rise: number;
  /** Phase of the step that is going on, 0 … 1, its height and the height of the one before. */
  #phase: number;
  #height = 1;
  #previousHeight = 1;
  #pace = 1;
  /** Electrode potential that decays, and what of it shows. */
  #potential = 0;
  #shown = 0;
  #keep = 0;

  constructor(random: Random, rate: number) {
    this.#random = random;
    this.#rate = rate;
    this.#angles = HARMONICS.map(() => random.uniform(0, 2 * Math.PI));
    this.#rise = 1 - Math.exp(-1 / (rate * RISE_SECONDS));
    this.#phase = random.uniform();
  }

  /** Adds the noise of an activity, times `level`. */
  add(out: Float64Array, profile: ActivityProfile, level: number): void {
    if (profile.cadence.hertz > 0) this.#addSteps(out, profile.cadence.hertz, profile.cadence.rms * level);
    this.#addShifts(out, profile.shifts.perSecond, profile.shifts.size * level);
  }

  #addSteps(out: Float64Array, hertz: number, rms: number): void {
    const unit = rms / Math.sqrt(HARMONICS.reduce((sum, h) => sum + (h * h) / 2, 0));
    for (let i = 0; i < out.length; i++) {
      this.#phase += (hertz * this.#pace) / this.#rate;
      if (this.#phase >= 1) {
        this.#phase -= 1;
        this.#previousHeight = this.#height;
        this.#height = Math.exp(HEIGHT_SPREAD * this.#random.normal());
        this.#pace = Math.exp(PACE_SPREAD * this.#random.normal());
      }
      let swing = 0;
      for (let k = 0; k < HARMONICS.length; k++) {
        swing += HARMONICS[k]! * Math.sin(2 * Math.PI * (k + 1) * this.#phase + this.#angles[k]!);
      }
      const height = this.#previousHeight + this.#phase * (this.#height - this.#previousHeight);
      out[i]! += unit * height * swing;
    }
  }

  #addShifts(out: Float64Array, perSecond: number, size: number): void {
    const random = this.#random;
    const chance = perSecond / this.#rate;
    for (let i = 0; i < out.length; i++) {
      if (random.uniform() < chance) {
        const sign = random.uniform() < 0.5 ? -1 : 1;
        this.#potential += sign * size * random.logUniform(0.4, 2.5);
        this.#keep = Math.exp(-1 / (this.#rate * random.logUniform(0.1, 0.7)));
      }
      this.#potential *= this.#keep;
      this.#shown += this.#rise * (this.#potential - this.#shown);
      out[i]! += this.#shown;
    }
  }
}
