/** What runs come to together, computed by hand. */
import { describe, expect, test } from '@jest/globals';
import { summarizeStudy } from '../../src/recipes/dt4ecg/studies/study-summary.js';
import { resultOf } from './study-reports.js';

const close = (value: number) => expect.closeTo(value, 10);

describe('a row', () => {
  test('is the mean over the seeds of a variant, with the deviation of the sample', () => {
    const { rows } = summarizeStudy([
      resultOf('with', 1, 10, { identity: 9, activity: 5 }),
      resultOf('without', 1, 10, { identity: 2, activity: 10 }),
      resultOf('with', 2, 10, { identity: 7, activity: 5 }),
      resultOf('without', 2, 10, { identity: 4, activity: 10 }),
      resultOf('with', 3, 10, { identity: 5, activity: 5 }),
    ]);
    expect(rows).toEqual([
      {
        variant: 'with',
        windows: 10,
        metrics: {
          // 0.9, 0.7, 0.5: √((0.04 + 0 + 0.04) / 2).
          identity: { mean: close(0.7), deviation: close(0.2), runs: 3 },
          activity: { mean: close(0.5), deviation: 0, runs: 3 },
        },
      },
      {
        variant: 'without',
        windows: 10,
        metrics: {
          // 0.2, 0.4: √(0.02 / 1).
          identity: { mean: close(0.3), deviation: close(Math.SQRT2 / 10), runs: 2 },
          activity: { mean: close(1), deviation: 0, runs: 2 },
        },
      },
    ]);
  });

  test('of a single seed has no deviation, and only the tasks that were judged', () => {
    const { rows } = summarizeStudy([resultOf('alone', 4, 8, { activity: 6 })]);
    expect(rows).toEqual([
      { variant: 'alone', windows: 8, metrics: { activity: { mean: 0.75, deviation: 0, runs: 1 } } },
    ]);
  });
});

describe('pooled', () => {
  test('every window weighs the same; the deviation is that over the seeds', () => {
    const { pooled } = summarizeStudy([
      resultOf('person 01', 1, 10, { activity: 10 }),
      resultOf('person 02', 1, 30, { activity: 15 }),
      resultOf('person 01', 2, 10, { activity: 2 }),
      resultOf('person 02', 2, 30, { activity: 30 }),
    ]);
    // 25 and 32 of 40.
    const [first, second] = [25 / 40, 32 / 40];
    expect(pooled).toEqual({
      variant: 'all',
      windows: 40,
      metrics: {
        activity: { mean: close((first + second) / 2), deviation: close((second - first) / Math.SQRT2), runs: 2 },
      },
    });
  });

  test('a task weighs by the windows of the runs that judged it', () => {
    const { pooled } = summarizeStudy([
      resultOf('both', 1, 10, { identity: 5, activity: 10 }),
      resultOf('one', 1, 90, { activity: 45 }),
    ]);
    expect(pooled.metrics).toEqual({
      identity: { mean: close(0.5), deviation: 0, runs: 1 },
      activity: { mean: close(0.55), deviation: 0, runs: 1 },
    });
  });

  test('of nothing is nothing', () => {
    expect(summarizeStudy([])).toEqual({ rows: [], pooled: { variant: 'all', windows: 0, metrics: {} } });
  });
});
