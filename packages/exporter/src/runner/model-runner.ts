/** Runs a model on windows, batch by batch, with onnxruntime-node: any of its values, not only its outputs. */
import { elementCount, encodeModel, inferShapes, type Model, type ValueInfo } from '@edgebeat/graph';
import * as ort from 'onnxruntime-node';
import { ExportError } from '../export-error.js';

/** One window: the elements of the only input, or of every input by name; without the batch. */
export type Window = Float32Array | Readonly<Record<string, Float32Array>>;

export interface RunnerOptions {
  /** Names of the values that are wanted, all of them float32: outputs, inner values, inputs; default the model's outputs. */
  readonly values?: readonly string[];
  /** Windows at a time where the model leaves its batch open; default 16. */
  readonly batch?: number;
  /** Threads inside one operator; default 2. */
  readonly threads?: number;
  /**
   * Whether pairs of QuantizeLinear and DequantizeLinear are computed as they are written, in float32 between them; otherwise
   * onnxruntime makes integer kernels of them, which round elsewhere. Default false.
   */
  readonly asWritten?: boolean;
}

/** What windows `first` … `first + count − 1` gave: every value's elements, window by window. */
export interface BatchResult {
  readonly first: number;
  readonly count: number;
  readonly values: ReadonlyMap<string, Float32Array>;
}

interface InputShape {
  readonly name: string;
  /** Of one window. */
  readonly shape: readonly number[];
  readonly size: number;
}

const DEFAULT_BATCH = 16;
const DEFAULT_THREADS = 2;

/** A model in onnxruntime. Release it when done. */
export class ModelRunner {
  readonly #session: ort.InferenceSession;
  readonly #inputs: readonly InputShape[];
  /** Values that onnxruntime makes; inputs are handed through. */
  readonly #made: readonly string[];
  readonly #values: readonly string[];
  readonly #batch: number;
  readonly #isBatchFixed: boolean;

  private constructor(
    session: ort.InferenceSession,
    model: Model,
    values: readonly string[],
    { batch = DEFAULT_BATCH }: RunnerOptions,
  ) {
    const inputs = inputsOf(model);
    const fixed = inputs.map(({ info }) => info.shape![0]).find((size) => typeof size === 'number');
    this.#session = session;
    this.#inputs = inputs;
    this.#values = values;
    this.#made = values.filter((value) => !inputs.some(({ name }) => name === value));
    this.#batch = (fixed as number | undefined) ?? batch;
    this.#isBatchFixed = fixed !== undefined;
  }

  /**
   * @param model whose inputs are float32, with the batch as their first dimension: symbolic, or a number.
   * @throws ExportError for inputs of other types and shapes, a value that the graph does not make, and a model that onnxruntime
   * refuses.
   */
  static async open(model: Model, options: RunnerOptions = {}): Promise<ModelRunner> {
    const values = options.values ?? model.graph.outputs.map(({ name }) => name);
    const session = await createSession(withOutputs(model, values), options);
    return new ModelRunner(session, model, values, options);
  }

