/** Measures, colours and marks of a picture of a recording. */

export const width = 1400;
export const left = 74;
export const right = 16;
export const plotWidth = width - left - right;
export const headerHeight = 62;
export const overviewHeight = 46;
export const traceHeight = 96;
export const stripHeight = 7;
export const rowHeight = traceHeight + stripHeight + 31;
/** No row is drawn with less than this from top to bottom, in mV: noise of a flat line shall look flat. */
export const leastRange = 0.6;

export const colours = {
  signal: '#1f2a37',
  detected: '#1668c7',
  missed: '#d11f2f',
  invented: '#e07b00',
  unscored: '#eceff3',
  grid: '#e3e7ec',
  text: '#3b4654',
} as const;

/** Dark red for unusable over yellow to green. */
export function qualityColour(sqi: number): string {
  const stops = [
    [165, 15, 38],
    [253, 205, 110],
    [56, 148, 96],
  ] as const;
  const position = 2 * Math.max(0, Math.min(1, sqi));
  const lower = Math.min(1, Math.floor(position));
  const mixed = stops[lower]!.map((value, i) =>
    Math.round(value + (position - lower) * (stops[lower + 1]![i]! - value)),
  );
  return `rgb(${mixed.join(',')})`;
}

export const dot = (x: number, y: number, colour: string = colours.detected) =>
  `<circle cx="${round(x)}" cy="${round(y)}" r="3" fill="${colour}" stroke="#fff" stroke-width="0.8"/>`;
export const missMark = (x: number, y: number) =>
  `<path d="M${round(x - 6)} ${round(y)}h12l-6 10z" fill="${colours.missed}"/>`;
export const falseMark = (x: number, y: number) =>
  `<path d="M${round(x - 6)} ${round(y)}h12l-6 -10z" fill="${colours.invented}"/>`;
export const group = (x: number, y: number, content: string) => `<g transform="translate(${x},${y})">${content}</g>`;
export const round = (value: number) => Math.round(value * 10) / 10;

/** 754.5 → `12:34.5` */
export function clock(seconds: number): string {
  const tenths = Math.round(seconds * 10);
  const minutes = Math.floor(tenths / 600);
  const rest = (tenths - 600 * minutes) / 10;
  return `${minutes}:${rest < 10 ? '0' : ''}${rest}`;
}

export function escapeText(text: string): string {
  return text.replace(
    /[&<>"]/g,
    (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character]!,
  );
}
