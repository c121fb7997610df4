/** Probes against a gallery as a Markdown table. */
import type { GalleryReport } from './evaluation-report.js';
import { figureTable, type ReportTables } from './markdown-table.js';

const titles: Readonly<Record<string, string>> = {
  rank1: 'rank-1, per record',
  rank1Macro: 'rank-1, mean over persons',
  rank1Window: 'rank-1, per window',
  rank1WindowMacro: 'rank-1, per window, mean over persons',
  eer: 'EER',
  fnmrAtFmr100: 'FNMR at FMR 0.01',
  fnmrAtFmr1000: 'FNMR at FMR 0.001',
};

export function galleryTables({ gallery, rows, leftOut }: GalleryReport): ReportTables {
  const [all] = rows;
  const sentences = [`Gallery: ${gallery.subjects} persons, ${gallery.records} records, ${gallery.windows} windows.`];
  if (all !== undefined) {
    sentences.push(`Error rates rest on ${all.genuine} genuine and ${all.impostor} impostor comparisons of records.`);
    if (all.failedRecords > 0) {
      sentences.push(`${all.failedRecords} probe records gave no window: misses of rank-1, outside the error rates.`);
    }
  }
  if (leftOut !== undefined) {
    sentences.push(
      `The model was trained on records of ${leftOut.subjects} more persons who would probe (${leftOut.records} records): they stand in the gallery only.`,
    );
  }
  if (gallery.failedSubjects.length > 0) sentences.push(`Not enrolled: ${gallery.failedSubjects.join(', ')}.`);
  return { tables: [figureTable('probes', rows, titles)], sentences };
}
