/** How the elements of a tensor spread between the least and the greatest, and which range of them int8 codes had best span. */
import { type ActivationRange, int8Parameters } from './activation-range.js';

/** 16 to an int8 code. */
const BINS = 4096;

/** Ends that the search for the least error tries on either side, between 0 and the extreme. */
const STEPS = 64;

/** Searches of one end while the other stays. */
const ROUNDS = 2;

export class ElementHistogram {
  readonly #range: ActivationRange;
  readonly #width: number;
  readonly #counts = new Float64Array(BINS);
  #total = 0;

  /** @param range of the elements to come. */
  constructor(range: ActivationRange) {
    this.#range = range;
    this.#width = (range.most - range.least) / BINS;
  }

  add(elements: Float32Array): void {
    this.#total += elements.length;
    // Of equal elements alone, all are in the first bin.
    const binsPerUnit = this.#width > 0 ? 1 / this.#width : 0;
    const counts = this.#counts;
    const { least } = this.#range;
    for (let i = 0; i < elements.length; i++) {
      // Cut off, not below 0: half the time of floor and min.
      const bin = ((elements[i]! - least) * binsPerUnit) | 0;
      counts[bin < BINS ? bin : BINS - 1]! += 1;
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
    const { least } = this.#range;
    return { least: least + below * this.#width, most: least + (BINS - above) * this.#width };
  }

  /**
   * The range whose int8 codes have the least squared error: wider, and all steps are coarser; narrower, and more is clipped. Both
   * ends are drawn in by 64ths, one after the other, twice.
   */
  ofLeastError(): ActivationRange {
    let best = this.#range;
    let error = this.#errorOf(best);
    const tryRange = (range: ActivationRange) => {
      const its = this.#errorOf(range);
      if (its < error) [best, error] = [range, its];
    };
    for (let round = 0; round < ROUNDS; round++) {
      for (let step = 1; step < STEPS; step++) tryRange({ ...best, most: (this.#range.most * step) / STEPS });
      // Where nothing is negative there is nothing to draw in.
      if (this.#range.least === 0) break;
      for (let step = 0; step < STEPS; step++) tryRange({ ...best, least: (this.#range.least * step) / STEPS });
    }
    return best;
  }

  /** Sum of squared errors of the elements, each taken for the middle of its bin. */
  #errorOf(range: ActivationRange): number {
    if (range.least >= range.most) return Number.POSITIVE_INFINITY;
    const { scale, zeroPoint } = int8Parameters(range);
    const [low, high] = [-128 - zeroPoint, 127 - zeroPoint];
    const [counts, width] = [this.#counts, this.#width];
    let sum = 0;
    for (let bin = 0; bin < BINS; bin++) {
      const count = counts[bin]!;
      if (count === 0) continue;
      const element = this.#range.least + (bin + 0.5) * width;
      const code = Math.min(high, Math.max(low, Math.round(element / scale)));
      sum += count * (element - scale * code) ** 2;
    }
    return sum;
  }
}
