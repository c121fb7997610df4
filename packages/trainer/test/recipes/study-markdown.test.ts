/** Studies as tables of model cards. */
import { expect, test } from '@jest/globals';
import { dt4ecgStudies } from '../../src/recipes/dt4ecg/studies/studies.js';
import { studyToMarkdown } from '../../src/recipes/dt4ecg/studies/study-markdown.js';
import { summarizeStudy } from '../../src/recipes/dt4ecg/studies/study-summary.js';
import { resultOf } from './study-reports.js';

const linesOf = (study: string, results: Parameters<typeof summarizeStudy>[0], seeds: number) =>
  studyToMarkdown(dt4ecgStudies.get(study)!, summarizeStudy(results), { seeds, steps: 77 }).split('\n');

test('variants that test the same windows are a row each', () => {
  const results = [
    resultOf('both', 1, 10, { identity: 9, activity: 5 }),
    resultOf('both', 2, 10, { identity: 8, activity: 5 }),
    resultOf('activity alone', 1, 10, { activity: 6 }),
    resultOf('activity alone', 2, 10, { activity: 6 }),
  ];
  expect(linesOf('ablation', results, 2)).toEqual([
    '### ablation',
    '',
    '| variant | test windows | identity, per window | activity, per window |',
    '| --- | ---: | ---: | ---: |',
    '| both | 10 | 0.8500 ± 0.0707 | 0.5000 ± 0.0000 |',
    '| activity alone | 10 | – | 0.6000 ± 0.0000 |',
    '',
    `Mean ± standard deviation over 2 seeds, 77 steps each; ${dt4ecgStudies.get('ablation')!.description}.`,
    '',
  ]);
});

test('variants that test windows of their own have a last row of all, and one seed has no deviation', () => {
  const results = [resultOf('person 01', 1, 10, { activity: 10 }), resultOf('person 02', 1, 30, { activity: 15 })];
  expect(linesOf('leave-one-person-out', results, 1).slice(2, 9)).toEqual([
    '| variant | test windows | activity, per window |',
    '| --- | ---: | ---: |',
    '| person 01 | 10 | 1.0000 |',
    '| person 02 | 30 | 0.5000 |',
    '| all | 40 | 0.6250 |',
    '',
    expect.stringMatching(/^Mean ± standard deviation over 1 seed, 77 steps each; activity of persons/),
  ]);
});
