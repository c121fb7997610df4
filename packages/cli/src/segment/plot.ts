/**
 * A recording as a picture (SVG): signal, detected and reference beats, what was missed and what was invented, signal
 * quality. An overview of the whole on top, below it rows of a few seconds each, the telling ones where not all fit.
 */
import { type BeatMatch, type Episode, matchBeats } from '@edgebeat/ecg';
import { lengthOf, type PlotInput, type PlotOptions } from './plot-input.js';
import {
  clock,
  colours,
  dot,
  escapeText,
  falseMark,
  group,
  headerHeight,
  left,
  missMark,
  overviewHeight,
  plotWidth,
  qualityColour,
  round,
  rowHeight,
  width,
} from './plot-marks.js';
import { row } from './plot-row.js';

export type { PlotInput, PlotOptions, PlotStretch } from './plot-input.js';

/** @returns the text of an SVG file. */
export function plotRecord(input: PlotInput, options: PlotOptions = {}): string {
  const { rowSeconds = 12, rows = 12 } = options;
  const seconds = lengthOf(input);
  const match = matched(input);
  const { starts, choice } = chooseRows(input, match, { rowSeconds, rows, start: options.start });
  const shown = starts.map((from): Episode => ({ from, to: from + rowSeconds }));
  const top = headerHeight + overviewHeight;
  const height = top + shown.length * rowHeight + 10;
  const body = [
    header(input, match, choice),
    overview(input, match, seconds, shown),
    ...shown.map((stretch, i) => group(0, top + i * rowHeight, row(input, match, stretch, i))),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img"`,
    ` font-family="DejaVu Sans, Verdana, sans-serif" font-size="11" fill="${colours.text}">`,
    `<title>${escapeText(`R peaks of ${input.record}`)}</title><rect width="${width}" height="${height}" fill="#fff"/>`,
    ...body,
    '</svg>\n',
  ].join('');
}

function matched({ reference, beats, from }: PlotInput): BeatMatch | undefined {
  return reference && matchBeats(reference.beats, beats, { window: 0.15, from, excluded: reference.flutter });
}

interface RowChoice {
  readonly starts: readonly number[];
  /** What to tell the reader about it. */
  readonly choice: string;
}

function chooseRows(
  input: PlotInput,
  match: BeatMatch | undefined,
  { rowSeconds, rows, start }: { rowSeconds: number; rows: number; start?: number | undefined },
): RowChoice {
  const seconds = lengthOf(input);
  const count = Math.max(1, Math.ceil(seconds / rowSeconds));
  const all = Array.from({ length: count }, (_, i) => i * rowSeconds);
  if (start !== undefined) {
    const starts = all.map((offset) => start + offset).filter((from) => from < seconds);
    return { starts: starts.slice(0, rows), choice: `from ${clock(start)} on` };
  }
  if (count <= rows) return { starts: all, choice: 'whole recording' };
  const errors = match ? [...match.falseNegatives, ...match.falsePositives] : [];
  const badness = new Float64Array(count);
  const blame = (time: number, amount: number) => {
    badness[Math.max(0, Math.min(count - 1, Math.floor(time / rowSeconds)))]! += amount;
  };
  if (errors.length > 0) for (const time of errors) blame(time, 1);
  else for (const { end, sqi } of input.quality) blame(end - 0.5, 1 - sqi);
  const worst = all
    .map((from, i) => ({ from, badness: badness[i]! }))
    .sort((a, b) => b.badness - a.badness || a.from - b.from)
    .slice(0, rows);
  const reason = errors.length > 0 ? 'those with the most errors' : 'those of the worst quality';
  return { starts: worst.map(({ from }) => from).sort((a, b) => a - b), choice: `${rows} of ${count} rows: ${reason}` };
}

