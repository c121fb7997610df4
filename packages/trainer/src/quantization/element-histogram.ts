/** How the elements of a tensor spread between the least and the greatest: what shares of them lie within which range. */
import type { ActivationRange } from '@edgebeat/graph';

/** 16 to an int8 code. */
const BINS = 4096;

export class ElementHistogram {
  readonly #least: number;
  readonly #width: number;
  readonly #counts = new Float64Array(BINS);
  #total = 0;

  /** @param range of the elements to come. */
  constructor({ least, most }: ActivationRange) {
    this.#least = least;
    this.#width = (most - least) / BINS;
  }

  add(elements: Float32Array): void {
    this.#total += elements.length;
    // Of equal elements alone, all are in the first bin.
    const binsPerUnit = this.#width > 0 ? 1 / this.#width : 0;
    const [counts, least] = [this.#counts, this.#least];
    for (let i = 0; i < elements.length; i++) {
      counts[Math.min(BINS - 1, Math.floor((elements[i]! - least) * binsPerUnit))]! += 1;
    }
  }

  /**
   * The range that holds a share of the elements, with as many outside on either side at most, and not one bin less.
   *
   * @param share above 0, up to 1.
   */
  holding(share: number): ActivationRange {
    const allowed = ((1 - share) / 2) * this.#total;
    const binsOutside = (counts: Float64Array) => {
      let outside = 0;
      for (const [bin, count] of counts.entries()) {
        outside += count;
        if (outside > allowed) return bin;
      }
      return BINS;
    };
    const below = binsOutside(this.#counts);
    const above = binsOutside(this.#counts.toReversed());
    return { least: this.#least + below * this.#width, most: this.#least + (BINS - above) * this.#width };
  }
}
