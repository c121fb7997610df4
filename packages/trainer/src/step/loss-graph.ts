/** A model and its losses as one graph: the first half of a training step, and a file that onnxruntime runs. */
import type { DataType, GraphBuilder, Model, Tensor, Value } from '@edgebeat/graph';
import { Tape } from '../autodiff/tape.js';

/** What a loss is made of. */
export interface LossContext {
  readonly g: GraphBuilder;
  /** Examples in a batch. */
  readonly batch: number;
  /** An output of the model, batch first. */
  output(name: string): Value;
  /** Adds a further input, batch first: labels, a teacher's outputs. */
  input(name: string, dtype: DataType, shape: readonly number[]): Value;
  /** Adds weights that are trained with the model's: of a projection, for one. All other constants of a loss stay as they are. */
  parameter(initial: Tensor): Value;
}

/** The terms of a loss, and what is only watched; scalars, by name. */
export interface LossTerms {
  readonly losses: Readonly<Record<string, Value>>;
  readonly figures?: Readonly<Record<string, Value>>;
}

export type LossBuilder = (context: LossContext) => LossTerms;

export interface LossGraph {
  /** Inputs: the model's and the losses'; outputs: `loss/NAME` and `figure/NAME`, all scalars. */
  readonly model: Model;
  readonly losses: readonly string[];
  readonly figures: readonly string[];
  readonly batch: number;
  /** Initializers that training may change: the model's, and the parameters of the losses. */
  readonly trainable: ReadonlySet<string>;
}

/**
 * Puts losses behind a model.
 *
 * @param model its symbolic dimensions (the batch) all become `batch`.
 * @throws GraphError where a loss cannot take what it is given.
 */
export function lossGraph(model: Model, batch: number, build: LossBuilder): LossGraph {
  const symbols = model.graph.inputs.flatMap(({ shape }) => (shape ?? []).filter((size) => typeof size === 'string'));
  const tape = new Tape(model.graph, { sizes: Object.fromEntries(symbols.map((symbol) => [symbol, batch])) });
  const { g } = tape;
  const trainable = new Set(model.graph.initializers.map(({ name }) => name));
  const { losses, figures = {} } = build({
    g,
    batch,
    output: (name) => tape.value(name),
    input: (name, dtype, shape) => g.input(name, dtype, shape),
    parameter: (initial) => {
      trainable.add(initial.name);
      return g.constant(initial);
    },
  });
  for (const [name, value] of Object.entries(losses)) g.output(lossOutput(name), value);
  for (const [name, value] of Object.entries(figures)) g.output(figureOutput(name), value);
  return { model: g.build(), losses: Object.keys(losses), figures: Object.keys(figures), batch, trainable };
}

/** Name of the output that carries a loss. */
export function lossOutput(name: string): string {
  return `loss/${name}`;
}

/** Name of the output that carries a figure. */
export function figureOutput(name: string): string {
  return `figure/${name}`;
}
