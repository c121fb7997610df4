/** One panel of the learning curves: title, legend, axes and lines. */
import { linearScale, type Scale } from './scale.js';
import { escapeText, group, round, textWidth } from './svg.js';

/** Step and value; a value that is not finite breaks the line. */
export type CurveValue = readonly [step: number, value: number];

export interface Curve {
  /** In the legend; a curve that needs no name there has none. */
  readonly name?: string;
  readonly colour: string;
  /** A bolder line, with dots at its values, over the others, which are drawn paler then. */
  readonly emphasis: boolean;
  readonly values: readonly CurveValue[];
}

export interface PanelOptions {
  readonly title: string;
  readonly curves: readonly Curve[];
  /** Makes the axis for the lowest and highest value. */
  readonly scale: (extent: readonly [number, number], mostTicks: number) => Scale;
  /** Steps whose values may leave the axis at its ends, so that the others can be told apart; default 0. */
  readonly transientSteps?: number;
  readonly width: number;
  readonly height: number;
  /** Last step of the axis. */
  readonly lastStep: number;
  /** A step to mark by a vertical line, and what to call it. */
  readonly mark?: { readonly step: number; readonly label: string };
}

const text = '#1f2933';
const faint = '#6b7785';
const gridColour = '#e4e8ed';
const left = 62;
const right = 14;
const bottom = 34;
const legendRow = 18;
/** Dots nearer to each other than this (pixels) are left out. */
const dotDistance = 7;

