/** Reductions and pooling. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { meanMultiplier } from '../../src/integer/multipliers.js';
import { activations, RUNS, realsOf, runOne, scales, shapes, zeroPoints } from './one-operation.js';
import { at, codeOracle, multiplyOracle, positions, quantizeMultiplierOracle } from './oracle.js';

/** A shape and axes of it. */
const reductions = shapes(1, 4, 6).chain((shape) =>
  fc.record({ shape: fc.constant(shape), axes: fc.subarray([...shape.keys()], { minLength: 1 }) }),
);

/** The elements that are reduced to each element of the output, in their order. */
function grouped<T>(data: ArrayLike<T>, shape: readonly number[], axes: readonly number[]): T[][] {
  const kept = shape.map((size, d) => (axes.includes(d) ? 1 : size));
  const all = positions(shape);
  return positions(kept).map((target) =>
    all
      .filter((position) => position.every((along, d) => axes.includes(d) || along === target[d]))
      .map((position) => at(data, shape, position)),
  );
}

const outputShape = (shape: readonly number[], axes: readonly number[]) => shape.filter((_, d) => !axes.includes(d));

const onCodes = reductions.chain(({ shape, axes }) =>
  fc.record({ x: activations(shape), axes: fc.constant(axes), scale: scales, zeroPoint: zeroPoints }),
);

describe('ReduceMean', () => {
  test('of codes: one multiplier divided by the count', () => {
    fc.assert(
      fc.property(onCodes, ({ x, axes, scale, zeroPoint }) => {
        const out = runOne('ReduceMean', { axes }, [x], { shape: outputShape(x.shape, axes), scale, zeroPoint });
        const real = x.scale / scale;
        grouped(x.codes, x.shape, axes).forEach((codes, i) => {
          const sum = codes.reduce((total, code) => total + code - x.zeroPoint, 0);
          const { multiplier, shift } = quantizeMultiplierOracle(real);
          const bits = Math.min(codes.length.toString(2).length - 1, 31 + shift);
          const divided = (multiplier << BigInt(bits)) / BigInt(codes.length);
          const steps = Number(multiplyOracle(BigInt(sum), divided, shift - bits));
          expect(out[i]).toBe(Math.min(Math.max(steps + zeroPoint, -128), 127));
          const exact = (sum / codes.length) * real + zeroPoint;
          expect(Math.abs(out[i]! - Math.min(Math.max(exact, -128), 127))).toBeLessThan(0.76);
        });
      }),
      RUNS,
    );
  });

  test('divides by large counts without loss', () => {
    for (const count of [1, 2, 3, 7, 8, 150, 1023, 1024, 65_537]) {
      const { multiplier, shift } = meanMultiplier(0.3, 3, count);
      expect(multiplier * 2 ** (shift - 31) * count * 10).toBeCloseTo(1, 7);
    }
    // No bits are left to shift by.
    expect(meanMultiplier(2 ** -32, 1, 8)).toEqual({ multiplier: 2 ** 27, shift: -31 });
  });

  test('of float32: in the order of the elements', () => {
    const arbitrary = reductions.chain(({ shape, axes }) => fc.tuple(realsOf(shape), fc.constant(axes)));
    fc.assert(
      fc.property(arbitrary, ([x, axes]) => {
        const shape = outputShape(x.shape, axes);
        const sums = grouped(x.reals, x.shape, axes).map((reals) => ({
          sum: reals.reduce((total, real) => Math.fround(total + real), 0),
          count: reals.length,
        }));
        expect(runOne('ReduceMean', { axes }, [x], { shape })).toEqual(
          sums.map(({ sum, count }) => Math.fround(sum / count)),
        );
        expect(runOne('ReduceSum', { axes }, [x], { shape })).toEqual(sums.map(({ sum }) => sum));
      }),
      RUNS,
    );
  });
});

