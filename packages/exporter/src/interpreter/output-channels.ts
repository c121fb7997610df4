/** What Conv and Gemm add to each output channel's sum of products, and what they multiply it by. */
import { weightedSumMultiplier } from '../integer/multipliers.js';
import type { OperationName } from '../integer/operations.js';
import { weightedSumFits } from './accumulator-bound.js';
import type { Codes, Operands, Weights } from './operands.js';

/** One entry for each output channel. */
export interface OutputChannels {
  /** bias − input's zero point · Σ weights, so that the sum runs over bare codes. */
  readonly offsets: Int32Array;
  /** Of input scale · weight scale / output scale, in doubles. */
  readonly multipliers: Int32Array;
  readonly shifts: Int8Array;
}

/** @throws ExportError where a sum of products may leave int32. */
export function prepareOutputChannels<K extends OperationName>(
  operands: Operands<K>,
  x: Codes,
  weight: Weights,
  bias: Int32Array,
  y: Codes,
): OutputChannels {
  const count = bias.length;
  const depth = weight.data.length / count;
  const offsets = new Int32Array(count);
  const multipliers = new Int32Array(count);
  const shifts = new Int8Array(count);
  for (let o = 0; o < count; o++) {
    const row = weight.data.subarray(o * depth, (o + 1) * depth);
    if (!weightedSumFits(row, bias[o]!)) {
      operands.refuse(`sums of ${depth} products and a bias may leave int32`, 'use fewer inputs for each output');
    }
    offsets[o] = bias[o]! - x.zeroPoint * row.reduce((total, code) => total + code, 0);
    const { multiplier, shift } = weightedSumMultiplier(x.scale, weight.scales[o]!, y.scale);
    multipliers[o] = multiplier;
    shifts[o] = shift;
  }
  return { offsets, multipliers, shifts };
}
