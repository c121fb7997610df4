/** Numbers for people on the page. */

/** What is printed where there is no figure. */
export const NO_FIGURE = '–';

/** 1234567 → `1,234,567` */
export function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 0 });
}

/** 1536 → `1.5 KiB` */
export function bytes(value: number): string {
  if (value < 1024) return `${count(value)} B`;
  return value < 1024 * 1024 ? `${(value / 1024).toFixed(1)} KiB` : `${(value / 1024 / 1024).toFixed(2)} MiB`;
}

/** 3624576 → `3.62 M`, 5000 → `5 k` */
export function short(value: number): string {
  if (value < 1000) return count(value);
  const [size, unit] = value < 1e6 ? [value / 1e3, 'k'] : value < 1e9 ? [value / 1e6, 'M'] : [value / 1e9, 'G'];
  return `${Number(size.toPrecision(3))} ${unit}`;
}

/** 0.98713 → `98.7 %`; what is not zero does not look like it. */
export function percent(fraction: number): string {
  if (fraction > 0 && fraction < 0.0005) return '< 0.1 %';
  return `${(100 * fraction).toFixed(1)} %`;
}

/** 31.24 → `31.2 dB` */
export function decibels(value: number): string {
  return `${value.toFixed(1)} dB`;
}

/** Round numbers from 0 to at least `most`, four or five of them. */
export function ticks(most: number): number[] {
  if (!(most > 0)) return [0, 1];
  const magnitude = 10 ** Math.floor(Math.log10(most / 4));
  const step = [1, 2, 2.5, 5, 10].map((part) => part * magnitude).find((size) => most / size <= 5)!;
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, index) => index * step);
}

/** The same for bytes, and how they are printed: all in the same unit. */
export function byteTicks(most: number): {
  readonly ticks: readonly number[];
  readonly format: (tick: number) => string;
} {
  const [unit, name] = most < 4096 ? [1, 'B'] : most < 4096 * 1024 ? [1024, 'KiB'] : [1024 * 1024, 'MiB'];
  return {
    ticks: ticks(most / unit).map((tick) => tick * unit),
    format: (tick) => `${(tick / unit).toLocaleString('en-US', { maximumFractionDigits: 2 })} ${name}`,
  };
}

/** `1 weight`, `3 weights` */
export function several(number: number, what: string): string {
  return `${count(number)} ${what}${number === 1 ? '' : 's'}`;
}
