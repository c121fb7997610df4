/**
 * Proves gradients right: what the backward nodes give in onnxruntime against finite differences of the forward graph there.
 * The forward graph runs in float64 where onnxruntime has its operators in float64.
 */
import {
  elementCount,
  encodeModel,
  GraphBuilder,
  type Model,
  type OperatorName,
  tensor,
  type Value,
} from '@edgebeat/graph';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { backward } from '../../src/autodiff/backward.js';
import { Tape } from '../../src/autodiff/tape.js';
import { RandomGenerator } from '../../src/random/random-generator.js';

/** Element type of the graph under differences. */
type RealType = 'float32' | 'float64';

/** Values of a tensor of so many elements. */
export type Fill = (count: number, random: RandomGenerator) => number[];

const draw = (count: number, next: () => number) => Array.from({ length: count }, next);

/** Of either sign. */
export const mixed: Fill = (count, random) => draw(count, () => random.uniform(-1.5, 1.5));
/** 0.5 to 2. */
export const positive: Fill = (count, random) => draw(count, () => random.uniform(0.5, 2));
/** Of either sign, no two equal or nearly so, none near 0: for functions with kinks. */
export const apart: Fill = (count, random) => {
  const values = Array.from({ length: count }, (_, index) => ((index + 0.7) / count - 0.5) * 3);
  random.shuffle(values);
  return values;
};
/** These. */
export const fixed =
  (...values: number[]): Fill =>
  () =>
    values;

/** A forward graph under construction. */
export interface Forward {
  readonly g: GraphBuilder;
  /** A tensor to differentiate by. */
  x(shape: readonly number[], fill?: Fill): Value;
  /** Real numbers that stay as they are: a scalar for a number, one-dimensional for a list. */
  real(values: number | readonly number[]): Value;
  readonly dtype: RealType;
}

/** Builds a function; every value that it gives is one of its results. */
export type Build = (forward: Forward) => Value | readonly Value[];

interface Precision {
  readonly dtype: RealType;
  /** Differences f(x + offset) with their weights: their sum is the derivative. */
  readonly stencil: readonly (readonly [offset: number, weight: number])[];
  /** Largest error allowed, relative to the largest element of the gradient. */
  readonly tolerance: number;
}

/** Central differences of fourth order. */
const fourthOrder = (h: number): Precision['stencil'] => [
  [h, 8 / (12 * h)],
  [-h, -8 / (12 * h)],
  [2 * h, -1 / (12 * h)],
  [-2 * h, 1 / (12 * h)],
];

const precisions = {
  /** Truncation and rounding of the differences are far below the rounding of the float32 gradient. */
  float64: { dtype: 'float64', stencil: fourthOrder(2 ** -10), tolerance: 1e-6 },
  /** For functions linear in every single element: differences have no truncation error, however wide. */
  linear: {
    dtype: 'float32',
    stencil: [
      [1, 0.5],
      [-1, -0.5],
    ],
    tolerance: 2e-6,
  },
  /** For smooth functions with an operator that onnxruntime has in float32 alone. */
  float32: { dtype: 'float32', stencil: fourthOrder(2 ** -4), tolerance: 1e-4 },
} as const satisfies Record<string, Precision>;

export interface GradientCase {
  readonly build: Build;
  /** `float64` unless given. */
  readonly precision?: keyof typeof precisions;
  /** The function whose derivative the gradient claims to be, where that is not the forward graph itself. */
  readonly surrogate?: Build;
  /** Whether the tape is one for training; default true. */
  readonly training?: boolean;
}

/** The cases of an operator by what is special about them. */
export type GradientCases = Readonly<Record<string, Build | GradientCase>>;

/** Cases of some operators. */
export type CasesOf<K extends OperatorName> = { readonly [Name in K]: GradientCases };

interface Drawn {
  readonly model: Model;
  /** Values of `x0`, `x1`, …, all float32 numbers. */
  readonly inputs: readonly { readonly shape: readonly number[]; readonly values: readonly number[] }[];
  readonly outputs: number;
}

function drawForward(build: Build, dtype: RealType): Drawn {
  const g = new GraphBuilder('forward');
  const random = new RandomGenerator(1);
  const inputs: { shape: readonly number[]; values: number[] }[] = [];
  let constants = 0;
  const results = build({
    g,
    dtype,
    x(shape, fill = mixed) {
      const name = `x${inputs.length}`;
      inputs.push({ shape, values: fill(elementCount(shape), random.fork(name)).map(Math.fround) });
      return g.input(name, dtype, shape);
    },
    real(values) {
      const list = typeof values === 'number' ? [values] : values;
      const shape = typeof values === 'number' ? [] : [list.length];
      return g.constant(tensor(`c${constants++}`, dtype, shape, list.map(Math.fround)));
    },
  });
  const outputs = 'name' in results ? [results] : results;
  outputs.forEach((value, index) => {
    g.output(`y${index}`, value);
  });
  return { model: g.build(), inputs, outputs: outputs.length };
}

/** The forward graph of a case in float32. */
export function modelOf(build: Build): Model {
  return drawForward(build, 'float32').model;
}

