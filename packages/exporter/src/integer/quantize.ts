/** Between real numbers and int8 codes: real = scale · (code − zero point). */
import type { CodeTensor } from './integer-graph.js';

/** Nearest integer, halves away from zero. */
export function roundHalfAwayFromZero(value: number): number {
  // Not floor(|v| + 0.5), which is 1 for the number just below a half.
  const magnitude = Math.abs(value);
  const below = Math.floor(magnitude);
  const rounded = magnitude - below >= 0.5 ? below + 1 : below;
  return value < 0 ? -rounded : rounded;
}

/** The code of so many steps from zero, rounded and clamped to −128…127; what is no number becomes the zero point. */
export function codeOf(steps: number, zeroPoint: number): number {
  const code = roundHalfAwayFromZero(steps) + zeroPoint;
  if (Number.isNaN(code)) return zeroPoint;
  return Math.min(Math.max(code, -128), 127);
}

type Quantized = Pick<CodeTensor, 'shape' | 'quantization'>;

/**
 * As TFLite's QUANTIZE: each number is divided by the scale in float32, rounded, halves away from zero, shifted by the zero
 * point and clamped to −128…127. NaN becomes the zero point.
 *
 * @param real any number of elements where the tensor has one scale; as many as its shape says where it has one per channel.
 */
export function quantize(real: Float32Array, { shape, quantization }: Quantized): Int8Array {
  const { scales, zeroPoint } = quantization;
  const channel = channels(shape, quantization);
  const codes = new Int8Array(real.length);
  for (let i = 0; i < real.length; i++) codes[i] = codeOf(Math.fround(real[i]! / scales[channel(i)]!), zeroPoint);
  return codes;
}

/** As TFLite's DEQUANTIZE: scale · (code − zero point), rounded to float32 once. */
export function dequantize(codes: Int8Array, { shape, quantization }: Quantized): Float32Array {
  const { scales, zeroPoint } = quantization;
  const channel = channels(shape, quantization);
  const real = new Float32Array(codes.length);
  for (let i = 0; i < codes.length; i++) real[i] = scales[channel(i)]! * (codes[i]! - zeroPoint);
  return real;
}

/** Which scale an element has. */
function channels(
  shape: readonly number[],
  { scales, axis = 0 }: CodeTensor['quantization'],
): (index: number) => number {
  if (scales.length === 1) return () => 0;
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  return (index) => Math.floor(index / inner) % scales.length;
}
