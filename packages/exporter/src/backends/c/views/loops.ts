/** Loops of kernels over up to four dimensions. */

export interface Loops {
  /** Four, the last one the fastest. */
  readonly sizes: readonly number[];
  /** For each operand four distances. */
  readonly strides: readonly (readonly number[])[];
}

const DEPTH = 4;

/**
 * Merges dimensions that are evenly spaced in all operands and fills up to four with sizes of 1.
 *
 * @param sizes in the order in which the loops run
 * @param strides of each operand, one for each size
 * @returns undefined where more than four dimensions are left
 */
export function loopsOver(sizes: readonly number[], strides: readonly (readonly number[])[]): Loops | undefined {
  const merged: { size: number; strides: readonly number[] }[] = [];
  for (const [d, size] of sizes.entries()) {
    if (size === 1) continue;
    const own = strides.map((operand) => operand[d]!);
    const outer = merged.at(-1);
    if (outer?.strides.every((stride, operand) => stride === own[operand]! * size)) {
      merged[merged.length - 1] = { size: outer.size * size, strides: own };
    } else merged.push({ size, strides: own });
  }
  if (merged.length > DEPTH) return undefined;
  const missing = DEPTH - merged.length;
  return {
    sizes: [...Array<number>(missing).fill(1), ...merged.map(({ size }) => size)],
    strides: strides.map((_, operand) => [
      ...Array<number>(missing).fill(0),
      ...merged.map((dimension) => dimension.strides[operand]!),
    ]),
  };
}
