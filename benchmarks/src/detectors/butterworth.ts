/** Butterworth band-pass of third order, as second-order sections, and zero-phase filtering. */

/** y[n] = b0·x[n] + b1·x[n−1] + b2·x[n−2] − a1·y[n−1] − a2·y[n−2] */
export interface Section {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
}

type Complex = readonly [re: number, im: number];
const multiply = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
const divide = ([a, b]: Complex, [c, d]: Complex): Complex => {
  const norm = c * c + d * d;
  return [(a * c + b * d) / norm, (b * c - a * d) / norm];
};
const squareRoot = ([re, im]: Complex): Complex => {
  const size = Math.hypot(re, im);
  return [Math.sqrt((size + re) / 2), Math.sign(im || 1) * Math.sqrt((size - re) / 2)];
};

/**
 * Band-pass transform of the third-order low-pass, then bilinear transform with the edges prewarped.
 * @param low, high −3 dB frequencies in Hz. @param rate samples per second, more than twice `high`.
 */
export function bandPassSections(low: number, high: number, rate: number): Section[] {
  const warp = (frequency: number) => 2 * rate * Math.tan((Math.PI * frequency) / rate);
  const width = warp(high) - warp(low);
  const centre2 = warp(high) * warp(low);
  const prototype: Complex[] = [
    [-1, 0],
    [-0.5, Math.sqrt(0.75)],
  ];
  const sections = prototype.flatMap((pole): Section[] => {
    // s of the band-pass from p of the low-pass: s² − p·width·s + centre² = 0.
    const half: Complex = [(pole[0] * width) / 2, (pole[1] * width) / 2];
    const square = multiply(half, half);
    const root = squareRoot([square[0] - centre2, square[1]]);
    const upper: Complex = [half[0] + root[0], half[1] + root[1]];
    const lower: Complex = [half[0] - root[0], half[1] - root[1]];
    // The two band-pass poles of the real prototype pole are conjugates; those of the complex one have theirs elsewhere.
    return (pole[1] === 0 ? [upper] : [upper, lower]).map((s) => {
      const z = divide([2 * rate + s[0], s[1]], [2 * rate - s[0], -s[1]]);
      return { b: [1, 0, -1], a: [-2 * z[0], z[0] ** 2 + z[1] ** 2] };
    });
  });
  const middle = 2 * Math.atan(Math.sqrt(centre2) / (2 * rate));
  return sections.map((section) => {
    const gain = responseAt(section, middle);
    const [b0, b1, b2] = section.b;
    return { a: section.a, b: [b0 / gain, b1 / gain, b2 / gain] };
  });
}

/** Magnitude of a section's response. @param angle radians per sample. */
export function responseAt({ a, b }: Section, angle: number): number {
  const at = (c0: number, c1: number, c2: number) =>
    Math.hypot(c0 + c1 * Math.cos(angle) + c2 * Math.cos(2 * angle), c1 * Math.sin(angle) + c2 * Math.sin(2 * angle));
  return at(...b) / at(1, ...a);
}

/** Forwards, then backwards: no delay, and twice the attenuation. */
export function filterBothWays(signal: Float64Array, sections: readonly Section[]): Float64Array {
  const forwards = sections.reduce(runSection, signal);
  return sections.reduce(runSection, forwards.reverse()).reverse();
}

function runSection(signal: Float64Array, { a, b }: Section): Float64Array {
  const output = new Float64Array(signal.length);
  // A band-pass is at rest on any constant: as if the first value had always been there.
  let x1 = signal[0] ?? 0;
  let x2 = x1;
  let y1 = 0;
  let y2 = 0;
  for (let n = 0; n < signal.length; n++) {
    const x = signal[n]!;
    const y = b[0] * x + b[1] * x1 + b[2] * x2 - a[0] * y1 - a[1] * y2;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
    output[n] = y;
  }
  return output;
}
