/** A second-order Butterworth section in double precision, for shaping noise. */

export class Biquad {
  readonly #b0: number;
  readonly #b1: number;
  readonly #b2: number;
  readonly #a1: number;
  readonly #a2: number;
  #s1 = 0;
  #s2 = 0;

  /** @param hertz cut-off, below half the rate. Bilinear transform, pre-warped. */
  constructor(kind: 'lowpass' | 'highpass', hertz: number, rate: number) {
    const k = Math.tan((Math.PI * hertz) / rate);
    const scale = 1 / (1 + Math.SQRT2 * k + k * k);
    const b = kind === 'lowpass' ? k * k : 1;
    this.#b0 = b * scale;
    this.#b1 = (kind === 'lowpass' ? 2 : -2) * this.#b0;
    this.#b2 = this.#b0;
    this.#a1 = 2 * (k * k - 1) * scale;
    this.#a2 = (1 - Math.SQRT2 * k + k * k) * scale;
  }

  update(x: number): number {
    const y = this.#b0 * x + this.#s1;
    this.#s1 = this.#b1 * x - this.#a1 * y + this.#s2;
    this.#s2 = this.#b2 * x - this.#a2 * y;
    return y;
  }
}
