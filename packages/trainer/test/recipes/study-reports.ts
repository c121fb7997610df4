/** Results of studies that nobody trained. */

import type { StudyRunResult } from '../../src/recipes/dt4ecg/studies/study-run.js';
import { type ClassificationReport, REPORT_SCHEMA } from '../../src/report/evaluation-report.js';
import { smallRecipe } from './small-recipe.js';

/** @param right windows answered rightly for each task that was judged, of `windows`. */
export function resultOf(
  variant: string,
  seed: number,
  windows: number,
  right: Partial<Readonly<Record<'identity' | 'activity', number>>>,
): StudyRunResult {
  const metrics = Object.fromEntries(
    Object.entries(right).flatMap(([task, count]) => {
      const figure = { value: count / windows, low: 0, high: 1, n: windows, subjects: 3 };
      return [
        [task, figure],
        [`${task}PerRecord`, { ...figure, value: 0.123 }],
      ];
    }),
  );
  const report: ClassificationReport = {
    schema: REPORT_SCHEMA,
    model: 'dt4ecg',
    modelSha256: '0'.repeat(64),
    protocol: 'kalouskova/time-split',
    subjects: 3,
    windows,
    metrics,
    data: { name: 'kalouskova', complete: true },
    leaky: false,
    seed: 1,
    resamples: 1000,
    rows: [],
    confusion: {},
    training: 'parts',
  };
  const run = { name: `${variant}-seed${seed}`, variant, recipe: { ...smallRecipe, seed }, exclude: {}, protocol: '' };
  return { run, report };
}
