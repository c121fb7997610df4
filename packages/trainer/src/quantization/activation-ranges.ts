/** Calibration: which ranges the activations of a float network span on sample windows. */
import {
  type ActivationRange,
  type ActivationRanges,
  ElementHistogram,
  encodeModel,
  type Model,
  quantizedValues,
  type ValueInfo,
  widenedRange,
} from '@edgebeat/graph';
import { type InferenceOptions, WindowSession } from '../inference/window-session.js';
import { RecipeError } from '../recipe-error.js';

export interface CalibrationOptions extends InferenceOptions {
  /**
   * Share of its elements that the range of a tensor holds, with half of the others below and half above it; default 1, all. With
   * less, rare large elements are clipped, and all others get finer steps.
   */
  readonly coverage?: number;
}

/** Windows whose activations are in memory at a time. */
const BATCH = 16;

/**
 * Runs a float network on windows and takes the range of every activation that an int8 graph would hold, but for those whose
 * scale the operator fixes.
 *
 * @param model of one input.
 * @param windows some hundreds of the kind that the network answers, each of the input's shape without the batch.
 * @throws RecipeError for no windows, activations that are not finite, and a coverage that is no share above 0; InferenceError
 * where onnxruntime refuses the model, or windows are of another size; GraphError for a graph that is quantized already.
 */
export async function activationRanges(
  model: Model,
  windows: readonly Float32Array[],
  { coverage = 1, ...options }: CalibrationOptions = {},
): Promise<ActivationRanges> {
  if (windows.length === 0) throw new RecipeError('there are no windows to calibrate on', 'Give some hundreds.');
  if (!(coverage > 0 && coverage <= 1))
    throw new RecipeError(`the coverage is ${coverage}`, 'Give a share above 0 and up to 1.');
  const calibration = await Calibration.open(model, windows, options);
  try {
    const ranges = await calibration.extremes();
    return Object.fromEntries(coverage === 1 ? ranges : await calibration.holding(coverage, ranges));
  } finally {
    await calibration.release();
  }
}

type RangesByName = ReadonlyMap<string, ActivationRange>;

class Calibration {
  readonly #session: WindowSession;
  readonly #windows: readonly Float32Array[];
  /** The input, and the outputs of nodes. */
  readonly #input: string;
  readonly #made: readonly string[];

  private constructor(session: WindowSession, windows: readonly Float32Array[], [input, ...made]: readonly string[]) {
    this.#session = session;
    this.#windows = windows;
    this.#input = input!;
    this.#made = made;
  }

  static async open(model: Model, windows: readonly Float32Array[], options: InferenceOptions): Promise<Calibration> {
    const { graph } = model;
    const values = quantizedValues(graph)
      .activations.filter(({ range, like }) => range === undefined && like === undefined)
      .map(({ value }) => value);
    const outputs = values.slice(1).map((name): ValueInfo => ({ name, dtype: 'float32' }));
    const bytes = encodeModel({ ...model, graph: { ...graph, outputs } });
    const [, ...shape] = graph.inputs[0]?.shape ?? [];
    const file = { name: graph.name, bytes, inputs: graph.inputs };
    const session = await WindowSession.create(file, shape as number[], { batch: BATCH, ...options });
    return new Calibration(session, windows, values);
  }

  async extremes(): Promise<RangesByName> {
    const ranges = new Map<string, ActivationRange>();
    await this.#visit((value, elements) => {
      const range = widenedRange(ranges.get(value) ?? { least: 0, most: 0 }, elements);
      if (range === undefined)
        throw new RecipeError(`"${value}" is not finite`, 'Calibrate a trained network on good windows.');
      ranges.set(value, range);
    });
    return ranges;
  }

  async holding(share: number, extremes: RangesByName): Promise<RangesByName> {
    const histograms = new Map([...extremes].map(([value, range]) => [value, new ElementHistogram(range)]));
    await this.#visit((value, elements) => histograms.get(value)!.add(elements));
    return new Map([...histograms].map(([value, histogram]) => [value, histogram.holding(share)]));
  }

  /** The elements of every value, window by window. */
  async #visit(use: (value: string, elements: Float32Array) => void): Promise<void> {
    for (let first = 0; first < this.#windows.length; first += BATCH) {
      const part = this.#windows.slice(first, first + BATCH);
      for (const window of part) use(this.#input, window);
      const rows = await this.#session.run(part, this.#made);
      for (const value of this.#made) for (const elements of rows[value]!) use(value, elements);
    }
  }

  async release(): Promise<void> {
    await this.#session.release();
  }
}
