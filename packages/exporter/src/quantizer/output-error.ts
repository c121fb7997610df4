/** How far the outputs of an int8 graph are from those of the float network, on the same windows. */
import { type Model, readMetadata } from '@edgebeat/graph';
import { ModelRunner, type RunnerOptions, type Window } from '../runner/model-runner.js';

export interface OutputError {
  readonly output: string;
  /** Signal to quantization noise over all windows, in dB; at most 200. */
  readonly sqnr: number;
  /** Mean cosine of float and int8 output. */
  readonly cosine: number;
  /** Of an output of classes: share of windows whose largest element is the same. */
  readonly agreement?: number;
}

export interface QuantizationError {
  /** Mean over the outputs, in dB. */
  readonly sqnr: number;
  /**
   * The worst output's: 1 − mean cosine; of one of classes also the share of windows whose class is another one, one window aside,
   * which may be a toss-up.
   */
  readonly error: number;
  readonly outputs: readonly OutputError[];
}

type Rows = ReadonlyMap<string, readonly Float32Array[]>;

/** Gain in SQNR from which on a change is worth it, in dB. */
export const WORTHWHILE_GAIN = 0.1;

/** SQNR of outputs that are all but equal. */
const MOST_SQNR = 200;

/** Compares int8 graphs with one float network. */
export class OutputJudge {
  readonly #windows: readonly Window[];
  readonly #reference: Rows;
  /** Outputs whose largest element is an answer. */
  readonly #classes: ReadonlySet<string>;
  readonly #options: RunnerOptions;

  private constructor(
    windows: readonly Window[],
    reference: Rows,
    classes: ReadonlySet<string>,
    options: RunnerOptions,
  ) {
    this.#windows = windows;
    this.#reference = reference;
    this.#classes = classes;
    this.#options = options;
  }

  /** @param model float32; outputs of classes are those that its metadata name, and `logits`. */
  static async create(model: Model, windows: readonly Window[], options: RunnerOptions): Promise<OutputJudge> {
    const classes = new Set(['logits', ...Object.keys(readMetadata(model.metadata).classes ?? {})]);
    return new OutputJudge(windows, await outputsOf(model, windows, options), classes, options);
  }

  /** The pairs of the graph are computed as they are written. */
  async measure(quantized: Model): Promise<QuantizationError> {
    const rows = await outputsOf(quantized, this.#windows, { ...this.#options, asWritten: true });
    const outputs = [...this.#reference].map(([output, reference]) =>
      this.#compare(output, reference, rows.get(output)!),
    );
    const tossUp = 1 / this.#windows.length;
    const errors = outputs.map(({ cosine, agreement = 1 }) => Math.max(1 - cosine, 1 - agreement - tossUp));
    return { sqnr: mean(outputs.map(({ sqnr }) => sqnr)), error: Math.max(...errors), outputs };
  }

  #compare(output: string, reference: readonly Float32Array[], rows: readonly Float32Array[]): OutputError {
    let [signal, noise, agreeing] = [0, 0, 0];
    const cosines = reference.map((wanted, index) => {
      const given = rows[index]!;
      const [its, others, product, difference] = sums(wanted, given);
      signal += its;
      noise += difference;
      agreeing += Number(indexOfLargest(wanted) === indexOfLargest(given));
      return its === 0 && others === 0 ? 1 : product / Math.sqrt(its * others || 1);
    });
    const decibels = noise === 0 ? MOST_SQNR : 10 * Math.log10(signal / noise);
    return {
      output,
      sqnr: Math.max(-MOST_SQNR, Math.min(MOST_SQNR, decibels)),
      cosine: mean(cosines),
      ...(this.#classes.has(output) && { agreement: agreeing / reference.length }),
    };
  }
}

async function outputsOf(model: Model, windows: readonly Window[], options: RunnerOptions): Promise<Rows> {
  const runner = await ModelRunner.open(model, options);
  try {
    return await runner.run(windows);
  } finally {
    await runner.release();
  }
}

/** Σ a², Σ b², Σ a·b and Σ (a − b)². */
function sums(a: Float32Array, b: Float32Array): [number, number, number, number] {
  let [ofA, ofB, products, differences] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ofA += a[i]! ** 2;
    ofB += b[i]! ** 2;
    products += a[i]! * b[i]!;
    differences += (a[i]! - b[i]!) ** 2;
  }
  return [ofA, ofB, products, differences];
}

function indexOfLargest(elements: Float32Array): number {
  return elements.reduce((largest, element, index) => (element > elements[largest]! ? index : largest), 0);
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}
