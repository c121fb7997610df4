/** The training step as one ONNX graph: forward, backward, clipping, AdamW, running statistics, weights of the losses. */
import { type Graph, type Model, type Tensor, tensor, type Value } from '@edgebeat/graph';
import { backward, type Seed } from '../autodiff/backward.js';
import { Tape } from '../autodiff/tape.js';
import { ChannelsLast } from '../lowering/channels-last.js';
import { AdamW, type AdamWOptions, adamWInputNames } from './adamw.js';
import { type GradNormOptions, nextTaskWeights } from './grad-norm.js';
import { clippingFactor, globalNorm } from './gradient-clipping.js';
import { type LossGraph, lossOutput } from './loss-graph.js';
import { trainablesOf } from './trainable.js';
import { TrainingError } from './training-error.js';

export interface TrainingStepOptions {
  readonly adamW?: AdamWOptions;
  /** Largest joint norm of the gradients; none unless given. */
  readonly clipNorm?: number;
  /** Weights of the losses by name, 1 unless given; with GradNorm, those to begin with. */
  readonly lossWeights?: Readonly<Record<string, number>>;
  /** Balances the losses while training; without it the weights are fixed. */
  readonly gradNorm?: GradNormOptions;
  /** Share of the old value in a running statistic after one step; default 0.9. */
  readonly momentum?: number;
  /** BatchNormalization keeps to its running statistics, and they stay as they are; default false. */
  readonly keepsStatistics?: boolean;
  /** Initializers that are not trained. */
  readonly isFrozen?: (name: string) => boolean;
}

export interface TrainingStep {
  /**
   * Inputs: a batch, the scalars of AdamW, and the state; outputs: `loss/NAME`, `figure/NAME`, `gradient_norm`, and for every
   * state tensor `next/NAME`.
   */
  readonly model: Model;
  /** State tensors as they are before the first step, by name: parameters, statistics, moments, weights of the losses. */
  readonly initialState: readonly Tensor[];
  /** Orders of dimensions in which the graph takes and gives state tensors where they are others than above, by name. */
  readonly permutations: ReadonlyMap<string, readonly number[]>;
  /** Names of the inputs that make up a batch. */
  readonly batchInputs: readonly string[];
  readonly losses: readonly string[];
  readonly figures: readonly string[];
  readonly batch: number;
  readonly adamW: AdamWOptions;
}

export const GRADIENT_NORM = 'gradient_norm';
/** State tensor with the weights of the losses, in the order of `TrainingStep.losses`. */
export const LOSS_WEIGHTS = 'loss_weights';

/** Name of the output that carries a state tensor after the step. */
export function nextOutput(name: string): string {
  return `next/${name}`;
}

/** Names of the moments of a parameter. */
export function momentNames(parameter: string): { readonly first: string; readonly second: string } {
  return { first: `adamw/first/${parameter}`, second: `adamw/second/${parameter}` };
}

/**
 * Differentiates a model with its losses into a training step.
 *
 * @throws AutodiffError for an operator without a gradient; TrainingError for a parameter that no loss depends on, for a model
 * without any, and for losses that options name and that are not there.
 */
export function trainingStep(source: LossGraph, options: TrainingStepOptions = {}): TrainingStep {
  return new StepBuilder(source, options).build();
}

class StepBuilder {
  readonly #source: LossGraph;
  readonly #options: TrainingStepOptions;
  readonly #tape: Tape;
  readonly #parameters: readonly Tensor[];
  readonly #statistics: readonly Tensor[];
  readonly #state: Tensor[] = [];
  readonly #permutations = new Map<string, readonly number[]>();

  constructor(source: LossGraph, options: TrainingStepOptions) {
    const { graph } = source.model;
    const { isFrozen = () => false, keepsStatistics = false } = options;
    const { parameters, statistics } = trainablesOf(graph, (name) => !source.trainable.has(name) || isFrozen(name));
    if (parameters.length === 0)
      throw new TrainingError('the model has nothing to train', 'Freeze less of it, or give it float32 weights.');
    this.#source = source;
    this.#options = options;
    this.#parameters = parameters;
    this.#statistics = keepsStatistics ? [] : statistics;
    const asInputs = new Set([...parameters, ...this.#statistics].map(({ name }) => name));
    this.#tape = new Tape(graph, {
      asInputs,
      training: true,
      keepsStatistics,
      lowering: (tape, source) => new ChannelsLast(tape, source),
    });
  }

