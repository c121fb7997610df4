/** Functions of one int8 activation as tables of 256 codes, and the functions themselves. */
import { erf } from './error-function.js';
import type { Quantization } from './integer-graph.js';
import { codeOf } from './quantize.js';

export type RealFunction = (x: number) => number;

/** What is tabulated by name. All take and give doubles. */
export const sigmoid: RealFunction = (x) => 1 / (1 + Math.exp(-x));
export const tanh: RealFunction = Math.tanh;
/** x · Φ(x), with the exact Φ: Gelu with approximate = "none". */
export const gelu: RealFunction = (x) => (x / 2) * (1 + erf(x / Math.SQRT2));
/** Gelu with approximate = "tanh". */
export const tanhGelu: RealFunction = (x) =>
  (x / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
export const squareRoot: RealFunction = Math.sqrt;
export const negative: RealFunction = (x) => -x;
/** x to a constant power. */
export const power =
  (exponent: number): RealFunction =>
  (x) =>
    x ** exponent;

/**
 * The code of f for each of the 256 codes of its input: `table[code + 128]`. Computed in doubles, rounded, halves away from zero,
 * and clamped. Where f is not defined (the root of a negative number) the code is the output's zero point.
 *
 * @param input one scale
 * @param output one scale
 */
export function lookUpTable(f: RealFunction, input: Quantization, output: Quantization): Int8Array {
  const table = new Int8Array(256);
  for (let code = -128; code < 128; code++) {
    const y = f(input.scales[0]! * (code - input.zeroPoint));
    table[code + 128] = codeOf(y / output.scales[0]!, output.zeroPoint);
  }
  return table;
}
