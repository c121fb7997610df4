/** How an activation uses its codes: which of them occur, and how much of it they cannot reach. */
import type { ActivationPair } from './activation-pairs.js';

const CODES = 256;
/** Of the histogram. */
export const CODE_BINS = 32;
const [LEAST_CODE, MOST_CODE] = [-128, 127];

export interface CodeUseFigures {
  /** Share of elements that are beyond the last code, by more than half a step. */
  readonly saturated: number;
  /** How many of the 256 codes occur. */
  readonly used: number;
  /** Share of elements in each eighth code, from −128 on: 32 numbers. */
  readonly histogram: readonly number[];
}

export class CodeUse {
  readonly #scale: number;
  readonly #zeroPoint: number;
  readonly #counts = new Float64Array(CODES);
  #elements = 0;
  #saturated = 0;

  constructor({ scale, zeroPoint }: Pick<ActivationPair, 'scale' | 'zeroPoint'>) {
    this.#scale = scale;
    this.#zeroPoint = zeroPoint;
  }

  /** @param elements as the float network has them. */
  add(elements: Float32Array): void {
    for (let i = 0; i < elements.length; i++) {
      const position = elements[i]! / this.#scale + this.#zeroPoint;
      const code = Math.min(MOST_CODE, Math.max(LEAST_CODE, Math.round(position)));
      this.#counts[code - LEAST_CODE]! += 1;
      if (Math.abs(position - code) > 0.5) this.#saturated++;
    }
    this.#elements += elements.length;
  }

  figures(): CodeUseFigures {
    const width = CODES / CODE_BINS;
    const share = (count: number) => (this.#elements === 0 ? 0 : count / this.#elements);
    return {
      saturated: share(this.#saturated),
      used: this.#counts.filter((count) => count > 0).length,
      histogram: Array.from({ length: CODE_BINS }, (_, bin) =>
        share(this.#counts.subarray(bin * width, (bin + 1) * width).reduce((sum, count) => sum + count, 0)),
      ),
    };
  }
}
