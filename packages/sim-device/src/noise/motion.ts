/**
 * Noise of moving electrodes: a swing with every step or repetition, never twice the same, movement that keeps no time, and
 * sudden shifts from which the electrode's potential creeps back. What a swing looks like and how strong it all is differs
 * from wearing to wearing, because it hangs on where the electrodes sit and how they stick.
 */
import { type Activity, activities, activityProfiles } from '../activity.js';
import { OrnsteinUhlenbeck } from '../processes.js';
import type { Random } from '../random.js';
import { Biquad } from './biquad.js';

/**
 * Harmonics of a cycle of two steps, the left and the right one (or two repetitions): the odd ones are what tells the two
 * apart. Each wearing draws its own around these, with this standard deviation of the logarithm.
 */
const HARMONICS = [0.5, 1, 0.3, 0.6, 0.2, 0.4, 0.12, 0.25];
const HARMONIC_SPREAD = 0.5;
/** Points of the cycle that are tabulated; between them a straight line is drawn. */
const TABLE = 512;
/** How much one step differs from the next in height and duration, standard deviations of the logarithm. */
const HEIGHT_SPREAD = 0.35;
const PACE_SPREAD = 0.05;
/** How much the movement of one wearing is stronger than that of another, and of one activity in it: the same. */
const WEARING_SPREAD = 0.25;
const VIGOUR_SPREAD = 0.15;
/** Movement without time: its memory, the cut-off of what of it comes through (Hz), and how it swells and ebbs. */
const FIDGET_SECONDS = 0.05;
const FIDGET_HERTZ = 22;
const SWELL_SECONDS = 0.7;
const SWELL_SPREAD = 0.4;
/** A shift rises within this time constant, s. */
const RISE_SECONDS = 0.03;

/** How one wearing goes about an activity. */
interface Manner {
  readonly hertz: number;
  readonly stepRms: number;
  readonly fidgetRms: number;
}

export class MotionNoise {
  readonly #random: Random;
  readonly #rate: number;
  readonly #manners: Readonly<Record<Activity, Manner>>;
  /** One cycle of two steps, root mean square 1. */
  readonly #cycle: Float64Array;
  readonly #rise: number;
  readonly #fidget: OrnsteinUhlenbeck;
  readonly #fidgetBand: Biquad;
  readonly #fidgetUnit: number;
  readonly #swell: OrnsteinUhlenbeck;
  #lastSwell = 1;
  /** Phase of the cycle that is going on, 0 … 1, the height of the step in it and of the one before. */
  #phase: number;
  #height = 1;
  #previousHeight = 1;
  #pace = 1;
  /** Electrode potential that decays, and what of it shows. */
  #potential = 0;
  #shown = 0;
  #keep = 0;

  /** @param blockSeconds how long a call of `add` usually is. */
  constructor(random: Random, rate: number, blockSeconds: number) {
    this.#random = random;
    this.#rate = rate;
    this.#manners = drawManners(random.split('manners'));
    this.#cycle = drawCycle(random.split('cycle'));
    this.#rise = 1 - Math.exp(-1 / (rate * RISE_SECONDS));
    this.#fidget = new OrnsteinUhlenbeck(random.split('fidget'), FIDGET_SECONDS, 1 / rate);
    this.#fidgetBand = new Biquad('lowpass', FIDGET_HERTZ, rate);
    this.#fidgetUnit = 1 / lowpassedRms(FIDGET_SECONDS, FIDGET_HERTZ);
    this.#swell = new OrnsteinUhlenbeck(random.split('swell'), SWELL_SECONDS, blockSeconds);
    this.#phase = random.uniform();
  }

  /** Adds the noise of an activity, times `level`. */
  add(out: Float64Array, activity: Activity, level: number): void {
    const { hertz, stepRms, fidgetRms } = this.#manners[activity];
    if (hertz > 0) this.#addSteps(out, hertz, stepRms * level);
    this.#addFidgeting(out, fidgetRms * level);
    const { perSecond, size } = activityProfiles[activity].shifts;
    this.#addShifts(out, perSecond, size * level);
  }

