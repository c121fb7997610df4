/** Runs a model of one input on many windows, batch by batch, with onnxruntime-node. */
import * as ort from 'onnxruntime-node';
import { asWritten } from './as-written.js';
import { InferenceError } from './inference-error.js';
import type { ModelFile, WindowKind } from './model-file.js';

export interface InferenceOptions {
  /** Threads inside one operator; default 1, so that results and times do not depend on the machine's cores. */
  readonly threads?: number;
  /** Windows per run where the model leaves its batch open; default 64. */
  readonly batch?: number;
  /** What runs the model; onnxruntime-node unless given. Evaluation of an exported file puts another interpreter here. */
  readonly open?: OpenRunner;
}

/** Gives a model's answers to windows. */
export interface WindowRunner {
  /**
   * @param windows each of the shape that the runner was opened for, row by row.
   * @param outputs names of the outputs that are wanted.
   * @returns for every output a flat row per window.
   */
  run<O extends string>(windows: readonly Float32Array[], outputs: readonly O[]): Promise<Record<O, Float32Array[]>>;
  /** Frees its memory. */
  release(): Promise<void>;
}

/** @param shape of one window, without the batch. */
export type OpenRunner = (
  file: SessionFile,
  shape: readonly number[],
  options: InferenceOptions,
) => Promise<WindowRunner>;

/** What a session needs of a model's file. */
export type SessionFile = Pick<ModelFile<WindowKind>, 'name' | 'bytes' | 'inputs'>;

/** Name of the only input, and the batch size where the model fixes it. */
interface WindowInput {
  readonly name: string;
  readonly batch: number | undefined;
}

const DEFAULT_BATCH = 64;

/** A model in onnxruntime. Release it when done. */
export class WindowSession implements WindowRunner {
  private readonly model: string;
  private readonly session: ort.InferenceSession;
  private readonly input: string;
  /** Shape of one window, and how many samples that are. */
  private readonly shape: readonly number[];
  private readonly windowSize: number;
  private readonly batch: number;
  /** Whether the model takes exactly `batch` windows, no fewer. */
  private readonly batchIsFixed: boolean;

  private constructor(
    model: string,
    session: ort.InferenceSession,
    { name, batch }: WindowInput,
    shape: readonly number[],
    options: InferenceOptions,
  ) {
    this.model = model;
    this.session = session;
    this.input = name;
    this.shape = shape;
    this.windowSize = shape.reduce((product, size) => product * size, 1);
    this.batch = batch ?? options.batch ?? DEFAULT_BATCH;
    this.batchIsFixed = batch !== undefined;
  }

  /**
   * @param shape of one window, without the batch: what the model's metadata promise.
   * @throws InferenceError when onnxruntime refuses the model, or its input has another shape.
   */
  static async create(file: SessionFile, shape: readonly number[], options: InferenceOptions): Promise<WindowSession> {
    const input = inputOf(file, shape);
    return new WindowSession(file.name, await createSession(file, options), input, shape, options);
  }

  async run<O extends string>(
    windows: readonly Float32Array[],
    outputs: readonly O[],
  ): Promise<Record<O, Float32Array[]>> {
    const rows = Object.fromEntries(outputs.map((output) => [output, []])) as unknown as Record<O, Float32Array[]>;
    for (let first = 0; first < windows.length; first += this.batch) {
      const part = windows.slice(first, first + this.batch);
      const feeds = { [this.input]: this.tensorOf(part) };
      const results = await this.session.run(feeds, [...outputs]);
      for (const output of outputs) {
        const { data, dims } = results[output]!;
        if (!(data instanceof Float32Array)) {
          throw new InferenceError(`${this.model} gives no float32 ${output}`, 'Cast its output to float32.');
        }
        const length = data.length / dims[0]!;
        for (let i = 0; i < part.length; i++) rows[output].push(data.slice(i * length, (i + 1) * length));
      }
    }
    return rows;
  }

  async release(): Promise<void> {
    await this.session.release();
  }

  private tensorOf(windows: readonly Float32Array[]): ort.Tensor {
    const batch = this.batchIsFixed ? this.batch : windows.length;
    const samples = new Float32Array(batch * this.windowSize);
    windows.forEach((window, index) => {
      if (window.length !== this.windowSize) {
        throw new InferenceError(
          `a window has ${window.length} samples, ${this.model} wants ${this.windowSize}`,
          'Cut windows as edgebeat.window of its metadata says.',
        );
      }
      samples.set(window, index * this.windowSize);
    });
    return new ort.Tensor('float32', samples, [batch, ...this.shape]);
  }
}

async function createSession(
  { name, bytes }: SessionFile,
  { threads = 1 }: InferenceOptions,
): Promise<ort.InferenceSession> {
  try {
    return await ort.InferenceSession.create(bytes, {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
      extra: asWritten,
    });
  } catch (error) {
    throw new InferenceError(
      `onnxruntime does not take ${name}: ${(error as Error).message}`,
      'Look at the node named here; operators of ONNX up to opset 21 are supported.',
    );
  }
}

function inputOf({ name, inputs }: SessionFile, shape: readonly number[]): WindowInput {
  const [input, ...others] = inputs;
  if (input === undefined || others.length > 0) {
    throw new InferenceError(
      `${name} has ${inputs.length} inputs (${inputs.map((one) => one.name).join(', ')})`,
      `The model has to have one input of shape [N, ${shape.join(', ')}].`,
    );
  }
  const [batch, ...rest] = input.shape ?? [];
  if (input.dtype !== 'float32' || rest.join() !== shape.join()) {
    throw new InferenceError(
      `${name} takes ${input.dtype}[${input.shape?.join(', ') ?? '?'}], its metadata promises float32[N, ${shape.join(', ')}]`,
      'Make edgebeat.window and the input agree.',
    );
  }
  return { name: input.name, batch: typeof batch === 'number' ? batch : undefined };
}

/** Opens what the options name. */
export const openRunner: OpenRunner = (file, shape, options) =>
  (options.open ?? WindowSession.create)(file, shape, options);
