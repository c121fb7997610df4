/** How far approximate numbers are from the true ones, gathered over any number of arrays. */

/** The most, and the least, that is told of a ratio; what is exact has it, and float32 has no more than 150 dB itself. */
export const MOST_DECIBELS = 200;

export interface ErrorFigures {
  /** Signal-to-quantization-noise ratio: 10 · log10(Σ true² / Σ (true − approximate)²), dB, within ± 200. */
  readonly sqnr: number;
  /** Of all true and all approximate numbers as two vectors; 1 where both are zero. */
  readonly cosine: number;
  /** Largest absolute difference. */
  readonly maxError: number;
}

export class ErrorStatistics {
  #signal = 0;
  #approximate = 0;
  #product = 0;
  #noise = 0;
  #maxError = 0;

  /** Both of the same length. */
  add(truth: Float32Array, approximation: Float32Array): void {
    let [signal, approximate, product, noise, maxError] = [0, 0, 0, 0, 0];
    for (let i = 0; i < truth.length; i++) {
      const [a, b] = [truth[i]!, approximation[i]!];
      const error = Math.abs(a - b);
      signal += a * a;
      approximate += b * b;
      product += a * b;
      noise += error * error;
      if (error > maxError) maxError = error;
    }
    this.#signal += signal;
    this.#approximate += approximate;
    this.#product += product;
    this.#noise += noise;
    this.#maxError = Math.max(this.#maxError, maxError);
  }

  figures(): ErrorFigures {
    const ratio = this.#noise === 0 ? Number.POSITIVE_INFINITY : this.#signal / this.#noise;
    const sqnr = Math.min(MOST_DECIBELS, Math.max(-MOST_DECIBELS, 10 * Math.log10(ratio)));
    const length = Math.sqrt(this.#signal * this.#approximate);
    const cosine = length === 0 ? (this.#noise === 0 ? 1 : 0) : this.#product / length;
    return { sqnr, cosine, maxError: this.#maxError };
  }
}