async function open(model: Model): Promise<InferenceSession> {
  // What fails throws: printed once more, it would hide among the results.
  return InferenceSession.create(encodeModel(model), { intraOpNumThreads: 1, logSeverityLevel: 4 });
}

function feedsOf({ inputs }: Drawn, dtype: RealType): Record<string, OrtTensor> {
  const array = dtype === 'float32' ? Float32Array : Float64Array;
  return Object.fromEntries(
    inputs.map(({ shape, values }, index) => [
      `x${index}`,
      new OrtTensor(dtype as 'float32', array.from(values) as Float32Array, shape),
    ]),
  );
}

/** The gradients that backward starts from, one per output. */
function cotangentsOf({ model }: Drawn, fill: Fill = mixed): Float32Array[] {
  const random = new RandomGenerator('cotangents');
  return model.graph.outputs.map(({ shape }) => Float32Array.from(fill(elementCount(shape as number[]), random)));
}

interface RuleOptions {
  /** Whether the tape is one for training; default true. */
  readonly training?: boolean;
  /** The gradients by the outputs; of either sign unless given. */
  readonly cotangent?: Fill;
}

/** The gradients by the inputs, as the backward nodes give them; undefined where there is none. */
export async function gradientsByRules(
  build: Build,
  { training = true, cotangent }: RuleOptions = {},
): Promise<(Float32Array | undefined)[]> {
  const drawn = drawForward(build, 'float32');
  const tape = new Tape(drawn.model.graph, { training });
  const { g } = tape;
  const feeds = feedsOf(drawn, 'float32');
  const seeds = cotangentsOf(drawn, cotangent).map((values, index) => {
    const value = tape.value(`y${index}`);
    const name = `cotangent ${index}`;
    feeds[name] = new OrtTensor('float32', values, value.shape as number[]);
    return { value, gradient: g.input(name, 'float32', value.shape) };
  });
  const sources = drawn.inputs.map((_, index) => tape.value(`x${index}`));
  const gradients = backward(tape, seeds, sources);
  if (gradients.every((gradient) => gradient === undefined)) return gradients as undefined[];
  gradients.forEach((gradient, index) => {
    if (gradient) g.output(`gradient ${index}`, gradient);
  });
  const session = await open(g.build());
  try {
    const results = await session.run(feeds);
    return gradients.map((_, index) => results[`gradient ${index}`]?.data as Float32Array | undefined);
  } finally {
    await session.release();
  }
}

/** The same gradients by finite differences: one element of one input moved at a time. */
export async function gradientsByDifferences(
  build: Build,
  { dtype, stencil }: Precision = precisions.float64,
): Promise<Float64Array[]> {
  const drawn = drawForward(build, dtype);
  const cotangents = cotangentsOf(drawn);
  const feeds = feedsOf(drawn, dtype);
  const session = await open(drawn.model);
  const weighted = async () => {
    const results = await session.run(feeds);
    let sum = 0;
    cotangents.forEach((cotangent, index) => {
      const y = results[`y${index}`]!.data as Float32Array;
      for (let i = 0; i < y.length; i++) sum += y[i]! * cotangent[i]!;
    });
    return sum;
  };
  try {
    const gradients: Float64Array[] = [];
    for (const [index, { values }] of drawn.inputs.entries()) {
      const moved = feeds[`x${index}`]!.data as Float32Array;
      const gradient = new Float64Array(values.length);
      for (const [at, value] of values.entries()) {
        for (const [offset, weight] of stencil) {
          moved[at] = value + offset;
          gradient[at]! += weight * (await weighted());
        }
        moved[at] = value;
      }
      gradients.push(gradient);
    }
    return gradients;
  } finally {
    await session.release();
  }
}

/** The largest difference of two gradients, relative to the largest element of the expected one. */
export function relativeError(gradient: Float32Array, expected: Float64Array): number {
  if (gradient.length !== expected.length) return Number.POSITIVE_INFINITY;
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const difference = expected.reduce((most, value, index) => {
    const error = Math.abs(gradient[index]! - value);
    return Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(most, error);
  }, 0);
  return difference / largest;
}

/**
 * Expects the backward nodes of a graph to give the gradients by all of its inputs.
 * @returns the worst relative error.
 */
export async function expectGradients({
  build,
  precision = 'float64',
  surrogate = build,
  training = true,
}: GradientCase): Promise<number> {
  const by = precisions[precision];
  const gradients = await gradientsByRules(build, { training });
  const expected = await gradientsByDifferences(surrogate, by);
  const errors = expected.map((differences, index) => {
    const gradient = gradients[index];
    if (!gradient) throw new Error(`there is no gradient by x${index}`);
    const error = relativeError(gradient, differences);
    if (!(error <= by.tolerance)) {
      throw new Error(`by x${index}: relative error ${error}\nrule        ${gradient}\ndifferences ${differences}`);
    }
    // The same comparison refuses a gradient that is 1 % off.
    if (
      !(
        relativeError(
          gradient.map((value) => value * 1.01),
          differences,
        ) > by.tolerance
      )
    ) {
      throw new Error(`by x${index}: the gradient is too small to tell right from wrong`);
    }
    return error;
  });
  return Math.max(...errors);
}
