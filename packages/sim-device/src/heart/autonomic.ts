/**
 * The control of the heart: mean rate, breathing and the variability of the RR interval. As McSharry et al. (2003) have
 * it, the spectrum of RR has a band of Mayer waves at 0.1 Hz and one of respiratory sinus arrhythmia at the rate of
 * breathing; here both are streams without end rather than one inverse Fourier transform, and a slow drift like 1/f is
 * added.
 */
import { type Activity, activityProfiles } from '../activity.js';
import { NarrowBand, OrnsteinUhlenbeck, SlowDrift } from '../processes.js';
import type { Random } from '../random.js';
import type { Person } from './person.js';

/** The processes move on a grid of 4 Hz, whatever the sampling rate, so that a heart beats the same at every rate. */
const STEP = 0.25;
/** Grid points that are remembered: 16 s. */
const MEMORY = 64;

const RISE_SECONDS = 18;
const FALL_SECONDS = 40;
/** Shortest RR interval, s. */
const SHORTEST_RR = 0.32;

export class Autonomic {
  readonly #person: Person;
  readonly #activityAt: (seconds: number) => Activity;
  readonly #mayer: NarrowBand;
  readonly #drift: SlowDrift;
  readonly #breathJitter: OrnsteinUhlenbeck;
  readonly #origin: number;
  readonly #rr = new Float64Array(MEMORY);
  readonly #breathPhase = new Float64Array(MEMORY);
  #heartRate: number;
  /** Standard deviations of ln RR by band, gliding from activity to activity. */
  #spread: { mayer: number; breathing: number; drift: number };
  #phase: number;
  #steps = 0;

  /**
   * @param activityAt what the wearer does at a time, s; asked for times that never fall.
   * @param origin time at which the watch was put on, s.
   */
  constructor(person: Person, random: Random, activityAt: (seconds: number) => Activity, origin: number) {
    this.#person = person;
    this.#activityAt = activityAt;
    this.#origin = origin;
    this.#mayer = new NarrowBand(random.split('mayer'), random.uniform(0.085, 0.115), 0.01, STEP);
    this.#drift = new SlowDrift(random.split('drift'), STEP);
    this.#breathJitter = new OrnsteinUhlenbeck(random.split('breath'), 10, STEP);
    this.#phase = random.uniform(0, 2 * Math.PI);
    const activity = activityAt(origin);
    this.#heartRate = this.#settledHeartRate(activity);
    this.#spread = activityProfiles[activity].variability;
    this.#step();
  }

  /** The RR interval that begins with a beat at a time, s. The time may lie up to 16 s back. */
  rrAt(seconds: number): number {
    return this.#interpolate(this.#rr, seconds);
  }

  /** Phase of breathing, radians; the lungs are fullest where its sine is 1. The time may lie up to 16 s back. */
  breathPhaseAt(seconds: number): number {
    return this.#interpolate(this.#breathPhase, seconds);
  }

  #interpolate(series: Float64Array, seconds: number): number {
    const place = (seconds - this.#origin) / STEP;
    const before = Math.floor(place);
    while (this.#steps <= before + 1) this.#step();
    const from = series[before % MEMORY]!;
    return from + (place - before) * (series[(before + 1) % MEMORY]! - from);
  }

  #step(): void {
    const activity = this.#activityAt(this.#origin + this.#steps * STEP);
    const { variability, breathsPerMinute } = activityProfiles[activity];
    const target = this.#settledHeartRate(activity);
    const timeConstant = target > this.#heartRate ? RISE_SECONDS : FALL_SECONDS;
    const pull = 1 - Math.exp(-STEP / timeConstant);
    this.#heartRate += pull * (target - this.#heartRate);
    const { mayer, breathing, drift } = this.#spread;
    this.#spread = {
      mayer: mayer + pull * (variability.mayer - mayer),
      breathing: breathing + pull * (variability.breathing - breathing),
      drift: drift + pull * (variability.drift - drift),
    };
    const hertz = (breathsPerMinute / 60) * this.#person.breathing * (1 + 0.12 * this.#breathJitter.step());
    this.#phase += 2 * Math.PI * Math.max(0.05, hertz) * STEP;

    // The heart quickens while the lungs fill.
    const arrhythmia = -Math.SQRT2 * Math.sin(this.#phase);
    const deviation =
      this.#spread.mayer * this.#mayer.step() +
      this.#spread.breathing * arrhythmia +
      this.#spread.drift * this.#drift.step();
    const rr = (60 / this.#heartRate) * Math.exp(this.#person.variability * deviation);
    this.#rr[this.#steps % MEMORY] = Math.max(SHORTEST_RR, rr);
    this.#breathPhase[this.#steps % MEMORY] = this.#phase;
    this.#steps++;
  }

  #settledHeartRate(activity: Activity): number {
    const { restingHeartRate, maximalHeartRate, strain } = this.#person;
    const effort = Math.min(0.95, activityProfiles[activity].effort * strain);
    return restingHeartRate + effort * (maximalHeartRate - restingHeartRate);
  }
}
