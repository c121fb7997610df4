/** Which trainings the studies consist of. */
import { describe, expect, test } from '@jest/globals';
import { protocolOf } from '../../src/protocols/index.js';
import { dt4ecgRecipe } from '../../src/recipes/dt4ecg/dt4ecg-recipe.js';
import { dt4ecgStudies } from '../../src/recipes/dt4ecg/studies/studies.js';

const persons = ['01', '02', '10'];
const runsOf = (study: string, seeds = 2) => dt4ecgStudies.get(study)!.runs(persons, { seeds, steps: 77 });
const studies = [...dt4ecgStudies.keys()];

test.each(studies)('%s has runs of every variant with every seed, each by a name of its own', (study) => {
  const runs = runsOf(study, 3);
  const variants = new Set(runs.map(({ variant }) => variant));
  expect(runs).toHaveLength(3 * variants.size);
  expect(new Set(runs.map(({ name }) => name)).size).toBe(runs.length);
  for (const { name, variant, recipe, protocol } of runs) {
    expect(name).toMatch(/^[a-z0-9-]+-seed[123]$/);
    expect(name.endsWith(`-seed${recipe.seed}`)).toBe(true);
    expect(runs.filter((other) => other.variant === variant).map((other) => other.recipe.seed)).toEqual([1, 2, 3]);
    expect(recipe.steps).toBe(77);
    expect(protocolOf(protocol).name).toBe(protocol);
    expect(JSON.parse(JSON.stringify(recipe))).toEqual(recipe);
  }
});

describe('the ablation', () => {
  test('takes one thing away at a time from the recipe', () => {
    const runs = runsOf('ablation', 1);
    const { gradNormAlpha: alpha, ...fixed } = { ...dt4ecgRecipe, steps: 77, seed: 1 };
    const full = { ...fixed, gradNormAlpha: alpha };
    expect(Object.fromEntries(runs.map(({ variant, recipe }) => [variant, recipe]))).toEqual({
      'attention, GradNorm': full,
      'attention, fixed weights': fixed,
      'no attention, GradNorm': { ...full, attention: false },
      'no attention, fixed weights': { ...fixed, attention: false },
      'identity alone': { ...full, tasks: ['identity'] },
      'activity alone': { ...full, tasks: ['activity'] },
    });
    expect(runs.filter(({ recipe }) => !('gradNormAlpha' in recipe))).toHaveLength(2);
    for (const { protocol, exclude } of runs) {
      expect({ protocol, exclude }).toEqual({ protocol: 'kalouskova/time-split', exclude: {} });
    }
    expect(dt4ecgStudies.get('ablation')!.pools).toBe(false);
  });
});

describe('leaving out', () => {
  test('persons, each in turn: the others train with their whole recordings', () => {
    const runs = runsOf('leave-one-person-out');
    expect(runs.map(({ name, exclude }) => [name, exclude])).toEqual(
      persons.flatMap((person) => [1, 2].map((seed) => [`person-${person}-seed${seed}`, { persons: [person] }])),
    );
    for (const { recipe, protocol } of runs) {
      expect(recipe).toEqual({ ...dt4ecgRecipe, steps: 77, seed: recipe.seed, trainPart: { from: 0, to: 1 } });
      expect(protocol).toBe('kalouskova/unseen-person');
    }
    expect(dt4ecgStudies.get('leave-one-person-out')!.pools).toBe(true);
  });

  test('electrodes, each in turn', () => {
    const runs = runsOf('leave-one-electrode-out', 1);
    expect(runs.map(({ variant, exclude, protocol }) => [variant, exclude, protocol])).toEqual(
      ['01', '02', '03'].map((electrode) => [
        `electrode ${electrode}`,
        { electrodes: [electrode] },
        'kalouskova/unseen-electrode',
      ]),
    );
    expect(runs.every(({ recipe }) => recipe.trainPart.to === 1)).toBe(true);
    expect(dt4ecgStudies.get('leave-one-electrode-out')!.pools).toBe(true);
  });
});
