/** Running statistics of BatchNormalization: where they move, and that nothing else moves them. */
import { GraphBuilder, type Model } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { lossGraph } from '../../src/step/loss-graph.js';
import { type TrainingStepOptions, trainingStep } from '../../src/step/training-step.js';
import { sumOf, vector, withSession } from './toy-models.js';

/** Two normalisations one behind the other, [N, 2, 3] to the same. */
function normalizations(): Model {
  const g = new GraphBuilder('normalizations');
  const normalise = (name: string, x: ReturnType<typeof g.input>) => {
    const constant = (part: string, values: readonly number[]) => g.constant(vector(`${name}.${part}`, values));
    return g.batchNormalization(
      x,
      constant('scale', [2, 3]),
      constant('shift', [1, -1]),
      constant('mean', [10, 20]),
      constant('variance', [30, 40]),
      { epsilon: 0 },
    );
  };
  g.output('y', normalise('second', normalise('first', g.input('x', 'float32', ['N', 2, 3]))));
  return g.build();
}

const stepOf = (options: TrainingStepOptions) =>
  trainingStep(
    lossGraph(normalizations(), 2, (context) => ({ losses: { sum: sumOf(context, context.output('y')) } })),
    options,
  );

/** Two examples of two channels of three samples. */
const batches = [
  [1, 2, 3, 10, 10, 40, 4, 5, 6, 0, 20, 10],
  [-1, 0, 0, 5, 5, 5, 1, 0, 0, 5, -5, 5],
];

function momentsOf(batch: readonly number[], channel: number): { mean: number; variance: number } {
  const values = [0, 1].flatMap((row) => batch.slice(6 * row + 3 * channel, 6 * row + 3 * channel + 3));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
}

const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 4));

describe('running statistics', () => {
  test.each([0.9, 0.5, 0, 1])('keep a share of %d of the old value', async (momentum) => {
    const moved = { mean: [10, 20], variance: [30, 40] };
    await withSession(stepOf(momentum === 0.9 ? {} : { momentum }), async (session) => {
      for (const [index, batch] of batches.entries()) {
        await session.run({ x: Float32Array.from(batch) }, 0.1, index + 1);
        for (const part of ['mean', 'variance'] as const) {
          moved[part] = moved[part].map(
            (old, channel) => momentum * old + (1 - momentum) * momentsOf(batch, channel)[part],
          );
          expect([...session.state().get(`first.${part}`)!]).toEqual(near(moved[part]));
        }
      }
    });
  });

  test('are those of the data that reach their node', async () => {
    await withSession(stepOf({ momentum: 0 }), async (session) => {
      await session.run({ x: Float32Array.from(batches[0]!) }, 0, 1);
      // The first normalisation gives a mean of its shift and a deviation of its scale.
      expect([...session.state().get('second.mean')!]).toEqual(near([1, -1]));
      expect([...session.state().get('second.variance')!]).toEqual(near([4, 9]));
    });
  });

  test('neither decay nor have moments', () => {
    const { initialState } = stepOf({ adamW: { weightDecay: 0.5 } });
    expect(initialState.map(({ name }) => name).filter((name) => /mean|variance/.test(name))).toEqual([
      'first.mean',
      'first.variance',
      'second.mean',
      'second.variance',
    ]);
  });

  test('are what normalises, and stay as they are, where they are kept', async () => {
    const step = stepOf({ keepsStatistics: true });
    expect(step.initialState.map(({ name }) => name).filter((name) => /mean|variance/.test(name))).toEqual([]);
    await withSession(step, async (session) => {
      const { losses } = await session.run({ x: Float32Array.from(batches[0]!) }, 0.1, 1);
      const normalised = (value: number, channel: number) =>
        ([2, 3][channel]! * (value - [10, 20][channel]!)) / Math.sqrt([30, 40][channel]!) + [1, -1][channel]!;
      const sum = batches[0]!.reduce((total, value, index) => {
        const channel = Math.floor(index / 3) % 2;
        return total + normalised(normalised(value, channel), channel);
      }, 0);
      expect(losses.sum).toBeCloseTo(sum, 3);
    });
  });

  test('stay as they are where they are frozen, beside others that move', async () => {
    const frozen = stepOf({ momentum: 0, isFrozen: (name) => name.startsWith('first.') });
    const { inputs, outputs } = frozen.model.graph;
    expect([...inputs, ...outputs].filter(({ name }) => name.includes('first.'))).toEqual([]);
    await withSession(frozen, async (session) => {
      await session.run({ x: Float32Array.from(batches[0]!) }, 0.1, 1);
      expect([...session.state().get('second.mean')!]).toEqual(near([1, -1]));
    });
  });
});
