/** A report as Markdown tables, the form of model cards and of the README. */
import { classificationTables } from './classification-markdown.js';
import { closedSetTables } from './closed-set-markdown.js';
import type { EvaluationReport } from './evaluation-report.js';
import { galleryTables } from './gallery-markdown.js';
import type { ReportTables } from './markdown-table.js';
import { verificationTables } from './verification-markdown.js';

/** Heading, a table with a row per part of what was tested, and a line that states what the figures rest on. */
export function reportToMarkdown(report: EvaluationReport): string {
  const { tables, sentences } = tablesOf(report);
  return [
    `### ${report.protocol}${report.noise === undefined ? '' : `, noise ${report.noise}`}${report.leaky ? ' (leaky: test parts leak into training)' : ''}`,
    '',
    ...tables.flatMap((lines) => [...lines, '']),
    footnote(report, sentences),
    '',
  ].join('\n');
}

function tablesOf(report: EvaluationReport): ReportTables {
  if ('gallery' in report) return galleryTables(report);
  if ('probeWindows' in report) return verificationTables(report);
  return 'answeredBy' in report ? closedSetTables(report) : classificationTables(report);
}

/** @param sentences what only reports of this kind have to say. */
function footnote(
  { model, modelSha256, data, training, noise, resamples, seed }: EvaluationReport,
  sentences: string[],
) {
  const [first, ...others] = sentences;
  return [
    `Model ${model}, SHA-256 ${modelSha256.slice(0, 12)}….`,
    first,
    `Rates are fractions of 1; in brackets the 95 % interval over persons, bootstrap of ${resamples} resamples, seed ${seed}.`,
    ...others,
    ...(noise === undefined ? [] : [noiseSentence(noise)]),
    ...(data.complete ? [] : [`Only a part of ${data.name} was there: not comparable with other figures.`]),
    ...(data.citation === undefined ? [] : [`Data: ${data.citation}.`]),
    ...(training === 'gallery' ? ['The model was trained on gallery records of these persons.'] : []),
    ...(training === 'parts' ? ['The model was trained on other parts of these records.'] : []),
    ...(training === 'windows'
      ? ['The model was trained on windows of these records; which ones, its metadata do not tell.']
      : []),
    ...(training === 'unstated' ? ['The model does not tell what it was trained on.'] : []),
  ].join(' ');
}

function noiseSentence(noise: string): string {
  const [kind, strength] = noise.split(':');
  return kind === 'gauss'
    ? `Noise N(0, ${strength}) was added to every beat that tests, in units of the beat's range; nothing that enrols or trains has any.`
    : `Recorded noise ${kind} (MIT-BIH Noise Stress Test Database, second half) was added to the raw signal that tests, at ${strength} dB as nst counts; nothing that enrols or trains has any.`;
}