/** @returns the panel at the origin. */
export function panel(options: PanelOptions): string {
  const { title, curves, width, height, lastStep, mark } = options;
  const legend = legendOf(curves, width - left - right);
  const top = 26 + legend.rows * legendRow;
  const plotWidth = width - left - right;
  const plotHeight = height - top - bottom;
  const values = shownValues(curves, options.transientSteps ?? 0);
  const heading = `<text x="${left}" y="15" font-size="13" font-weight="bold">${escapeText(title)}</text>`;
  if (values.length === 0) {
    const nothing = `<text x="${plotWidth / 2}" y="${plotHeight / 2}" text-anchor="middle" fill="${faint}">no values yet</text>`;
    return heading + group(left, top, frame(plotWidth, plotHeight) + nothing);
  }
  const extent = values.reduce<readonly [number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  const steps = linearScale([0, lastStep], Math.max(2, Math.floor(plotWidth / 70)));
  const scale = options.scale(extent, Math.max(2, Math.floor(plotHeight / 32)));
  const x = (step: number) => steps.place(step) * plotWidth;
  const y = (value: number) => (1 - scale.place(value)) * plotHeight;
  const content = [
    ...steps.ticks.map(({ place, label }) => {
      const at = round(place * plotWidth);
      return `<path d="M${at} 0v${plotHeight}" stroke="${gridColour}"/><text x="${at}" y="${plotHeight + 15}" text-anchor="middle" fill="${faint}">${label}</text>`;
    }),
    ...scale.ticks.map(({ place, label }) => {
      const at = round((1 - place) * plotHeight);
      return `<path d="M0 ${at}h${plotWidth}" stroke="${gridColour}"/><text x="-7" y="${at + 4}" text-anchor="end" fill="${faint}">${label}</text>`;
    }),
    frame(plotWidth, plotHeight),
    mark ? markLine(x(mark.step), mark.label, plotWidth, plotHeight) : '',
    clipped(lines(curves, x, y), plotWidth, plotHeight),
    `<text x="${plotWidth}" y="${plotHeight + 29}" text-anchor="end" fill="${faint}">step</text>`,
  ];
  return heading + group(left, 32, legend.content) + group(left, top, content.join(''));
}

function frame(width: number, height: number): string {
  return `<path d="M0 0v${height}h${width}" fill="none" stroke="${faint}"/>`;
}

function markLine(x: number, label: string, width: number, height: number): string {
  const anchor = x > width / 2 ? ['end', -5] : ['start', 5];
  return [
    `<path d="M${round(x)} 0v${height}" stroke="${text}" stroke-dasharray="4 3"/>`,
    `<text x="${round(x + Number(anchor[1]))}" y="${height - 7}" text-anchor="${anchor[0]}" `,
    `stroke="#fff" stroke-width="3" paint-order="stroke">${escapeText(label)}</text>`,
  ].join('');
}

/** Finite values that the axis must hold: those after the transient steps, all where there are none. */
function shownValues(curves: readonly Curve[], transientSteps: number): number[] {
  const all = curves.flatMap(({ values }) => values).filter(([, value]) => Number.isFinite(value));
  const later = all.filter(([step]) => step > transientSteps);
  return (later.length > 0 ? later : all).map(([, value]) => value);
}

/** What leaves the plot is cut off; dots at its edges stay whole. */
function clipped(content: string, width: number, height: number): string {
  const room = 3;
  const [w, h] = [width + 2 * room, height + 2 * room];
  return `<svg x="${-room}" y="${-room}" width="${w}" height="${h}" viewBox="${-room} ${-room} ${w} ${h}">${content}</svg>`;
}

function lines(curves: readonly Curve[], x: (step: number) => number, y: (value: number) => number): string {
  const pale = curves.filter(({ emphasis }) => !emphasis);
  const bold = curves.filter(({ emphasis }) => emphasis);
  return [...pale, ...bold].map((curve) => line(curve, bold.length > 0 && !curve.emphasis, x, y)).join('');
}

function line(
  { colour, emphasis, values }: Curve,
  isPale: boolean,
  x: (step: number) => number,
  y: (value: number) => number,
): string {
  const places = values.map(([step, value]) => [x(step), Number.isFinite(value) ? y(value) : Number.NaN] as const);
  let path = '';
  let isDown = false;
  let dots = '';
  let lastDot = Number.NEGATIVE_INFINITY;
  for (const [i, [across, down]] of thinned(places).entries()) {
    if (Number.isNaN(down)) {
      isDown = false;
      continue;
    }
    path += `${isDown ? 'L' : 'M'}${round(across)} ${round(down)}`;
    isDown = true;
    // A training line gets a dot only where it would not be seen: a single value.
    if (!(emphasis || (i === 0 && places.length === 1)) || across - lastDot < dotDistance) continue;
    dots += `<circle cx="${round(across)}" cy="${round(down)}" r="2.4"/>`;
    lastDot = across;
  }
  const marks = dots === '' ? '' : `<g fill="${colour}">${dots}</g>`;
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-linejoin="round" ${strokeOf(emphasis, isPale)}/>${marks}`;
}

function strokeOf(emphasis: boolean, isPale: boolean): string {
  return `stroke-width="${emphasis ? 1.8 : 1.4}"${isPale ? ' stroke-opacity="0.6"' : ''}`;
}

type Place = readonly [x: number, y: number];

/** No more than the picture can show: of each half pixel its first, highest, lowest and last place, as they came. */
function thinned(places: readonly Place[]): Place[] {
  const kept: Place[] = [];
  for (let from = 0; from < places.length; ) {
    const column = Math.floor(2 * places[from]![0]);
    let to = from;
    let [lowest, highest] = [from, from];
    while (to < places.length && Math.floor(2 * places[to]![0]) === column) {
      if (places[to]![1] < places[lowest]![1]) lowest = to;
      if (places[to]![1] > places[highest]![1]) highest = to;
      to++;
    }
    const chosen = [...new Set([from, lowest, highest, to - 1])].sort((a, b) => a - b);
    kept.push(...chosen.map((index) => places[index]!));
    from = to;
  }
  return kept;
}

/** Names in rows, each behind a piece of its line. */
function legendOf(curves: readonly Curve[], width: number): { content: string; rows: number } {
  const hasBold = curves.some(({ emphasis }) => emphasis);
  let x = 0;
  let row = 0;
  let content = '';
  for (const { name, colour, emphasis } of curves) {
    if (name === undefined) continue;
    const needed = 23 + textWidth(name, 11);
    if (x > 0 && x + needed > width) {
      x = 0;
      row++;
    }
    const dot = emphasis ? `<circle cx="9" cy="-4" r="2.4" fill="${colour}"/>` : '';
    const sample = `<path d="M0 -4h18" stroke="${colour}" ${strokeOf(emphasis, hasBold && !emphasis)}/>${dot}`;
    content += group(x, row * legendRow, `${sample}<text x="23">${escapeText(name)}</text>`);
    x += needed + 14;
  }
  return { content, rows: content === '' ? 0 : row + 1 };
}
