import { describe, expect, test } from '@jest/globals';
import { constantRate, type LearningRateSchedule, warmUpCosine } from '../../src/schedule/learning-rate.js';

const rates = (schedule: LearningRateSchedule, steps: number) =>
  Array.from({ length: steps }, (_, i) => schedule(i + 1));

describe('warm-up and cosine', () => {
  test('climbs in equal steps to the peak, and falls along half a cosine to the floor at the last step', () => {
    const all = rates(warmUpCosine({ peak: 0.8, floor: 0.2, warmUp: 4, steps: 12 }), 14);
    for (const [i, rate] of [0.2, 0.4, 0.6, 0.8].entries()) expect(all[i]).toBeCloseTo(rate, 12);
    // Half-way between peak and floor, half-way through; a quarter of the way cos 45°.
    expect(all[7]).toBeCloseTo(0.5, 12);
    expect(all[5]).toBeCloseTo(0.5 + 0.3 * Math.SQRT1_2, 12);
    expect(all[9]).toBeCloseTo(0.5 - 0.3 * Math.SQRT1_2, 12);
    for (const rate of all.slice(11)) expect(rate).toBeCloseTo(0.2, 12);
    for (let i = 4; i < 12; i++) expect(all[i]!).toBeLessThan(all[i - 1]!);
  });

  test('needs neither warm-up nor floor', () => {
    const all = rates(warmUpCosine({ peak: 1, steps: 10 }), 10);
    expect(all[0]).toBeCloseTo((1 + Math.cos(Math.PI / 10)) / 2, 12);
    expect(all[9]).toBeCloseTo(0, 12);
  });

  test('may be warm-up alone', () => {
    expect(rates(warmUpCosine({ peak: 1, warmUp: 4, steps: 4 }), 5)).toEqual([0.25, 0.5, 0.75, 1, 0]);
  });
});

test('constant stays, after its warm-up', () => {
  expect(rates(constantRate({ peak: 0.3 }), 3)).toEqual([0.3, 0.3, 0.3]);
  expect(rates(constantRate({ peak: 1, warmUp: 2 }), 4)).toEqual([0.5, 1, 1, 1]);
});

test.each<[string, () => LearningRateSchedule, RegExp]>([
  ['a peak that is no number', () => constantRate({ peak: Number.NaN }), /peak.*NaN/],
  ['a negative rate', () => constantRate({ peak: -1 }), /peak.*-1/],
  ['a floor above the peak', () => warmUpCosine({ peak: 1, floor: 2, steps: 10 }), /floor.*2/],
  ['no steps', () => warmUpCosine({ peak: 1, steps: 0 }), /number of steps is 0/],
  ['a warm-up longer than all', () => warmUpCosine({ peak: 1, warmUp: 11, steps: 10 }), /number of steps is 10/],
  ['half a step', () => constantRate({ peak: 1, warmUp: 1.5 }), /warm-up steps is 1\.5/],
])('refuses %s', (_, schedule, message) => {
  expect(schedule).toThrow(
    expect.objectContaining({ name: 'RecipeError', message: expect.stringMatching(message), hint: expect.any(String) }),
  );
});
