/** AdamW in the step against algorithm 2 of Loshchilov and Hutter (2019), in float64. */
import { describe, expect, test } from '@jest/globals';
import { RandomGenerator } from '../../src/random/random-generator.js';
import type { AdamWOptions } from '../../src/step/adamw.js';
import { type LossBuilder, lossGraph } from '../../src/step/loss-graph.js';
import { momentNames, trainingStep } from '../../src/step/training-step.js';
import {
  bias,
  flat,
  linearGradients,
  linearModel,
  linearStep,
  sumOf,
  vector,
  weighedSum,
  weight,
  withSession,
} from './toy-models.js';

interface Parameter {
  values: number[];
  first: number[];
  second: number[];
}

/** One step; the decay is scaled by the learning rate, as in every implementation that goes by the name. */
function plainStep(
  parameter: Parameter,
  gradient: readonly number[],
  learningRate: number,
  step: number,
  { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0 }: AdamWOptions,
): Parameter {
  const first = parameter.first.map((value, i) => beta1 * value + (1 - beta1) * gradient[i]!);
  const second = parameter.second.map((value, i) => beta2 * value + (1 - beta2) * gradient[i]! ** 2);
  const values = parameter.values.map((value, i) => {
    const corrected = first[i]! / (1 - beta1 ** step);
    const spread = Math.sqrt(second[i]! / (1 - beta2 ** step));
    return value - learningRate * (corrected / (spread + epsilon) + weightDecay * value);
  });
  return { values, first, second };
}

const rates = [0.1, 0.05, 0.2, 0.01, 0.1, 0.3];

/** Batches whose gradients differ in size and sign from step to step. */
function batchOf(step: number) {
  const random = new RandomGenerator(step);
  const rows = (width: number, scale: number) =>
    [0, 1].map(() => Array.from({ length: width }, () => Math.fround(scale * random.normal())));
  return { x: rows(3, 1), slope: rows(2, 10 ** ((step % 3) - 1)), pull: rows(5, 3)[0]! };
}

const offset = [3, -1, 0.5, 0, 2];

/** Beside weight and bias a second vector, whose gradient is the input `pull`. */
const withOffset: LossBuilder = (context) => {
  const pull = context.input('pull', 'float32', [5]);
  const pulled = context.g.mul(context.parameter(vector('offset', offset)), pull);
  return { losses: { ...weighedSum(context).losses, pulled: sumOf(context, pulled) } };
};

const started = (values: readonly number[]): Parameter => ({
  values: values.map(Math.fround),
  first: values.map(() => 0),
  second: values.map(() => 0),
});

const expectNear = (found: Float32Array, expected: readonly number[]) => {
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(found[i]! - value)).toBeLessThan(2e-6 * Math.max(1, Math.abs(value)));
  });
};

const options: Readonly<Record<string, AdamWOptions>> = {
  'as it is': {},
  'with weight decay': { weightDecay: 0.5 },
  'with other decays of the moments': { beta1: 0.5, beta2: 0.8 },
  'with a large epsilon': { epsilon: 0.5, weightDecay: 0.1 },
};

describe.each(Object.entries(options))('AdamW %s', (_, adamW) => {
  test('goes the way of the formula, step after step', async () => {
    let expected = { weight: started(weight.flat()), bias: started(bias), offset: started(offset) };
    const step = trainingStep(lossGraph(linearModel(), 2, withOffset), { adamW });
    await withSession(step, async (session) => {
      for (const [index, rate] of rates.entries()) {
        const { x, slope, pull } = batchOf(index);
        await session.run({ x: flat(x), slope: flat(slope), pull: Float32Array.from(pull) }, rate, index + 1);
        const gradients = linearGradients(x, slope);
        // Of rank 1: do not decay.
        const still = { ...adamW, weightDecay: 0 };
        expected = {
          weight: plainStep(expected.weight, gradients.weight, rate, index + 1, adamW),
          bias: plainStep(expected.bias, gradients.bias, rate, index + 1, still),
          offset: plainStep(expected.offset, pull, rate, index + 1, still),
        };
        const state = session.state();
        for (const name of ['weight', 'bias', 'offset'] as const) {
          expectNear(state.get(name)!, expected[name].values);
          expectNear(state.get(momentNames(name).first)!, expected[name].first);
          expectNear(state.get(momentNames(name).second)!, expected[name].second);
        }
      }
    });
  });
});

test('a learning rate of 0 changes the moments alone', async () => {
  await withSession(linearStep({ adamW: { weightDecay: 0.5 } }), async (session) => {
    const before = session.state();
    const { x, slope } = batchOf(0);
    await session.run({ x: flat(x), slope: flat(slope) }, 0, 1);
    const after = session.state();
    expect(after.get('weight')).toEqual(before.get('weight'));
    expect(after.get('bias')).toEqual(before.get('bias'));
    expect(after.get(momentNames('weight').first)!.every((moment) => moment !== 0)).toBe(true);
  });
});

test('a gradient of 0 leaves a bias where it is and lets a weight decay', async () => {
  await withSession(linearStep({ adamW: { weightDecay: 0.5 } }), async (session) => {
    const { x } = batchOf(0);
    await session.run({ x: flat(x), slope: new Float32Array(4) }, 0.1, 1);
    const state = session.state();
    expect([...state.get('bias')!]).toEqual(bias.map(Math.fround));
    expectNear(
      state.get('weight')!,
      weight.flat().map((value) => 0.95 * value),
    );
  });
});
