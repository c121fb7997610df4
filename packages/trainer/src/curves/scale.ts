/** Axes: from values to places, and the round numbers that stand beside them. */

export interface Tick {
  /** 0 … 1 along the axis. */
  readonly place: number;
  readonly label: string;
}

export interface Scale {
  /** @returns 0 … 1 for values on the axis. */
  readonly place: (value: number) => number;
  readonly ticks: readonly Tick[];
}

/** Values from which a logarithmic axis shows more than a linear one. */
const logarithmicRatio = 20;

/** @param extent lowest and highest value to show. @param most ticks. */
export function linearScale([low, high]: readonly [number, number], most: number): Scale {
  const place = (value: number) => (high > low ? (value - low) / (high - low) : 0.5);
  const step = tickStep(high - low, most);
  const ticks: Tick[] = [];
  for (let i = Math.ceil(low / step - 1e-9); i <= high / step + 1e-9; i++)
    ticks.push({ place: place(i * step), label: formatNumber(i * step) });
  return { place, ticks };
}

/** A linear axis from one round number to another, with a little room where the values are all the same. */
export function roundedScale([low, high]: readonly [number, number], most: number): Scale {
  const room = high > low ? 0 : Math.abs(low) * 0.1 || 1;
  const step = tickStep(high - low + 2 * room, most);
  const outward = [Math.floor((low - room) / step + 1e-9), Math.ceil((high + room) / step - 1e-9)] as const;
  return linearScale([outward[0] * step, outward[1] * step], most + 1);
}

/** A linear axis from zero to a round number. Values are not negative. */
export function scaleFromZero([, high]: readonly [number, number], most: number): Scale {
  return roundedScale([0, high], most);
}

/** A logarithmic axis where values are positive and far apart, otherwise a rounded linear one. */
export function fittingScale([low, high]: readonly [number, number], most: number): Scale {
  if (!(low > 0 && high / low > logarithmicRatio)) return roundedScale([low, high], most);
  const [from, to] = [Math.log10(low) - 0.03, Math.log10(high) + 0.03];
  const place = (value: number) => (Math.log10(value) - from) / (to - from);
  const decades = Array.from({ length: Math.floor(to) - Math.floor(from) + 1 }, (_, i) => Math.floor(from) + i);
  const choices = [[1, 2, 5], [1]].map((digits) =>
    decades.flatMap((decade) => digits.map((digit) => digit * 10 ** decade)).filter((value) => isWithin(place(value))),
  );
  const [fine, coarse] = choices as [number[], number[]];
  const chosen = fine.length <= most + 3 ? fine : coarse;
  const stride = Math.ceil(chosen.length / (most + 3));
  const ticks = chosen.filter((_, i) => i % stride === 0);
  return { place, ticks: ticks.map((value) => ({ place: place(value), label: formatNumber(value) })) };
}

function isWithin(place: number): boolean {
  return place >= 0 && place <= 1;
}

/** 1, 2 or 5 times a power of ten, such that at most so many fit. */
function tickStep(range: number, most: number): number {
  const power = 10 ** Math.floor(Math.log10(range > 0 ? range / most : 1));
  return ([1, 2, 5].find((digit) => digit * power * most >= range) ?? 10) * power;
}

/** `12,000`, `0.25`, `3e-5`. */
export function formatNumber(value: number): string {
  const rounded = Number(value.toPrecision(4));
  if (rounded !== 0 && Math.abs(rounded) < 1e-3) return rounded.toExponential();
  if (Math.abs(rounded) >= 1e7) return rounded.toExponential();
  return rounded.toLocaleString('en', { maximumFractionDigits: 6 });
}