test('ReduceSum of codes', () => {
  fc.assert(
    fc.property(onCodes, ({ x, axes, scale, zeroPoint }) => {
      const out = runOne('ReduceSum', { axes }, [x], { shape: outputShape(x.shape, axes), scale, zeroPoint });
      const expected = grouped(x.codes, x.shape, axes).map((codes) => {
        const sum = codes.reduce((total, code) => total + code - x.zeroPoint, 0);
        return codeOracle(sum, x.scale / scale, zeroPoint);
      });
      expect(out).toEqual(expected);
    }),
    RUNS,
  );
});

test('ReduceMax', () => {
  fc.assert(
    fc.property(onCodes, ({ x, axes }) => {
      const { scale, zeroPoint } = x;
      const out = runOne('ReduceMax', { axes }, [x], { shape: outputShape(x.shape, axes), scale, zeroPoint });
      expect(out).toEqual(grouped(x.codes, x.shape, axes).map((codes) => Math.max(...codes)));
    }),
    RUNS,
  );
  const x = { shape: [2, 2], reals: Float32Array.of(-3, -2, -9, -8) };
  expect(runOne('ReduceMax', { axes: [-1] }, [x], { shape: [2] })).toEqual([-2, -8]);
});

describe('pooling', () => {
  const pools = fc
    .record({
      channels: fc.integer({ min: 1, max: 3 }),
      spatial: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 2 }),
      kernel: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 })),
      strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
      dilations: fc.tuple(fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 2 })),
      begins: fc.tuple(fc.nat(2), fc.nat(2)),
      ends: fc.tuple(fc.nat(2), fc.nat(2)),
    })
    .map(({ channels, spatial, ...rest }) => {
      const n = spatial.length;
      const [kernel, strides, dilations, begins, ends] = [
        rest.kernel,
        rest.strides,
        rest.dilations,
        rest.begins,
        rest.ends,
      ].map((list) => list.slice(0, n)) as [number[], number[], number[], number[], number[]];
      const output = spatial.map(
        (size, d) =>
          Math.floor((size + begins[d]! + ends[d]! - (kernel[d]! - 1) * dilations[d]! - 1) / strides[d]!) + 1,
      );
      return { channels, spatial, kernel, strides, dilations, pads: [...begins, ...ends], output };
    })
    .filter(({ output }) => output.every((size) => size >= 1));

  type Pool = typeof pools extends fc.Arbitrary<infer P> ? P : never;

  /** The elements under the window at [0, channel, …position]. */
  function underWindow(codes: Int8Array, shape: readonly number[], pool: Pool, target: readonly number[]): number[] {
    const [, channel, ...position] = target;
    return positions(pool.kernel)
      .map((tap) => position.map((along, d) => along * pool.strides[d]! - pool.pads[d]! + tap[d]! * pool.dilations[d]!))
      .filter((source) => source.every((index, d) => index >= 0 && index < shape[d + 2]!))
      .map((source) => at(codes, shape, [0, channel!, ...source]));
  }

  const given = pools.chain((pool) => fc.tuple(fc.constant(pool), activations([1, pool.channels, ...pool.spatial])));

  test('MaxPool and AveragePool', () => {
    fc.assert(
      fc.property(given, ([pool, x]) => {
        const { kernel, strides, dilations, pads } = pool;
        const shape = [1, pool.channels, ...pool.output];
        const windows = positions(shape).map((target) => underWindow(x.codes, x.shape, pool, target));
        const wanted = { shape, scale: x.scale, zeroPoint: x.zeroPoint };
        const run = (operator: 'MaxPool' | 'AveragePool') =>
          runOne(operator, { kernel, strides, dilations, pads }, [x], wanted);
        if (windows.some((codes) => codes.length === 0)) {
          expect(() => run('MaxPool')).toThrow('holds nothing but padding');
          return;
        }
        expect(run('MaxPool')).toEqual(windows.map((codes) => Math.max(...codes)));
        const means = windows.map((codes) => {
          const mean = codes.reduce((sum, code) => sum + code, 0) / codes.length;
          return mean < 0 ? -Math.round(-mean) + 0 : Math.round(mean);
        });
        expect(run('AveragePool')).toEqual(means);
      }),
      RUNS,
    );
  });
});
