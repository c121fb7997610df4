/** One row of a picture of a recording: a few seconds of signal, its beats, what is wrong with them, and its quality. */
import type { BeatMatch, Episode } from '@edgebeat/ecg';
import { type PlotInput, type PlotStretch, piecesOf } from './plot-input.js';
import {
  clock,
  colours,
  dot,
  falseMark,
  group,
  leastRange,
  left,
  missMark,
  plotWidth,
  qualityColour,
  round,
  stripHeight,
  traceHeight,
  width,
} from './plot-marks.js';

/** From seconds and millivolts to the place in the row. */
interface Axes {
  readonly x: (time: number) => number;
  readonly y: (value: number) => number;
  /** Lowest and highest value of the row in mV, and the distance of its grid lines. */
  readonly low: number;
  readonly high: number;
  readonly step: number;
}

/** @param match of the whole recording. @param index of the row in the picture. */
export function row(input: PlotInput, match: BeatMatch | undefined, stretch: Episode, index: number): string {
  const pieces = piecesOf(input, stretch);
  const axes = axesOf(pieces, stretch);
  const inside = (time: number) => time >= stretch.from && time < stretch.to;
  const missed = (match?.falseNegatives ?? []).filter(inside);
  const invented = (match?.falsePositives ?? []).filter(inside);
  const { x, y } = axes;
  const curve = pieces.map(({ startSeconds, samples }) => trace(samples, (i) => x(startSeconds + i / input.rate), y));
  const content = [
    notScored(input, stretch, x),
    grid(stretch, axes),
    ...missed.map((time) => band(x(time - 0.15), x(time + 0.15), colours.missed)),
    ...invented.map((time) => band(x(time - 0.15), x(time + 0.15), colours.invented)),
    ticks((input.reference?.beats ?? []).filter(inside).map(x)),
    // An inner picture, so that what leaves the row is cut off.
    `<svg width="${plotWidth}" height="${traceHeight}"><path d="${curve.join('')}" stroke="${colours.signal}" stroke-linejoin="round" fill="none"/></svg>`,
    ...peaks(input, pieces, axes, input.beats.filter(inside), new Set(invented)),
    ...missed.map((time) => missMark(x(time), 0)),
    ...invented.map((time) => falseMark(x(time), traceHeight)),
    group(0, traceHeight + 2, strip(input.quality, stretch, x)),
    labels(stretch, axes),
    index === 0 ? '' : `<path d="M${-left} -13h${width}" stroke="${colours.unscored}"/>`,
  ];
  return group(left, 14, content.join(''));
}

function axesOf(pieces: readonly PlotStretch[], { from, to }: Episode): Axes {
  const { low, high } = rangeOf(pieces);
  return {
    x: (time) => ((time - from) / (to - from)) * plotWidth,
    y: (value) => traceHeight * (1 - (value - low) / (high - low)),
    low,
    high,
    step: [0.5, 1, 2, 5, 10, 20, 50].find((size) => (high - low) / size <= 6) ?? 100,
  };
}

function grid({ from, to }: Episode, { x, y, low, high, step }: Axes): string {
  let path = '';
  for (let time = from; time <= to; time++) path += `M${round(x(time))} 0v${traceHeight}`;
  for (let level = Math.ceil(low / step) * step; level <= high; level += step)
    path += `M0 ${round(y(level))}h${plotWidth}`;
  return `<path d="${path}" stroke="${colours.grid}" fill="none"/>`;
}

function labels({ from, to }: Episode, { x, step }: Axes): string {
  const seconds: string[] = [];
  for (let time = from; time <= to; time += 2)
    seconds.push(`<text x="${round(x(time))}" y="${traceHeight + stripHeight + 14}">${clock(time)}</text>`);
  const middle = traceHeight / 2;
  return [
    `<g text-anchor="middle" font-size="10">${seconds.join('')}</g>`,
    `<text x="-8" y="${middle}" text-anchor="end" font-weight="bold">${clock(from)}</text>`,
    `<text x="-8" y="${middle + 14}" text-anchor="end" font-size="9">${step} mV/line</text>`,
  ].join('');
}

