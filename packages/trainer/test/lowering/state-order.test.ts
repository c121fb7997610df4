/** Filters that a step takes in another order: the state that goes in and comes out is in the model's. */
import { GraphBuilder, type Model, tensor } from '@edgebeat/graph';
import { expect, test } from '@jest/globals';
import { RandomGenerator } from '../../src/random/random-generator.js';
import { lossGraph } from '../../src/step/loss-graph.js';
import { inverseOf, permuted } from '../../src/step/permutation.js';
import { momentNames, trainingStep } from '../../src/step/training-step.js';
import { weighedSum, withSession } from '../step/toy-models.js';

const [BATCH, CHANNELS, LENGTH, FILTERS, TAPS] = [2, 3, 7, 4, 5];
const POSITIONS = LENGTH - TAPS + 1;

const random = new RandomGenerator(1);
const noise = (length: number) => Float32Array.from({ length }, () => random.normal());
const filters = noise(FILTERS * CHANNELS * TAPS);
const x = noise(BATCH * CHANNELS * LENGTH);
const slope = noise(BATCH * FILTERS * POSITIONS);

function convolution(): Model {
  const g = new GraphBuilder('convolution');
  const w = g.constant(tensor('w', 'float32', [FILTERS, CHANNELS, TAPS], filters));
  g.output('y', g.conv(g.input('x', 'float32', ['N', CHANNELS, LENGTH]), w));
  return g.build();
}

/** Of Σ y · slope, element by element. */
function gradientByFilters(): number[] {
  const sums: number[] = [];
  for (let filter = 0; filter < FILTERS; filter++) {
    for (let channel = 0; channel < CHANNELS; channel++) {
      for (let tap = 0; tap < TAPS; tap++) {
        let sum = 0;
        for (let example = 0; example < BATCH; example++) {
          for (let position = 0; position < POSITIONS; position++) {
            const seen = x[(example * CHANNELS + channel) * LENGTH + position + tap]!;
            sum += seen * slope[(example * FILTERS + filter) * POSITIONS + position]!;
          }
        }
        sums.push(sum);
      }
    }
  }
  return sums;
}

const step = () => trainingStep(lossGraph(convolution(), BATCH, weighedSum), { adamW: { beta1: 0.9 } });

test('moments follow the filters of the model', async () => {
  await withSession(step(), async (session) => {
    await session.run({ x, slope }, 0, 1);
    const { first } = momentNames('w');
    const expected = gradientByFilters().map((gradient) => expect.closeTo(0.1 * gradient, 4));
    expect([...session.state().get(first)!]).toEqual(expected);
    expect(session.state().get('w')).toEqual(filters);
  });
});

test('a state that was taken out goes on where it was', async () => {
  const statesOf = (take: boolean) =>
    withSession(step(), async (session) => {
      for (let number = 1; number <= 3; number++) {
        await session.run({ x, slope }, 0.01, number);
        if (take) session.load(session.state());
      }
      return session.state();
    });
  expect(await statesOf(true)).toEqual(await statesOf(false));
});

test('data in another order of dimensions', () => {
  const data = Float32Array.of(0, 1, 2, 3, 4, 5);
  expect([...permuted(data, [2, 3], [1, 0])]).toEqual([0, 3, 1, 4, 2, 5]);
  expect([...permuted(data, [1, 2, 3], [2, 0, 1])]).toEqual([0, 3, 1, 4, 2, 5]);
  expect([...permuted(data, [6], [0])]).toEqual([...data]);
  expect(permuted(new Float32Array(0), [0, 3], [1, 0])).toHaveLength(0);
  expect(inverseOf([2, 0, 1])).toEqual([1, 2, 0]);
});
