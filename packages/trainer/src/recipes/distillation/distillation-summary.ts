/** What the trainings of the distillation study come to: a table for each protocol. */
import type { EvaluationReport } from '../../report/evaluation-report.js';
import { markdownTable } from '../../report/markdown-table.js';
import { formatSeedFigure, type SeedFigure, seedFigure } from '../../report/seed-figure.js';
import type { DistillationRun, DistillationStudyOptions } from './distillation-study.js';

export interface DistillationResult {
  readonly run: DistillationRun;
  readonly report: EvaluationReport;
}

export interface DistillationRow {
  readonly protocol: string;
  readonly variant: string;
  readonly model: string;
  readonly metrics: Readonly<Record<string, SeedFigure>>;
}

/** Figures of each protocol, with their titles. */
const figures: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'verification/unseen': {
    eerHeartprintSameSession: 'EER, Heartprint, same session',
    eerHeartprintS2: 'session 1 to 2',
    eerHeartprintS3: 'session 1 to 3',
    fnmrAtFmr100HeartprintS2: 'FNMR at FMR 0.01, session 1 to 2',
    eerEcgIdSameDay: 'EER, ECG-ID, same day',
    eerEcgIdOtherDate: 'other date',
  },
  'ecg-id/other-record': {
    rank1Within: 'rank-1, same day',
    rank1Across: 'other day',
    rank1MacroWithin: 'mean over persons, same day',
    rank1MacroAcross: 'other day',
  },
};

/** A row for every variant of every protocol, in the order of the runs. */
export function summarizeDistillation(results: readonly DistillationResult[]): DistillationRow[] {
  const keyOf = ({ run }: DistillationResult) => `${run.protocol} ${run.variant}`;
  const variants = [...new Map(results.map((result) => [keyOf(result), result.run])).entries()];
  return variants.map(([key, { protocol, variant, model }]) => {
    const reports = results.filter((result) => keyOf(result) === key).map(({ report }) => report);
    const metrics = Object.keys(figures[protocol] ?? {}).flatMap((name) => {
      const values = reports.flatMap((report) => report.metrics[name]?.value ?? []);
      return values.length === 0 ? [] : [[name, seedFigure(values)] as const];
    });
    return { protocol, variant, model, metrics: Object.fromEntries(metrics) };
  });
}

/** One table for each protocol, and a line that states what the figures rest on. */
export function distillationMarkdown(
  rows: readonly DistillationRow[],
  { seeds, steps, teacherSteps }: DistillationStudyOptions,
): string {
  const tables = [...new Set(rows.map(({ protocol }) => protocol))].map((protocol) => {
    const titles = Object.entries(figures[protocol] ?? {});
    const lines = rows
      .filter((row) => row.protocol === protocol)
      .map(({ model, variant, metrics }) => [
        `\`${model}\`, ${variant}`,
        ...titles.map(([name]) => (metrics[name] ? formatSeedFigure(metrics[name]) : '–')),
      ]);
    const table = markdownTable([protocol, ...titles.map(([, title]) => title)], lines);
    return `${table.join('\n')}\n`;
  });
  const students = `Students: mean ± standard deviation over ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}, ${steps} steps each`;
  return `${tables.join('\n')}\n${students}; teachers: one seed, ${teacherSteps} steps.\n`;
}
