import { describe, expect, test } from '@jest/globals';
import { type LearningRateSchedule, learningRateSchedule } from '../../src/schedule/learning-rate.js';

const rates = (schedule: LearningRateSchedule, steps: number) => {
  const rateOf = learningRateSchedule(schedule);
  return Array.from({ length: steps }, (_, i) => rateOf(i + 1));
};

describe('cosine', () => {
  const schedule = { kind: 'cosine', peak: 0.8, floor: 0.2, warmup: 4, steps: 12 } as const;

  test('climbs in equal steps to the peak, and falls along half a cosine to the floor at the last step', () => {
    const all = rates(schedule, 14);
    for (const [i, rate] of [0.2, 0.4, 0.6, 0.8].entries()) expect(all[i]).toBeCloseTo(rate, 12);
    // Half-way between peak and floor, half-way through; a quarter of the way cos 45°.
    expect(all[7]).toBeCloseTo(0.5, 12);
    expect(all[5]).toBeCloseTo(0.5 + 0.3 * Math.SQRT1_2, 12);
    expect(all[9]).toBeCloseTo(0.5 - 0.3 * Math.SQRT1_2, 12);
    for (const rate of all.slice(11)) expect(rate).toBeCloseTo(0.2, 12);
    for (let i = 4; i < 12; i++) expect(all[i]!).toBeLessThan(all[i - 1]!);
  });

  test('needs neither warm-up nor floor', () => {
    const all = rates({ kind: 'cosine', peak: 1, steps: 10 }, 10);
    expect(all[0]).toBeCloseTo((1 + Math.cos(Math.PI / 10)) / 2, 12);
    expect(all[9]).toBeCloseTo(0, 12);
  });

  test('may be warm-up alone', () => {
    expect(rates({ kind: 'cosine', peak: 1, warmup: 4, steps: 4 }, 5)).toEqual([0.25, 0.5, 0.75, 1, 0]);
  });
});

test('constant stays, after its warm-up', () => {
  expect(rates({ kind: 'constant', peak: 0.3 }, 3)).toEqual([0.3, 0.3, 0.3]);
  expect(rates({ kind: 'constant', peak: 1, warmup: 2 }, 4)).toEqual([0.5, 1, 1, 1]);
});

test('a schedule is plain JSON', () => {
  const schedule: LearningRateSchedule = { kind: 'cosine', peak: 0.8, floor: 0.2, warmup: 4, steps: 12 };
  expect(rates(JSON.parse(JSON.stringify(schedule)), 12)).toEqual(rates(schedule, 12));
});

test.each<[string, unknown, RegExp]>([
  ['another kind', { kind: 'linear', peak: 1 }, /"linear"/],
  ['a kind that objects have', { kind: 'toString', peak: 1 }, /"toString"/],
  ['no rate', { kind: 'constant' }, /peak.*undefined/],
  ['a negative rate', { kind: 'constant', peak: -1 }, /peak.*-1/],
  ['a floor above the peak', { kind: 'cosine', peak: 1, floor: 2, steps: 10 }, /floor.*2/],
  ['no steps', { kind: 'cosine', peak: 1 }, /number of steps is undefined/],
  ['a warm-up longer than all', { kind: 'cosine', peak: 1, warmup: 11, steps: 10 }, /number of steps is 10/],
  ['half a step', { kind: 'constant', peak: 1, warmup: 1.5 }, /warm-up steps is 1\.5/],
])('refuses %s', (_, schedule, message) => {
  expect(() => learningRateSchedule(schedule as LearningRateSchedule)).toThrow(
    expect.objectContaining({ name: 'RecipeError', message: expect.stringMatching(message), hint: expect.any(String) }),
  );
});
