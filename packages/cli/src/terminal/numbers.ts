/** Numbers for people: always the same number of digits for the same kind of figure, and no locale. */

/** What is printed where there is no figure. */
export const noFigure = '–';

/** 0.98713 → `98.71 %`. Rates are fractions of 1 everywhere but in print. */
export function percent(fraction: number, digits = 2): string {
  return Number.isFinite(fraction) ? `${(fraction * 100).toFixed(digits)} %` : noFigure;
}

/** Three significant digits and the fitting unit: 0.04182 → `41.8 µs`, 12.3 → `12.3 ms`, 73200 → `73.2 s`. */
export function milliseconds(value: number): string {
  if (!Number.isFinite(value)) return noFigure;
  const size = Math.abs(value);
  // The borders are where three digits round up to the next unit.
  if (size >= 999.5) return `${significant(value / 1_000)} s`;
  if (size >= 0.9995 || value === 0) return `${significant(value)} ms`;
  return `${significant(value * 1_000)} µs`;
}

/** 1536 → `1.5 KiB` */
export function bytes(value: number): string {
  if (!Number.isFinite(value)) return noFigure;
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let size = value;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`;
}

/** 1234567 → `1,234,567` */
export function count(value: number): string {
  return Number.isFinite(value)
    ? Math.round(value)
        .toString()
        .replace(/\B(?=(\d{3})+$)/g, ',')
    : noFigure;
}

/** 2153.7 → `2,154 ×`, 0.483 → `0.48 ×` */
export function factor(value: number): string {
  if (!Number.isFinite(value)) return noFigure;
  return `${Math.abs(value) >= 100 ? count(value) : value.toFixed(2)} ×`;
}

function significant(value: number): string {
  const digits = value === 0 ? 1 : Math.floor(Math.log10(Math.abs(value))) + 1;
  return value.toFixed(Math.min(2, Math.max(0, 3 - digits)));
}
