/** Muscle noise: white noise in the band of the surface electromyogram, swelling and ebbing as muscles tense. */
import { OrnsteinUhlenbeck } from '../processes.js';
import type { Random } from '../random.js';
import { Biquad } from './biquad.js';

const LOW_HERTZ = 20;
const HIGH_HERTZ = 150;
/** A watch that samples too slowly for the upper edge has none: everything up to half its rate is muscle. */
const HIGHEST_EDGE = 0.42;
/** Tension changes within a quarter of a second or so, by a factor of e^±0.5. */
const TENSION_SECONDS = 0.25;
const TENSION_SPREAD = 0.5;

export class MuscleNoise {
  readonly #random: Random;
  readonly #sections: Biquad[];
  readonly #unit: number;
  readonly #tension: OrnsteinUhlenbeck;
  #swell = 1;

  /** @param blockSeconds how long a call of `add` usually is. */
  constructor(random: Random, rate: number, blockSeconds: number) {
    this.#random = random;
    this.#sections = sections(rate);
    this.#unit = 1 / rootMeanSquareGain(sections(rate), rate);
    this.#tension = new OrnsteinUhlenbeck(random.split('tension'), TENSION_SECONDS, blockSeconds);
  }

  /** Adds noise whose root mean square glides from one level to another, mV. */
  add(out: Float64Array, fromRms: number, toRms: number): void {
    // The mean square of the log-normal factor is 1.
    const swell = Math.exp(TENSION_SPREAD * this.#tension.step() - TENSION_SPREAD ** 2);
    const from = fromRms * this.#swell * this.#unit;
    const to = toRms * swell * this.#unit;
    this.#swell = swell;
    for (let i = 0; i < out.length; i++) {
      let value = this.#random.normal();
      for (const section of this.#sections) value = section.update(value);
      out[i]! += value * (from + ((to - from) * i) / out.length);
    }
  }
}

function sections(rate: number): Biquad[] {
  const highpass = new Biquad('highpass', LOW_HERTZ, rate);
  return HIGH_HERTZ < HIGHEST_EDGE * rate ? [highpass, new Biquad('lowpass', HIGH_HERTZ, rate)] : [highpass];
}

/** Root mean square of what the sections make of unit white noise: the norm of their impulse response. */
function rootMeanSquareGain(chain: readonly Biquad[], rate: number): number {
  let energy = 0;
  for (let i = 0; i < rate; i++) {
    let value = i === 0 ? 1 : 0;
    for (const section of chain) value = section.update(value);
    energy += value * value;
  }
  return Math.sqrt(energy);
}
