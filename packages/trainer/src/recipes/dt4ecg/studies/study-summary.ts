/** What the runs of a study come to together. */
import { type SeedFigure, seedFigure } from '../../../report/seed-figure.js';
import type { StudyRunResult } from './study-run.js';

export interface StudyRow {
  readonly variant: string;
  /** Test windows of a run. */
  readonly windows: number;
  /** `identity`, `activity`: those that the protocol judged. */
  readonly metrics: Readonly<Record<string, SeedFigure>>;
}

export interface StudySummary {
  readonly rows: readonly StudyRow[];
  /** Over all variants, every test window weighing the same; for studies whose variants test different windows. */
  readonly pooled: StudyRow;
}

const judged = ['identity', 'activity'] as const;

/** Sums up the runs of a study, of any number of variants and seeds. */
export function summarizeStudy(results: readonly StudyRunResult[]): StudySummary {
  const variants = [...new Set(results.map(({ run }) => run.variant))];
  return {
    rows: variants.map((variant) =>
      rowOf(
        variant,
        results.filter(({ run }) => run.variant === variant),
      ),
    ),
    pooled: pooledRow(results),
  };
}

function rowOf(variant: string, results: readonly StudyRunResult[]): StudyRow {
  const metrics = judged.flatMap((task) => {
    const values = results.flatMap(({ report }) => report.metrics[task]?.value ?? []);
    return values.length === 0 ? [] : [[task, seedFigure(values)] as const];
  });
  return { variant, windows: results[0]!.report.windows, metrics: Object.fromEntries(metrics) };
}

function pooledRow(results: readonly StudyRunResult[]): StudyRow {
  const seeds = [...new Set(results.map(({ run }) => run.recipe.seed))];
  const metrics = judged.flatMap((task) => {
    const values = seeds.flatMap((seed) => {
      const figures = results
        .filter(({ run }) => run.recipe.seed === seed)
        .flatMap(({ report }) => report.metrics[task] ?? []);
      const trials = figures.reduce((sum, { n }) => sum + n, 0);
      return trials === 0 ? [] : figures.reduce((sum, { value, n }) => sum + value * n, 0) / trials;
    });
    return values.length === 0 ? [] : [[task, seedFigure(values)] as const];
  });
  const ofFirst = results.filter(({ run }) => run.recipe.seed === seeds[0]);
  return {
    variant: 'all',
    windows: ofFirst.reduce((sum, { report }) => sum + report.windows, 0),
    metrics: Object.fromEntries(metrics),
  };
}
