/** Weights are rounded once, however often a graph is written while choices are measured. */
import { type WeightCodes, weightCodes } from './weight-codes.js';

/** By the tensor's elements: what they were rounded for, and to what. */
const latest = new WeakMap<Float32Array, { readonly key: string; readonly codes: WeightCodes }>();

/** The same as `weightCodes`, remembered as long as the weight is. */
export function weightCodesOnce(
  weight: Float32Array,
  shape: readonly number[],
  axis: number | undefined,
  leastScales: Float32Array,
): WeightCodes {
  const key = `${axis} ${shape.join()} ${leastScales.join()}`;
  const known = latest.get(weight);
  if (known?.key === key) return known.codes;
  const codes = weightCodes(weight, shape, axis, leastScales);
  latest.set(weight, { key, codes });
  return codes;
}