function band(start: number, end: number, colour: string): string {
  const from = Math.max(0, start);
  const size = Math.min(plotWidth, end) - from;
  return `<rect x="${round(from)}" width="${round(size)}" height="${traceHeight}" fill="${colour}" opacity="0.16"/>`;
}

const ticks = (places: readonly number[]) =>
  places.length === 0
    ? ''
    : `<path d="${places.map((place) => `M${round(place)} -7v7`).join('')}" stroke="${colours.text}"/>`;

/** A dot on the curve for every detected beat; in the middle of the row where the curve has a hole. */
function peaks(
  { rate }: PlotInput,
  pieces: readonly PlotStretch[],
  { x, y }: Axes,
  beats: readonly number[],
  invented: ReadonlySet<number>,
): string[] {
  const height = (time: number) => {
    for (const { startSeconds, samples } of pieces) {
      const sample = samples[Math.round((time - startSeconds) * rate)];
      if (sample !== undefined && Number.isFinite(sample)) return Math.max(0, Math.min(traceHeight, y(sample)));
    }
    return traceHeight / 2;
  };
  return beats.map((time) => dot(x(time), height(time), invented.has(time) ? colours.invented : colours.detected));
}

/** Grey where nothing is scored: before the learning period ends, and in flutter. */
function notScored({ reference, from }: PlotInput, row: Episode, x: (time: number) => number): string {
  if (!reference) return '';
  const stretches = [{ from: Number.NEGATIVE_INFINITY, to: from }, ...reference.flutter];
  return stretches
    .map((stretch) => ({ from: Math.max(stretch.from, row.from), to: Math.min(stretch.to, row.to) }))
    .filter((stretch) => stretch.to > stretch.from)
    .map(
      (stretch) =>
        `<rect x="${round(x(stretch.from))}" width="${round(x(stretch.to) - x(stretch.from))}" height="${traceHeight}" fill="${colours.unscored}"/>`,
    )
    .join('');
}

function strip(quality: PlotInput['quality'], row: Episode, x: (time: number) => number): string {
  return quality
    .filter(({ end }) => end > row.from && end - 1 < row.to)
    .map(({ end, sqi }) => {
      const start = Math.max(0, x(end - 1));
      const stop = Math.min(plotWidth, x(end));
      return `<rect x="${round(start)}" width="${round(stop - start)}" height="${stripHeight}" fill="${qualityColour(sqi)}"/>`;
    })
    .join('');
}

/** The curve with no more points than the picture can show: per pixel its lowest and highest, in the order they came. */
function trace(samples: Float32Array, x: (index: number) => number, y: (value: number) => number): string {
  let path = '';
  let down = false;
  let index = 0;
  const point = (at: number) => {
    path += `${down ? 'L' : 'M'}${round(x(at))} ${round(y(samples[at]!))}`;
    down = true;
  };
  while (index < samples.length) {
    const column = Math.floor(x(index));
    let low = index;
    let high = index;
    let hole = false;
    for (; index < samples.length && Math.floor(x(index)) === column; index++) {
      if (!Number.isFinite(samples[index]!)) hole = true;
      else if (samples[index]! < samples[low]!) low = index;
      else if (samples[index]! > samples[high]!) high = index;
    }
    if (hole) {
      down = false;
      continue;
    }
    point(Math.min(low, high));
    if (low !== high) point(Math.max(low, high));
  }
  return path;
}

/** What a row must show: all but the outermost samples, with some air. */
function rangeOf(pieces: readonly PlotStretch[]): { low: number; high: number } {
  const sorted = Float32Array.from(pieces.flatMap(({ samples }) => [...samples.filter(Number.isFinite)])).sort();
  if (sorted.length === 0) return { low: -1, high: 1 };
  const low = sorted[Math.floor(0.001 * sorted.length)]!;
  const high = sorted[Math.ceil(0.999 * sorted.length) - 1]!;
  const air = Math.max((leastRange - (high - low)) / 2, 0.06 * (high - low));
  return { low: low - air, high: high + air };
}
