/** Operations that move elements, on codes that tell where each came from. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Operation } from '../../src/integer/integer-graph.js';
import type { OperationName } from '../../src/integer/operations.js';
import { activations, count, RUNS, runOne, shapes } from './one-operation.js';
import { at, codeOracle, positions, spreadFrom } from './oracle.js';

/** Codes and reals that are all different (up to 256 elements). */
function numbered(shape: readonly number[], zeroPoint: number) {
  const codes = Int8Array.from({ length: count(shape) }, (_, i) => i - 128);
  return { x: { shape, scale: 0.5, zeroPoint, codes }, reals: { shape, reals: Float32Array.from(codes) } };
}

/** Runs on codes and on float32 numbers; element by element both are `expected`, where undefined is zero. */
function expectMove<K extends OperationName>(
  operator: K,
  attributes: Operation<K>['attributes'],
  shape: readonly number[],
  output: readonly number[],
  expected: (data: Int8Array) => readonly (number | undefined)[],
): void {
  const zeroPoint = -77;
  const { x, reals } = numbered(shape, zeroPoint);
  const codes = runOne(operator, attributes, [x], { shape: output, scale: 0.5, zeroPoint });
  expect(codes).toEqual(expected(x.codes).map((code) => code ?? zeroPoint));
  const numbers = runOne(operator, attributes, [reals], { shape: output });
  expect(numbers).toEqual(expected(x.codes).map((code) => code ?? 0));
}

const small = shapes(1, 4, 4);

test('Reshape', () => {
  expectMove('Reshape', {}, [2, 3, 4], [4, 6], (data) => [...data]);
});

test('Transpose', () => {
  const permuted = small.chain((shape) =>
    fc.tuple(
      fc.constant(shape),
      fc.shuffledSubarray([...shape.keys()], { minLength: shape.length, maxLength: shape.length }),
    ),
  );
  fc.assert(
    fc.property(permuted, ([shape, perm]) => {
      const output = perm.map((from) => shape[from]!);
      expectMove('Transpose', { perm }, shape, output, (data) =>
        positions(output).map((position) => {
          const source = new Array<number>(shape.length);
          for (const [d, from] of perm.entries()) source[from] = position[d]!;
          return at(data, shape, source);
        }),
      );
    }),
    RUNS,
  );
});

test('Slice, forwards and backwards', () => {
  const ranges = small.chain((shape) =>
    fc.tuple(
      fc.constant(shape),
      fc.tuple(
        ...shape.map((size) =>
          fc.tuple(fc.nat(size - 1), fc.constantFrom(-2, -1, 1, 2)).chain(([start, step]) => {
            const most = step > 0 ? Math.floor((size - 1 - start) / step) + 1 : Math.floor(start / -step) + 1;
            return fc.record({
              start: fc.constant(start),
              step: fc.constant(step),
              size: fc.integer({ min: 1, max: most }),
            });
          }),
        ),
      ),
    ),
  );
  fc.assert(
    fc.property(ranges, ([shape, list]) => {
      const output = list.map(({ size }) => size);
      const attributes = { starts: list.map(({ start }) => start), steps: list.map(({ step }) => step) };
      expectMove('Slice', attributes, shape, output, (data) =>
        positions(output).map((position) =>
          at(
            data,
            shape,
            position.map((along, d) => list[d]!.start + along * list[d]!.step),
          ),
        ),
      );
    }),
    RUNS,
  );
});

test('Gather along any axis, and one that vanishes', () => {
  const chosen = small.chain((shape) =>
    fc.nat(shape.length - 1).chain((axis) =>
      fc.record({
        shape: fc.constant(shape),
        axis: fc.constant(axis),
        indices: fc.array(fc.nat(shape[axis]! - 1), { minLength: 1, maxLength: 4 }),
      }),
    ),
  );
  fc.assert(
    fc.property(chosen, ({ shape, axis, indices }) => {
      const output = shape.map((size, d) => (d === axis ? indices.length : size));
      expectMove('Gather', { axis, indices }, shape, output, (data) =>
        positions(output).map((position) =>
          at(
            data,
            shape,
            position.map((along, d) => (d === axis ? indices[along]! : along)),
          ),
        ),
      );
    }),
    RUNS,
  );
  expectMove('Gather', { axis: 1, indices: [2] }, [2, 3, 2], [2, 2], (data) => [
    ...data.subarray(4, 6),
    ...data.subarray(10),
  ]);
});

