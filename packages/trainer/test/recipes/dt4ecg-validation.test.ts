/** Rates on the validation part, counted by hand. */
import { GraphBuilder, type Model, tensor } from '@edgebeat/graph';
import { expect, test } from '@jest/globals';
import { RecipeError } from '../../src/recipe-error.js';
import { classificationRates } from '../../src/recipes/dt4ecg/dt4ecg-validation.js';

const LENGTH = 4;

/** Answers with the place of the highest sample (identity), and whether it lies in the first half (activity). */
function peakModel(): Model {
  const g = new GraphBuilder('peaks');
  const signal = g.flatten(g.input('signal', 'float32', ['N', 1, LENGTH]));
  const halves = g.constant(tensor('halves', 'float32', [LENGTH, 2], [1, 0, 1, 0, 0, 1, 0, 1]));
  g.output('identity', g.identity(signal));
  g.output('activity', g.matMul(signal, halves));
  return g.build();
}

/** Windows with their peak at these places. */
const peaks = (...places: number[]) =>
  Float32Array.from(places.flatMap((place) => [0, 1, 2, 3].map((at) => (at === place ? 5 : 1))));

const rates = (
  tasks: readonly ('identity' | 'activity')[],
  ...stretches: Parameters<typeof classificationRates>[1][]
) => classificationRates(peakModel(), stretches.flat(), { tasks, length: LENGTH, threads: 1 });

const stretches = [
  // Right, right in half alone, wrong; and two samples that make no window.
  { samples: Float32Array.of(...peaks(1, 0, 3), 9, 9), identity: 1, activity: 0 },
  // Wrong, right.
  { samples: peaks(2, 3), identity: 3, activity: 1 },
];

test('are the shares of windows whose highest score is that of the true class', async () => {
  expect(await rates(['identity', 'activity'], stretches)).toEqual({ identity: 2 / 5, activity: 4 / 5 });
});

test('do not depend on how windows fall into batches', async () => {
  const places = Array.from({ length: 150 }, (_, i) => (i * 7) % 4);
  const many = [{ samples: peaks(...places), identity: 2, activity: 1 }];
  expect(await rates(['identity', 'activity'], many)).toEqual({
    identity: places.filter((place) => place === 2).length / 150,
    activity: places.filter((place) => place >= 2).length / 150,
  });
});

test('are counted for the tasks asked for', async () => {
  expect((await rates(['activity'], stretches)).activity).toBe(4 / 5);
});

test('are refused where no stretch holds a window', async () => {
  const short = [{ samples: new Float32Array(3), identity: 0, activity: 0 }];
  await expect(rates(['activity'], short)).rejects.toThrow(RecipeError);
  await expect(rates(['activity'], short)).rejects.toThrow(
    'none of the 1 stretches to validate on holds a window of 4',
  );
});