  /**
   * Runs all windows and gives the values batch by batch, so that no more than one batch is in memory.
   *
   * @throws ExportError for a window of another size.
   */
  async *batches(windows: readonly Window[]): AsyncGenerator<BatchResult> {
    for (let first = 0; first < windows.length; first += this.#batch) {
      const part = windows.slice(first, first + this.#batch);
      const fed = new Map(this.#inputs.map((input) => [input.name, this.#elementsOf(input, part, first)]));
      const feeds = Object.fromEntries(
        this.#inputs.map(({ name, shape, size }) => {
          const elements = fed.get(name)!;
          return [name, new ort.Tensor('float32', elements, [elements.length / size, ...shape])];
        }),
      );
      const results = this.#made.length > 0 ? await this.#session.run(feeds, [...this.#made]) : {};
      const rows = this.#isBatchFixed ? this.#batch : part.length;
      const elementsOf = (value: string) => {
        const elements = fed.get(value) ?? (results[value]!.data as Float32Array);
        // A fixed batch is filled up with zeros, whose rows are nobody's.
        return rows === part.length ? elements : elements.subarray(0, (elements.length / rows) * part.length);
      };
      yield { first, count: part.length, values: new Map(this.#values.map((value) => [value, elementsOf(value)])) };
    }
  }

  /** Every value's elements: one row for each window. */
  async run(windows: readonly Window[]): Promise<ReadonlyMap<string, readonly Float32Array[]>> {
    const rows = new Map<string, Float32Array[]>(this.#values.map((value) => [value, []]));
    for await (const { count, values } of this.batches(windows)) {
      for (const [value, elements] of values) {
        const size = elements.length / count;
        for (let i = 0; i < count; i++) rows.get(value)!.push(elements.slice(i * size, (i + 1) * size));
      }
    }
    return rows;
  }

  /** Frees the session's memory. */
  async release(): Promise<void> {
    await this.#session.release();
  }

  #elementsOf({ name, size }: InputShape, windows: readonly Window[], first: number): Float32Array {
    const elements = new Float32Array(size * (this.#isBatchFixed ? this.#batch : windows.length));
    for (const [index, window] of windows.entries()) {
      const row = window instanceof Float32Array ? (this.#inputs.length === 1 ? window : undefined) : window[name];
      if (row?.length !== size) {
        throw new ExportError(
          `window ${first + index}: has ${row?.length ?? 'no'} elements for input "${name}", which takes ${size}`,
          'Cut windows as the model wants them; for a model of several inputs, give their elements by name.',
        );
      }
      elements.set(row, index * size);
    }
    return elements;
  }
}

function inputsOf({ graph }: Model): (InputShape & { info: ValueInfo })[] {
  const constants = new Set(graph.initializers.map(({ name }) => name));
  return graph.inputs
    .filter(({ name }) => !constants.has(name))
    .map((info) => {
      const { name, dtype, shape } = info;
      const rest = shape?.slice(1);
      if (dtype !== 'float32' || !shape?.length || !rest!.every((size): size is number => typeof size === 'number')) {
        throw new ExportError(
          `input "${name}": is ${dtype}[${shape?.join(', ') ?? '?'}]`,
          'Inputs have to be float32, the batch first, all other sizes fixed.',
        );
      }
      return { name, shape: rest as number[], size: elementCount(rest as number[]), info };
    });
}

/** The model with the values wanted as its outputs, whatever it gave before. */
function withOutputs(model: Model, values: readonly string[]): Model {
  const { graph } = model;
  const types = inferShapes(graph);
  const inputs = new Set(graph.inputs.map(({ name }) => name));
  const outputs = values.map((name): ValueInfo => {
    const type = types.get(name);
    if (type?.dtype !== 'float32') {
      throw new ExportError(
        `value "${name}": ${type ? `is ${type.dtype}` : 'is none of the graph'}`,
        'Ask for float32 values that the graph makes.',
      );
    }
    return { name, dtype: 'float32' };
  });
  const made = outputs.filter(({ name }) => !inputs.has(name));
  return { ...model, graph: { ...graph, outputs: made.length > 0 ? made : graph.outputs, valueInfo: [] } };
}

async function createSession(
  model: Model,
  { threads = DEFAULT_THREADS, asWritten = false }: RunnerOptions,
): Promise<ort.InferenceSession> {
  try {
    return await ort.InferenceSession.create(encodeModel(model), {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: 4,
      // Such graphs run a few times: looking for what could be merged takes as long as it saves.
      ...(asWritten && { graphOptimizationLevel: 'disabled', extra: { session: { disable_quant_qdq: '1' } } }),
    });
  } catch (error) {
    throw new ExportError(
      `model "${model.graph.name}": onnxruntime does not take it: ${(error as Error).message}`,
      'Look at the node named here; operators of ONNX up to opset 21 are supported.',
      { cause: error },
    );
  }
}
