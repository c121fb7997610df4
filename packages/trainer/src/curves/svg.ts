/** Pieces of an SVG file. */

/** To a hundredth of a pixel. */
export function round(value: number): number {
  return Math.round(100 * value) / 100;
}

export function escapeText(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Width in pixels that a text takes about in DejaVu Sans, the widest of the fonts that may be there. */
export function textWidth(text: string, fontSize: number): number {
  return 0.62 * fontSize * text.length;
}

export function group(x: number, y: number, content: string): string {
  return `<g transform="translate(${round(x)} ${round(y)})">${content}</g>`;
}
