/** The report for people: Markdown, a table for each group of conditions, detectors side by side. */
import { markdownTable } from '../markdown-table.js';
import type { Row } from './rows.js';

const percent = (value: number | null) => (value === null || Number.isNaN(value) ? '–' : (100 * value).toFixed(2));
const fixed = (value: number | null | undefined, digits: number) =>
  value === null || value === undefined || Number.isNaN(value) ? '–' : value.toFixed(digits);

type Figure = readonly [title: string, print: (row: Row) => string];

const scoreFigures: readonly Figure[] = [
  ['Se %', ({ se }) => percent(se)],
  ['PPV %', ({ ppv }) => percent(ppv)],
  ['F1 %', ({ f1 }) => percent(f1)],
  ['F1 50 ms %', ({ f1_50ms }) => percent(f1_50ms)],
  ['F1 20 ms %', ({ f1_20ms }) => percent(f1_20ms)],
  ['jitter ms', ({ jitterMs }) => fixed(jitterMs, 1)],
  ['delay p50 / p99 ms', ({ delayMs }) => (delayMs ? `${fixed(delayMs.p50, 0)} / ${fixed(delayMs.p99, 0)}` : '–')],
  ['× real time', ({ xRealTime }) => fixed(xRealTime, 0)],
];

const sportFigures: readonly Figure[] = [
  ['beats', ({ sport }) => fixed(sport?.beats, 0)],
  ['found %', ({ sport }) => percent(sport?.found ?? null)],
  ['alone %', ({ sport }) => percent(sport?.alone ?? null)],
  ['implausible RR %', ({ sport }) => percent(sport?.implausibleRr ?? null)],
];

/** One detector and one condition are enough for a table with all figures; where conditions are many, F1 goes first. */
export function renderReport(rows: readonly Row[]): string {
  const groups = [...new Set(rows.map(({ group }) => group))];
  return groups
    .map((group) => `### ${group}\n\n${renderGroup(rows.filter((row) => row.group === group))}`)
    .join('\n\n');
}

function renderGroup(rows: readonly Row[]): string {
  const conditions = [...new Set(rows.map(({ condition }) => condition))];
  const detectors = [...new Set(rows.map(({ detector }) => detector))];
  const sport = rows.some((row) => row.sport);
  const figures = sport ? sportFigures : scoreFigures;
  if (conditions.length === 1 || detectors.length === 1) {
    const name = (row: Row) => (detectors.length === 1 ? row.condition : titleOf(row));
    const first = detectors.length === 1 ? `${detectors[0]} on` : 'detector';
    return markdownTable(
      [first, ...figures.map(([title]) => title)],
      rows.map((row) => [name(row), ...figures.map(([, print]) => print(row))]),
    );
  }
  const cell = (row: Row | undefined) => {
    if (!row) return '–';
    if (row.sport)
      return figures
        .slice(1)
        .map(([, print]) => print(row))
        .join(' / ');
    return [row.f1, row.se, row.ppv].map(percent).join(' / ');
  };
  const titles = detectors.map((detector) => titleOf(rows.find((row) => row.detector === detector)!));
  const meaning = sport ? 'found / alone / implausible RR, %' : 'F1 / Se / PPV, %';
  return markdownTable(
    [meaning, ...titles],
    conditions.map((condition) => [
      condition,
      ...detectors.map((detector) =>
        cell(rows.find((row) => row.condition === condition && row.detector === detector)),
      ),
    ]),
  );
}

const titleOf = ({ detector, causal }: Row) => (causal ? detector : `${detector} *`);
