import { tensor, type Value } from '@edgebeat/graph';
import { apart, type CasesOf, type Forward, type GradientCase } from '../gradient-check.js';

type CodeType = 'int8' | 'uint8' | 'int16' | 'uint16';

const limits: Readonly<Record<CodeType, readonly [number, number]>> = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32768, 32767],
  uint16: [0, 65535],
};

interface Quantization {
  readonly dtype: CodeType;
  readonly shape: readonly number[];
  /** One, or one per entry of the axis. */
  readonly scales: number | readonly number[];
  readonly zeroPoints?: number | readonly number[];
  readonly axis?: number;
  /** What happens to the codes. */
  readonly between?: (g: Forward['g'], codes: Value) => Value;
}

/**
 * To codes and back. Rounding counting as the identity, that is X between the real numbers that the least and the greatest code
 * (and half a code more) stand for; and constant outside.
 */
function straightThrough({ dtype, shape, scales, zeroPoints, axis, between }: Quantization): GradientCase {
  const attributes = axis === undefined ? {} : { axis };
  const list = (values: number | readonly number[]) => (typeof values === 'number' ? [values] : values);
  const zeroPointOf = (g: Forward['g']) =>
    zeroPoints === undefined
      ? undefined
      : g.constant(
          tensor('zero point', dtype, typeof zeroPoints === 'number' ? [] : [zeroPoints.length], list(zeroPoints)),
        );
  return {
    build: ({ g, x, real }) => {
      const [scale, zeroPoint] = [real(scales), zeroPointOf(g)];
      const output = zeroPoint ? {} : { output_dtype: dtype };
      const codes = g.quantizeLinear(x(shape, apart), scale, zeroPoint, { ...attributes, ...output });
      return g.dequantizeLinear(between ? between(g, codes) : codes, scale, zeroPoint, attributes);
    },
    surrogate: ({ g, x, real }) => {
      const bound = (which: 0 | 1) => {
        const bounds = list(scales).map((scale, index) => {
          const zeroPoint = list(zeroPoints ?? 0)[index] ?? 0;
          return scale * (limits[dtype][which] + (which === 0 ? -0.5 : 0.5) - zeroPoint);
        });
        if (typeof scales === 'number') return real(bounds[0]!);
        const along = shape.map((size, at) => (at === (axis ?? 1) || at === (axis ?? 1) + shape.length ? size : 1));
        return g.reshape(real(bounds), g.int64(along));
      };
      const clipped = g.max(g.min(x(shape, apart), bound(1)), bound(0));
      return between ? between(g, clipped) : clipped;
    },
  };
}

const cases = {
  'int8, per tensor': straightThrough({ dtype: 'int8', shape: [4, 5], scales: 0.01 }),
  'int8, a zero point': straightThrough({ dtype: 'int8', shape: [4, 5], scales: 0.008, zeroPoints: 30 }),
  'uint8, a zero point': straightThrough({ dtype: 'uint8', shape: [4, 5], scales: 0.007, zeroPoints: 100 }),
  'uint8, no zero point': straightThrough({ dtype: 'uint8', shape: [4, 5], scales: 0.004 }),
  'int16, per tensor': straightThrough({ dtype: 'int16', shape: [4, 5], scales: 3e-5 }),
  'uint16, a zero point': straightThrough({ dtype: 'uint16', shape: [4, 5], scales: 3e-5, zeroPoints: 30000 }),
  'int8, per axis 1': straightThrough({ dtype: 'int8', shape: [2, 3, 4], scales: [0.01, 0.004, 0.1] }),
  'int8, per axis 0, zero points': straightThrough({
    dtype: 'int8',
    shape: [3, 5],
    scales: [0.01, 0.004, 0.1],
    zeroPoints: [0, 50, -100],
    axis: 0,
  }),
  'int8, per axis -1': straightThrough({ dtype: 'int8', shape: [4, 3], scales: [0.01, 0.004, 0.1], axis: -1 }),
  'codes reshaped and transposed': straightThrough({
    dtype: 'int8',
    shape: [4, 5],
    scales: 0.008,
    between: (g, codes) => g.transpose(g.reshape(codes, g.int64([2, 10]))),
  }),
};

export const quantization: CasesOf<'QuantizeLinear' | 'DequantizeLinear'> = {
  QuantizeLinear: cases,
  DequantizeLinear: cases,
};