  build(): TrainingStep {
    const { g } = this.#tape;
    const { losses, figures, batch, model } = this.#source;
    for (const output of model.graph.outputs) g.output(output.name, this.#tape.value(output.name));
    const gradients = this.#gradients(this.#lossWeights());
    this.#optimize(gradients);
    this.#updateStatistics();
    return {
      model: g.build(),
      initialState: this.#state,
      permutations: this.#permutations,
      batchInputs: inputNames(model.graph),
      losses,
      figures,
      batch,
      adamW: this.#options.adamW ?? {},
    };
  }

  /** The weights of the losses as scalars; with GradNorm they are state, and their update is added. */
  #lossWeights(): Value[] {
    const { g } = this.#tape;
    const { losses } = this.#source;
    const { gradNorm, lossWeights = {} } = this.#options;
    const unknown = Object.keys(lossWeights).find((name) => !losses.includes(name));
    if (unknown) throw new TrainingError(`there is no loss "${unknown}"`, `The losses are ${losses.join(', ')}.`);
    const initial = losses.map((name) => lossWeights[name] ?? 1);
    if (!gradNorm) return initial.map((weight) => g.float32(weight));
    const sum = initial.reduce((total, weight) => total + weight, 0);
    const scaled = initial.map((weight) => (weight * losses.length) / sum);
    const state = this.#addState(tensor(LOSS_WEIGHTS, 'float32', [losses.length], scaled));
    const weights = losses.map((_, index) =>
      g.reshape(g.slice(state, g.int64([index]), g.int64([index + 1])), g.int64([])),
    );
    const shared = this.#tape.value(gradNorm.sharedParameter);
    const tasks = losses.map((name, index) => {
      const loss = this.#tape.value(lossOutput(name));
      const initialLoss = gradNorm.initialLosses[name];
      const [gradient] = backward(this.#tape, [{ value: loss, gradient: g.float32(1) }], [shared]);
      const refuse = (hint: string): never => {
        throw new TrainingError(`GradNorm cannot weigh the loss "${name}"`, hint);
      };
      if (initialLoss === undefined) return refuse('Say what it is before training.');
      if (!(initialLoss > 0)) return refuse(`It is ${initialLoss} before training: give a number above 0.`);
      if (!gradient)
        return refuse(`It does not depend on ${gradNorm.sharedParameter}: name a layer that all losses share.`);
      return { loss, initialLoss, weight: weights[index]!, norm: g.reduceL2(gradient, { keepdims: false }) };
    });
    g.output(nextOutput(LOSS_WEIGHTS), nextTaskWeights(g, tasks, gradNorm));
    return weights;
  }

  #gradients(weights: readonly Value[]): Value[] {
    const seeds: Seed[] = this.#source.losses.map((name, index) => ({
      value: this.#tape.value(lossOutput(name)),
      gradient: weights[index]!,
    }));
    const values = this.#parameters.map(({ name }) => this.#tape.value(name));
    return backward(this.#tape, seeds, values).map((gradient, index) => {
      if (gradient) return gradient;
      const { name } = this.#parameters[index]!;
      throw new TrainingError(`no loss depends on the parameter "${name}"`, 'Freeze it, or take it out of the model.');
    });
  }

  #optimize(gradients: readonly Value[]): void {
    const { g } = this.#tape;
    const { adamW = {}, clipNorm } = this.#options;
    const scalar = (name: string) => g.input(name, 'float32', []);
    const norm = globalNorm(g, gradients);
    g.output(GRADIENT_NORM, norm);
    const optimizer = new AdamW(
      g,
      {
        learningRate: scalar(adamWInputNames.learningRate),
        firstCorrection: scalar(adamWInputNames.firstCorrection),
        secondCorrection: scalar(adamWInputNames.secondCorrection),
      },
      adamW,
      clipNorm === undefined ? undefined : clippingFactor(g, norm, clipNorm),
    );
    const updates = this.#parameters.map((parameter, index) => {
      const names = momentNames(parameter.name);
      const permutation = this.#tape.permutations.get(parameter.name);
      this.#state.push(parameter);
      if (permutation) this.#permutations.set(parameter.name, permutation);
      return {
        parameter: this.#tape.value(parameter.name),
        first: this.#addState(zerosLike(names.first, parameter), permutation),
        second: this.#addState(zerosLike(names.second, parameter), permutation),
        gradient: gradients[index]!,
      };
    });
    optimizer.update(updates).forEach((next, index) => {
      for (const part of ['parameter', 'first', 'second'] as const) {
        g.output(nextOutput(updates[index]![part].name), next[part]);
      }
    });
  }

  /** Running statistics move towards those of the batch; the variance is that of the population, as ONNX has it. */
  #updateStatistics(): void {
    const { g } = this.#tape;
    const { momentum = 0.9 } = this.#options;
    this.#state.push(...this.#statistics);
    const names = new Set(this.#statistics.map(({ name }) => name));
    for (const { running, batch } of this.#tape.batchStatistics) {
      if (!names.has(running.name)) continue;
      const next = g.add(g.mul(running, g.float32(momentum)), g.mul(batch, g.float32(1 - momentum)));
      g.output(nextOutput(running.name), next);
    }
  }

  /** @param permutation order of dimensions in which it comes in; its own unless given. */
  #addState(initial: Tensor, permutation?: readonly number[]): Value {
    const { name, dtype, shape } = initial;
    this.#state.push(initial);
    if (permutation) this.#permutations.set(name, permutation);
    return this.#tape.g.input(name, dtype, permutation?.map((axis) => shape[axis]!) ?? shape);
  }
}

function zerosLike(name: string, { shape }: Tensor): Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  return tensor(name, 'float32', shape, new Float32Array(count));
}

function inputNames({ inputs, initializers }: Graph): string[] {
  const constants = new Set(initializers.map(({ name }) => name));
  return inputs.map(({ name }) => name).filter((name) => !constants.has(name));
}