  #addSteps(out: Float64Array, hertz: number, rms: number): void {
    const cycle = this.#cycle;
    for (let i = 0; i < out.length; i++) {
      const before = this.#phase;
      this.#phase += (0.5 * hertz * this.#pace) / this.#rate;
      if (this.#phase >= 1 || (before < 0.5 && this.#phase >= 0.5)) {
        if (this.#phase >= 1) this.#phase -= 1;
        this.#previousHeight = this.#height;
        this.#height = Math.exp(HEIGHT_SPREAD * this.#random.normal());
        this.#pace = Math.exp(PACE_SPREAD * this.#random.normal());
      }
      const place = this.#phase * TABLE;
      const at = Math.floor(place);
      const from = cycle[at]!;
      const swing = from + (place - at) * (cycle[(at + 1) % TABLE]! - from);
      const share = (2 * this.#phase) % 1;
      out[i]! += rms * (this.#previousHeight + share * (this.#height - this.#previousHeight)) * swing;
    }
  }

  #addFidgeting(out: Float64Array, rms: number): void {
    // The mean square of the log-normal factor is 1.
    const swell = Math.exp(SWELL_SPREAD * this.#swell.step() - SWELL_SPREAD ** 2);
    const unit = rms * this.#fidgetUnit;
    for (let i = 0; i < out.length; i++) {
      const factor = this.#lastSwell + ((swell - this.#lastSwell) * i) / out.length;
      out[i]! += unit * factor * this.#fidgetBand.update(this.#fidget.step());
    }
    this.#lastSwell = swell;
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

function drawManners(random: Random): Record<Activity, Manner> {
  const wearing = Math.exp(WEARING_SPREAD * bounded(random));
  const entries = activities.map((activity): [Activity, Manner] => {
    const { cadence, fidgeting } = activityProfiles[activity];
    const own = random.split(activity);
    const hertz = cadence.hertz * Math.exp(cadence.spread * bounded(own));
    const vigour = wearing * Math.exp(VIGOUR_SPREAD * bounded(own));
    // Some electrodes swing with the step, others rub.
    const regular = Math.exp(VIGOUR_SPREAD * bounded(own));
    return [activity, { hertz, stepRms: cadence.rms * vigour * regular, fidgetRms: (fidgeting * vigour) / regular }];
  });
  return Object.fromEntries(entries) as Record<Activity, Manner>;
}

/** A normal deviate within two standard deviations. */
function bounded(random: Random): number {
  return Math.max(-2, Math.min(2, random.normal()));
}

function drawCycle(random: Random): Float64Array {
  const cycle = new Float64Array(TABLE);
  HARMONICS.forEach((typical, k) => {
    const height = typical * Math.exp(HARMONIC_SPREAD * bounded(random));
    const angle = random.uniform(0, 2 * Math.PI);
    for (let i = 0; i < TABLE; i++) cycle[i]! += height * Math.sin((2 * Math.PI * (k + 1) * i) / TABLE + angle);
  });
  const rms = Math.sqrt(cycle.reduce((sum, value) => sum + value * value, 0) / TABLE);
  return cycle.map((value) => value / rms);
}

/** Root mean square of an Ornstein–Uhlenbeck process (variance 1) behind a second-order Butterworth low-pass. */
function lowpassedRms(timeConstant: number, hertz: number): number {
  // ∫ of 4τ/(1+(ωτ)²) · 1/(1+(f/fc)⁴) over f, by the trapezoidal rule far beyond the cut-off.
  const step = hertz / 200;
  let sum = 0;
  for (let f = 0; f < 10 * hertz; f += step) {
    const weight = f === 0 ? 0.5 : 1;
    const power = (4 * timeConstant) / (1 + (2 * Math.PI * f * timeConstant) ** 2);
    sum += (weight * power) / (1 + (f / hertz) ** 4);
  }
  return Math.sqrt(sum * step);
}
