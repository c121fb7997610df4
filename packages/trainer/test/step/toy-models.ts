/** Networks small enough to compute by hand, and steps of them. */
import { GraphBuilder, type Model, tensor, type Value } from '@edgebeat/graph';
import { type LossBuilder, type LossContext, lossGraph } from '../../src/step/loss-graph.js';
import { type Batch, StepSession, type StepSessionOptions } from '../../src/step/step-session.js';
import { type TrainingStep, type TrainingStepOptions, trainingStep } from '../../src/step/training-step.js';

type Matrix = readonly (readonly number[])[];

export const weight: Matrix = [
  [0.5, -0.25],
  [1, 0.75],
  [-0.5, 0.25],
];
export const bias = [0.1, -0.2];

export const matrix = (name: string, rows: Matrix) =>
  tensor(name, 'float32', [rows.length, rows[0]!.length], rows.flat());
export const vector = (name: string, values: readonly number[]) =>
  tensor(name, 'float32', [values.length], [...values]);

/** y = x · weight + bias, [N, 3] to [N, 2]. */
export function linearModel(): Model {
  const g = new GraphBuilder('linear');
  const x = g.input('x', 'float32', ['N', 3]);
  g.output('y', g.gemm(x, g.constant(matrix('weight', weight)), g.constant(vector('bias', bias))));
  return g.build();
}

/** Σ over everything, a scalar. */
export function sumOf({ g }: Pick<LossContext, 'g'>, value: Value): Value {
  const axes = value.shape.map((_, axis) => axis);
  return g.reduceSum(value, g.int64(axes), { keepdims: false });
}

/** Σ y · slope, of a further input `slope` of y's shape: the gradient by y is whatever the batch says. */
export const weighedSum: LossBuilder = (context) => {
  const y = context.output('y');
  const slope = context.input('slope', 'float32', y.shape as number[]);
  return { losses: { sum: sumOf(context, context.g.mul(y, slope)) } };
};

/** A step of the linear model with that loss. */
export function linearStep(options: TrainingStepOptions = {}, batch = 2): TrainingStep {
  return trainingStep(lossGraph(linearModel(), batch, weighedSum), options);
}

/** The gradients by weight and bias. @param x [N, 3]. @param slope [N, 2]. */
export function linearGradients(x: Matrix, slope: Matrix): { weight: number[]; bias: number[] } {
  const sum = (term: (row: number) => number) => x.reduce((total, _, row) => total + term(row), 0);
  return {
    weight: [0, 1, 2].flatMap((i) => [0, 1].map((j) => sum((row) => x[row]![i]! * slope[row]![j]!))),
    bias: [0, 1].map((j) => sum((row) => slope[row]![j]!)),
  };
}

export const flat = (rows: Matrix) => Float32Array.from(rows.flat());

/** Opens a session, and releases it whatever happens. */
export async function withSession<T>(
  step: TrainingStep,
  use: (session: StepSession) => Promise<T>,
  options: StepSessionOptions = { threads: 1 },
): Promise<T> {
  const session = await StepSession.create(step, options);
  try {
    return await use(session);
  } finally {
    await session.release();
  }
}

/** The state after one step of learning rate 0: what does not depend on the optimizer's change. */
export async function stateAfter(step: TrainingStep, batch: Batch): Promise<ReadonlyMap<string, Float32Array>> {
  return withSession(step, async (session) => {
    await session.run(batch, 0, 1);
    return session.state();
  });
}
