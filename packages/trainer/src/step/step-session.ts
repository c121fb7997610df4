/** Runs a training step on onnxruntime, and holds the state between steps. */
import { encodeModel, type Model, type Tensor, tensor, type ValueInfo } from '@edgebeat/graph';
import * as ort from 'onnxruntime-node';
import { asWritten } from '../inference/as-written.js';
import { adamWScalars } from './adamw.js';
import { figureOutput, lossOutput } from './loss-graph.js';
import { inverseOf, permuted } from './permutation.js';
import { TrainingError } from './training-error.js';
import { GRADIENT_NORM, LOSS_WEIGHTS, nextOutput, type TrainingStep } from './training-step.js';

/** One batch by input names: `float32` data as Float32Array, `int64` data as BigInt64Array, rows one after the other. */
export type Batch = Readonly<Record<string, Float32Array | BigInt64Array>>;

/** State tensors by name. */
export type TrainingState = ReadonlyMap<string, Float32Array>;

export interface StepResult {
  /** By name, before the weights. */
  readonly losses: Readonly<Record<string, number>>;
  readonly figures: Readonly<Record<string, number>>;
  /** Joint norm of the gradients before clipping. */
  readonly gradientNorm: number;
}

export interface StepSessionOptions {
  /** Threads inside one operator; default 2. The same count on the same processor type gives the same bits. */
  readonly threads?: number;
  /** Prefix of a file into which onnxruntime writes how long every node took; none unless given. */
  readonly profilePrefix?: string;
}

/** A training step ready to run. Release it when done. */
export class StepSession {
  readonly step: TrainingStep;
  readonly #session: ort.InferenceSession;
  readonly #inputs: ReadonlyMap<string, ValueInfo>;
  readonly #outputs: readonly string[];
  #state: Record<string, ort.Tensor> = {};

  private constructor(step: TrainingStep, session: ort.InferenceSession) {
    this.step = step;
    this.#session = session;
    this.#inputs = new Map(step.model.graph.inputs.map((input) => [input.name, input]));
    this.#outputs = session.outputNames;
    this.load(new Map(step.initialState.map(({ name, data }) => [name, data as Float32Array])));
  }

  /**
   * @throws TrainingError where onnxruntime does not take the graph.
   */
  static async create(
    step: TrainingStep,
    { threads = 2, profilePrefix }: StepSessionOptions = {},
  ): Promise<StepSession> {
    try {
      const session = await ort.InferenceSession.create(encodeModel(step.model), {
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        executionMode: 'sequential',
        graphOptimizationLevel: 'all',
        logSeverityLevel: 3,
        extra: asWritten,
        ...(profilePrefix === undefined ? {} : { enableProfiling: true, profileFilePrefix: profilePrefix }),
      });
      return new StepSession(step, session);
    } catch (error) {
      throw new TrainingError(
        `onnxruntime does not take the training step: ${(error as Error).message}`,
        'Write its model to a file and look at the node named here.',
      );
    }
  }

  /**
   * One step.
   *
   * @param number of the step, from 1 on.
   * @throws TrainingError for a batch that lacks an input or has one of a wrong size or type, and when loss or gradient are no
   * longer finite: then the state is still that before the step.
   */
  async run(batch: Batch, learningRate: number, number: number): Promise<StepResult> {
    const feeds: Record<string, ort.Tensor> = { ...this.#state };
    for (const name of this.step.batchInputs) feeds[name] = this.#batchTensor(name, batch[name]);
    const scalars = adamWScalars(learningRate, number, this.step.adamW);
    for (const [name, value] of Object.entries(scalars)) {
      feeds[name] = new ort.Tensor('float32', Float32Array.of(value), []);
    }
    const fetched = await this.#session.run(feeds, this.#outputs);
    const scalar = (name: string) => (fetched[name]!.data as Float32Array)[0]!;
    const gradientNorm = scalar(GRADIENT_NORM);
    const losses = Object.fromEntries(this.step.losses.map((name) => [name, scalar(lossOutput(name))]));
    const broken = Object.entries(losses).find(([, value]) => !Number.isFinite(value));
    if (broken || !Number.isFinite(gradientNorm)) {
      throw new TrainingError(
        broken
          ? `the loss "${broken[0]}" is ${broken[1]} at step ${number}`
          : `the gradient is ${gradientNorm} at step ${number}`,
        'Lower the learning rate, clip the gradients, or look for values that are not finite in the data.',
      );
    }
    const next: Record<string, ort.Tensor> = {};
    for (const name of Object.keys(this.#state)) next[name] = fetched[nextOutput(name)] as ort.Tensor;
    this.#state = next;
    return {
      losses,
      figures: Object.fromEntries(this.step.figures.map((name) => [name, scalar(figureOutput(name))])),
      gradientNorm,
    };
  }

  /** The weights of the losses, in the order of `step.losses`; undefined where they are fixed. */
  get lossWeights(): readonly number[] | undefined {
    const weights = this.#state[LOSS_WEIGHTS];
    return weights && [...(weights.data as Float32Array)];
  }

  /** A copy of the state as it is now. */
  state(): Map<string, Float32Array> {
    const { permutations } = this.step;
    return new Map(
      Object.entries(this.#state).map(([name, { data, dims }]) => {
        const permutation = permutations.get(name);
        const values = data as Float32Array;
        return [name, permutation ? permuted(values, dims, inverseOf(permutation)) : values.slice()];
      }),
    );
  }

  /**
   * Goes on from a state.
   *
   * @throws TrainingError where it does not belong to this step.
   */
  load(state: TrainingState): void {
    this.#state = Object.fromEntries(
      this.step.initialState.map(({ name, shape, data }) => {
        const values = state.get(name);
        if (values?.length !== data.length) {
          throw new TrainingError(
            `the state has ${values ? `${values.length} values` : 'nothing'} for "${name}", the step wants ${data.length}`,
            'Resume with the model and options that the training began with.',
          );
        }
        const permutation = this.step.permutations.get(name);
        if (!permutation) return [name, new ort.Tensor('float32', values.slice(), shape)];
        const dims = permutation.map((axis) => shape[axis]!);
        return [name, new ort.Tensor('float32', permuted(values, shape, permutation), dims)];
      }),
    );
  }

  async release(): Promise<void> {
    await this.#session.release();
  }

  /** Ends profiling and writes its file. */
  endProfiling(): void {
    this.#session.endProfiling();
  }

  #batchTensor(name: string, data: Float32Array | BigInt64Array | undefined): ort.Tensor {
    const { dtype, shape: declared } = this.#inputs.get(name)!;
    const shape = declared as readonly number[];
    const wanted = shape.reduce((product, size) => product * size, 1);
    const isOfType = dtype === 'int64' ? data instanceof BigInt64Array : data instanceof Float32Array;
    if (data?.length !== wanted || !isOfType) {
      throw new TrainingError(
        `the batch has ${data ? `${data.length} values in a ${data.constructor.name}` : 'nothing'} for "${name}"`,
        `It is ${dtype}[${shape.join(', ')}]: ${wanted} values.`,
      );
    }
    return data instanceof Float32Array ? new ort.Tensor('float32', data, shape) : new ort.Tensor('int64', data, shape);
  }
}

/** A model with its parameters and statistics replaced by those of a state. */
export function withState(model: Model, state: TrainingState): Model {
  const initializers = model.graph.initializers.map((initializer): Tensor => {
    const values = state.get(initializer.name);
    return values ? tensor(initializer.name, 'float32', initializer.shape, values.slice()) : initializer;
  });
  return { ...model, graph: { ...model.graph, initializers } };
}
