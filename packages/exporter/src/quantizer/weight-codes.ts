/** Constants as integers: weights as int8, biases as int32. */
import { LEAST_WEIGHT_SCALE, MOST_WEIGHT_CODE } from '@edgebeat/graph';

// Taken out once: where tests run, each look at a global is slow.
const { abs, floor, fround, max, min, round } = Math;

/** real = scale · code. */
export interface WeightCodes {
  readonly codes: Int8Array;
  /** One for each channel along the axis, or one. */
  readonly scales: Float32Array;
  /** Largest |real − scale · code|. */
  readonly maxError: number;
}

/**
 * Codes from −127 to 127, the largest magnitude of every channel at 127.
 *
 * @param weight row-major, of this shape. @param axis of the channels; undefined for one scale.
 * @param leastScales what scales have to be at least, by channel (see `leastScaleForBias`).
 */
export function weightCodes(
  weight: Float32Array,
  shape: readonly number[],
  axis: number | undefined,
  leastScales?: Float32Array,
): WeightCodes {
  const channels = axis === undefined ? 1 : shape[axis]!;
  const inner = axis === undefined ? weight.length : shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const channelOf = (index: number) => floor(index / inner) % channels;
  const scales = new Float32Array(channels);
  for (let i = 0; i < weight.length; i++) {
    const channel = channelOf(i);
    scales[channel] = max(scales[channel]!, abs(weight[i]!));
  }
  // The product of float32 numbers by which training with fake quantization finds the same scales.
  const step = fround(1 / MOST_WEIGHT_CODE);
  for (let channel = 0; channel < channels; channel++)
    scales[channel] = max(scales[channel]! * step, leastScales?.[channel] ?? 0, LEAST_WEIGHT_SCALE);
  const codes = new Int8Array(weight.length);
  let maxError = 0;
  for (let i = 0; i < weight.length; i++) {
    const scale = scales[channelOf(i)]!;
    const code = roundHalfToEven(fround(weight[i]! / scale));
    codes[i] = max(-MOST_WEIGHT_CODE, min(MOST_WEIGHT_CODE, code));
    maxError = max(maxError, abs(weight[i]! - scale * codes[i]!));
  }
  return { codes, scales, maxError };
}

/** Biases stay so far within int32 that an accumulator has room beside them. */
const MOST_BIAS_CODE = 2 ** 30;

/** The scale that a channel's weights must have at least, so that its bias fits int32: of weight where weights are all but zero. */
export function leastScaleForBias(bias: number, inputScale: number): number {
  return fround(abs(bias) / (inputScale * MOST_BIAS_CODE)) * (1 + 2 ** -20);
}

/** In units of `scales`, one for each or one for all. */
export function biasCodes(bias: Float32Array, scales: Float32Array): Int32Array {
  return Int32Array.from(bias, (real, channel) => round(real / scales[scales.length === 1 ? 0 : channel]!));
}

/** As QuantizeLinear rounds. */
function roundHalfToEven(value: number): number {
  const rounded = round(value);
  return abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
