/** Random processes in continuous time, stepped exactly on a grid. All have mean 0 and, where they are noise, variance 1. */
import type { Random } from './random.js';

/** Ornstein–Uhlenbeck: noise with a memory of `timeConstant` seconds. */
export class OrnsteinUhlenbeck {
  readonly #random: Random;
  readonly #keep: number;
  readonly #add: number;
  value: number;

  constructor(random: Random, timeConstant: number, stepSeconds: number) {
    this.#random = random;
    this.#keep = Math.exp(-stepSeconds / timeConstant);
    this.#add = Math.sqrt(1 - this.#keep * this.#keep);
    this.value = random.normal();
  }

  step(): number {
    this.value = this.#keep * this.value + this.#add * this.#random.normal();
    return this.value;
  }
}

/** A narrow band of noise around `hertz`: the real part of a damped rotation that noise keeps going. */
export class NarrowBand {
  readonly #random: Random;
  readonly #cos: number;
  readonly #sin: number;
  readonly #add: number;
  #re: number;
  #im: number;

  /** @param bandwidth standard deviation of the band, Hz. */
  constructor(random: Random, hertz: number, bandwidth: number, stepSeconds: number) {
    const keep = Math.exp(-2 * Math.PI * bandwidth * stepSeconds);
    this.#random = random;
    this.#cos = keep * Math.cos(2 * Math.PI * hertz * stepSeconds);
    this.#sin = keep * Math.sin(2 * Math.PI * hertz * stepSeconds);
    this.#add = Math.sqrt(1 - keep * keep);
    this.#re = random.normal();
    this.#im = random.normal();
  }

  step(): number {
    const re = this.#cos * this.#re - this.#sin * this.#im + this.#add * this.#random.normal();
    this.#im = this.#sin * this.#re + this.#cos * this.#im + this.#add * this.#random.normal();
    this.#re = re;
    return re;
  }
}

/** Something near 1/f between 0.001 and 0.03 Hz: three Ornstein–Uhlenbeck processes, one to each half decade. */
export class SlowDrift {
  readonly #parts: OrnsteinUhlenbeck[];

  constructor(random: Random, stepSeconds: number) {
    this.#parts = [6, 30, 150].map((seconds) => new OrnsteinUhlenbeck(random.split(seconds), seconds, stepSeconds));
  }

  step(): number {
    let sum = 0;
    for (const part of this.#parts) sum += part.step();
    return sum / Math.sqrt(this.#parts.length);
  }
}