function header(input: PlotInput, match: BeatMatch | undefined, choice: string): string {
  const { record, channel, beats, from } = input;
  const facts = [`${beats.length} beats in ${clock(lengthOf(input))}`];
  if (match) {
    const { truePositives: tp, falsePositives, falseNegatives } = match;
    const [fp, fn] = [falsePositives.length, falseNegatives.length];
    const share = (part: number, whole: number) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)} %`);
    facts.push(`${fn} missed, ${fp} false`, `Se ${share(tp, tp + fn)}`, `PPV ${share(tp, tp + fp)}`);
    if (from > 0) facts.push(`scored from ${clock(from)}`);
  }
  facts.push(choice);
  const legend: [string, string][] = [[dot(5, -4), 'detected']];
  if (match) {
    legend.push(
      [`<path d="M5 -9v9" stroke="${colours.text}"/>`, 'reference beat'],
      [missMark(5, -9), 'missed'],
      [falseMark(5, 1), 'false'],
      [`<rect x="0" y="-9" width="12" height="10" fill="${colours.unscored}" stroke="#cfd6de"/>`, 'not scored'],
    );
  }
  let x = left;
  const entries = legend.map(([symbol, name]) => {
    const entry = group(x, 54, `${symbol}<text x="18">${name}</text>`);
    x += 34 + 7 * name.length;
    return entry;
  });
  const scale = [0, 0.25, 0.5, 0.75, 1].map(
    (sqi, i) => `<rect x="${i * 13}" y="-9" width="13" height="9" fill="${qualityColour(sqi)}"/>`,
  );
  return [
    `<text x="${left}" y="22" font-size="17" font-weight="bold">${escapeText(record)}`,
    `<tspan font-weight="normal" font-size="13" dx="10">${escapeText(channel)}</tspan></text>`,
    `<text x="${left}" y="38" font-size="12">${escapeText(facts.join(' · '))}</text>`,
    ...entries,
    group(x, 54, `<text>quality: unusable</text>${group(104, 0, scale.join(''))}<text x="174">clean</text>`),
  ].join('');
}

/** The whole recording in a line: quality, errors, and which stretches stand below. */
function overview(
  { quality, from }: PlotInput,
  match: BeatMatch | undefined,
  seconds: number,
  shown: readonly Episode[],
): string {
  const x = (time: number) => (Math.min(time, seconds) / Math.max(seconds, 1)) * plotWidth;
  const bins = Math.min(plotWidth >> 1, Math.max(1, quality.length));
  const binWidth = plotWidth / bins;
  const worst = new Float64Array(bins).fill(Number.NaN);
  for (const { end, sqi } of quality) {
    const bin = Math.min(bins - 1, Math.floor(x(end - 0.5) / binWidth));
    if (!(worst[bin]! <= sqi)) worst[bin] = sqi;
  }
  const strip = [...worst].map((sqi, i) =>
    Number.isNaN(sqi)
      ? ''
      : `<rect x="${round(i * binWidth)}" y="10" width="${round(binWidth + 0.4)}" height="9" fill="${qualityColour(sqi)}"/>`,
  );
  const ticks = (times: readonly number[], colour: string, y: number) =>
    times.length === 0
      ? ''
      : `<path d="${times.map((time) => `M${round(x(time))} ${y}v8`).join('')}" stroke="${colour}" stroke-width="1.5"/>`;
  const frames = shown.map(
    ({ from: start, to }) =>
      `<rect x="${round(x(start))}" y="1" width="${round(Math.max(1.5, x(to) - x(start)))}" height="27" fill="none" stroke="${colours.detected}" stroke-width="1"/>`,
  );
  const unscored = match && from > 0 ? `<rect width="${round(x(from))}" height="29" fill="${colours.unscored}"/>` : '';
  const errors = match
    ? ticks(match.falseNegatives, colours.missed, 1) + ticks(match.falsePositives, colours.invented, 20)
    : '';
  const name = `<text x="-8" y="18" text-anchor="end">${clock(seconds)}</text>`;
  return group(left, headerHeight, [unscored, ...strip, errors, ...frames, name].join(''));
}
