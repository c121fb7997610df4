/**
 * The frame of a picture over the layers of a network: a vertical axis with lines across, the picture itself as SVG, labels as text
 * on top, so that the picture takes any width while the text keeps its size.
 */
import { escapeHtml } from './escape.js';

/** Words at a place in the picture. */
export interface PlotLabel {
  /** Fractions of width and height, from the left and from the bottom. */
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly className?: string;
}

export interface PlotOptions {
  /** What is shown, for those who cannot see it. */
  readonly description: string;
  readonly ticks: readonly number[];
  readonly format: (tick: number) => string;
  /** Inside of an SVG whose coordinates are 0 … `count` from left to right and 0 … 100 from top to bottom. */
  readonly shapes: string;
  /** How many layers. */
  readonly count: number;
  readonly labels?: readonly PlotLabel[];
  /** Under the left and the right end. */
  readonly ends?: readonly [string, string];
  readonly height?: 'low' | 'high';
}

export function plot(options: PlotOptions): string {
  const { description, ticks, format, shapes, count, labels = [], ends, height = 'high' } = options;
  const top = ticks.at(-1)!;
  const lines = ticks.map((tick) => heightOf(tick, top)).map((y) => `<path class="grid" d="M0 ${y}H${count}"/>`);
  const names = ticks.map(
    (tick) => `<span class="tick" style="top:${heightOf(tick, top)}%">${escapeHtml(format(tick))}</span>`,
  );
  return `<div class="plot ${height}">
<div class="axis">${names.join('')}</div>
<div class="area"><svg viewBox="0 0 ${count} 100" preserveAspectRatio="none" role="img" aria-label="${escapeHtml(description)}">${lines.join('')}${shapes}</svg>${labels.map(label).join('')}</div>
${ends ? `<div class="ends"><span>${escapeHtml(ends[0])}</span><span>${escapeHtml(ends[1])}</span></div>` : ''}
</div>`;
}

/** Where a value stands in the picture, from the top. */
export function heightOf(value: number, top: number): number {
  return round(100 - (100 * Math.min(value, top)) / top);
}

/** A bar of one layer that stands on the axis, with words that show when it is pointed at. */
export function bar(index: number, value: number, top: number, className: string, words: string): string {
  const y = heightOf(value, top);
  return `<rect class="${className}" x="${round(index + 0.1)}" y="${y}" width="0.8" height="${round(100 - y)}">${title(words)}</rect>`;
}

export function title(words: string): string {
  return `<title>${escapeHtml(words)}</title>`;
}

export function round(value: number): number {
  return Math.round(100 * value) / 100;
}

/** Beyond the middle, words stand to the left of their place. */
function label({ x, y, text, className = '' }: PlotLabel): string {
  const place = x > 0.5 ? `right:${round(100 * (1 - x))}%` : `left:${round(100 * x)}%`;
  return `<span class="label ${className}" style="${place};bottom:${round(100 * y)}%">${escapeHtml(text)}</span>`;
}