test('Pad', () => {
  const padded = small.chain((shape) =>
    fc.tuple(fc.constant(shape), fc.array(fc.nat(2), { minLength: 2 * shape.length, maxLength: 2 * shape.length })),
  );
  fc.assert(
    fc.property(padded, ([shape, pads]) => {
      const output = shape.map((size, d) => pads[d]! + size + pads[d + shape.length]!);
      expectMove('Pad', { pads }, shape, output, (data) =>
        positions(output).map((position) => {
          const source = position.map((along, d) => along - pads[d]!);
          return source.every((along, d) => along >= 0 && along < shape[d]!) ? at(data, shape, source) : undefined;
        }),
      );
    }),
    { ...RUNS, numRuns: 60 },
  );
});

test('Expand', () => {
  const spread = small.chain((output) =>
    fc
      .tuple(fc.nat(output.length), fc.array(fc.boolean(), { minLength: output.length, maxLength: output.length }))
      .map(([drop, ones]) => ({ output, shape: output.map((size, d) => (ones[d] ? 1 : size)).slice(drop) })),
  );
  fc.assert(
    fc.property(spread, ({ shape, output }) => {
      expectMove('Expand', {}, shape, output, (data) =>
        positions(output).map((position) => at(data, shape, spreadFrom(shape, position))),
      );
    }),
    RUNS,
  );
});

test('Rescale keeps codes and changes what they mean', () => {
  const { x } = numbered([4, 5], 9);
  expect(runOne('Rescale', { factor: 0.125 }, [x], { shape: [20], scale: 0.0625, zeroPoint: 9 })).toEqual([...x.codes]);
});

describe('Concat', () => {
  test('requantizes the inputs whose scale or zero point differs', () => {
    const arbitrary = shapes(1, 3, 3).chain((shape) =>
      fc.nat(shape.length - 1).chain((axis) =>
        fc.record({
          axis: fc.constant(axis),
          parts: fc
            .array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 })
            .chain((sizes) =>
              fc.tuple(...sizes.map((size) => activations(shape.map((own, d) => (d === axis ? size : own))))),
            ),
          like: fc.nat(2),
        }),
      ),
    );
    fc.assert(
      fc.property(arbitrary, ({ axis, parts, like }) => {
        const { scale, zeroPoint } = parts[like % parts.length]!;
        const sizes = parts.map((part) => part.shape[axis]!);
        const shape = parts[0]!.shape.map((size, d) => (d === axis ? sizes.reduce((sum, own) => sum + own, 0) : size));
        const out = runOne('Concat', { axis }, parts, { shape, scale, zeroPoint });
        const expected = positions(shape).map((position) => {
          let along = position[axis]!;
          const which = sizes.findIndex((size) => {
            if (along < size) return true;
            along -= size;
            return false;
          });
          const part = parts[which]!;
          const code = at(
            part.codes,
            part.shape,
            position.map((own, d) => (d === axis ? along : own)),
          );
          if (part.scale === scale && part.zeroPoint === zeroPoint) return code;
          return codeOracle(code - part.zeroPoint, part.scale / scale, zeroPoint);
        });
        expect(out).toEqual(expected);
      }),
      RUNS,
    );
  });

  test('of float32', () => {
    const a = { shape: [1, 2], reals: Float32Array.of(1, 2) };
    const b = { shape: [1, 1], reals: Float32Array.of(3) };
    expect(runOne('Concat', { axis: 1 }, [a, b], { shape: [1, 3] })).toEqual([1, 2, 3]);
  });
});
