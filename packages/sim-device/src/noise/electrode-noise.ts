/**
 * Everything between the heart and the converter: muscle, movement, baseline wander, contact, mains, the amplifier's own
 * noise. Works in blocks, so that what changes slowly is computed once for each.
 */
import { type Activity, type ActivityProfile, activityProfiles } from '../activity.js';
import { OrnsteinUhlenbeck } from '../processes.js';
import type { Random } from '../random.js';
import { MotionNoise } from './motion.js';
import { MuscleNoise } from './muscle.js';

/** Interference from the mains. */
export interface MainsHum {
  /** 50 or 60 Hz. */
  readonly hertz: number;
  readonly millivolts: number;
}

/** White noise of amplifier and converter, mV root mean square. */
const AMPLIFIER_NOISE = 0.002;
/** Skin and electrode: how the gain varies, and the time constant of drift and gain, s. */
const GAIN_SPREAD = 0.03;
/** How much more muscle the electrodes of one wearing see than those of another: factors up to this, and down to its inverse. */
const MUSCLE_SPREAD = 1.5;
const SLOW_SECONDS = 4;
/** Voltage that settles after the electrodes have touched the skin: height in mV, time constant in s. */
const SETTLING = { millivolts: 1.2, seconds: 0.45 };

export class ElectrodeNoise {
  readonly #random: Random;
  readonly #rate: number;
  readonly #level: number;
  readonly #hum: MainsHum;
  readonly #contact: number;
  readonly #muscle: MuscleNoise;
  readonly #muscleFactor: number;
  readonly #motion: MotionNoise;
  readonly #drift: OrnsteinUhlenbeck;
  readonly #gain: OrnsteinUhlenbeck;
  #lastDrift = 0;
  #lastGain = 1;
  #lastProfile: ActivityProfile | undefined;
  #settling: number;

  /**
   * @param level factor on all of it; 0 is a clean signal.
   * @param settles whether the electrodes touch the skin only now.
   */
  constructor(random: Random, rate: number, blockSeconds: number, level: number, hum: MainsHum, settles: boolean) {
    this.#random = random.split('amplifier');
    this.#rate = rate;
    this.#level = level;
    this.#hum = hum;
    this.#contact = random.logUniform(0.85, 1.15);
    this.#muscle = new MuscleNoise(random.split('muscle'), rate, blockSeconds);
    this.#muscleFactor = random.split('nearby').logUniform(1 / MUSCLE_SPREAD, MUSCLE_SPREAD);
    this.#motion = new MotionNoise(random.split('motion'), rate, blockSeconds);
    this.#drift = new OrnsteinUhlenbeck(random.split('drift'), SLOW_SECONDS, blockSeconds);
    this.#gain = new OrnsteinUhlenbeck(random.split('gain'), SLOW_SECONDS, blockSeconds);
    this.#settling = settles ? SETTLING.millivolts * level * (random.uniform() < 0.5 ? -1 : 1) : 0;
  }

  /** Baseline of a block, mV: breathing and slow drift. */
  baseline(out: Float64Array, activity: Activity, fromBreath: number, toBreath: number): void {
    const { wander } = activityProfiles[activity];
    const drift = this.#drift.step() * wander.drift * this.#level;
    for (let i = 0; i < out.length; i++) {
      const share = i / out.length;
      const breath = Math.sin(fromBreath + share * (toBreath - fromBreath));
      out[i] = this.#level * wander.breathing * breath + this.#lastDrift + share * (drift - this.#lastDrift);
    }
    this.#lastDrift = drift;
  }

  /** Turns the clean signal of a block, mV, into what the converter sees. */
  apply(first: number, out: Float64Array, activity: Activity): void {
    const profile = activityProfiles[activity];
    const from = this.#lastProfile ?? profile;
    this.#lastProfile = profile;
    const level = this.#level;
    const gain = level === 0 ? 1 : this.#contact * Math.exp(GAIN_SPREAD * level * this.#gain.step());
    if (this.#lastGain === 1) this.#lastGain = gain;
    for (let i = 0; i < out.length; i++) out[i]! *= this.#lastGain + ((gain - this.#lastGain) * i) / out.length;
    this.#lastGain = gain;
    this.#addHum(first, out);
    if (level === 0) return;
    const muscle = this.#muscleFactor * level;
    this.#muscle.add(out, from.muscle * muscle, profile.muscle * muscle);
    this.#motion.add(out, activity, level);
    const keep = Math.exp(-1 / (this.#rate * SETTLING.seconds));
    for (let i = 0; i < out.length; i++) {
      this.#settling *= keep;
      out[i]! += this.#settling + level * AMPLIFIER_NOISE * this.#random.normal();
    }
  }

  #addHum(first: number, out: Float64Array): void {
    if (this.#hum.millivolts === 0) return;
    const step = (2 * Math.PI * this.#hum.hertz) / this.#rate;
    for (let i = 0; i < out.length; i++) out[i]! += this.#hum.millivolts * Math.sin(step * (first + i));
  }
}
