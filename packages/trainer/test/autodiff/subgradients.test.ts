/** What gradients are where functions have kinks, ties or poles. */

import { tensor, type Value } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { type Build, type Forward, fixed, gradientsByRules } from './gradient-check.js';

/** The gradient by each element of x of the sum of all elements of the result. */
async function derivative(
  shape: number[],
  values: number[],
  build: (forward: Forward, x: Value) => Value,
): Promise<number[]> {
  const ones = (count: number) => new Array<number>(count).fill(1);
  const whole: Build = (forward) => build(forward, forward.x(shape, fixed(...values)));
  const [gradient] = await gradientsByRules(whole, { cotangent: ones });
  return [...gradient!];
}

test('Relu, Abs: 0 at 0', async () => {
  expect(await derivative([3], [-1, 0, 1], ({ g }, x) => g.relu(x))).toEqual([0, 0, 1]);
  expect(await derivative([3], [-1, 0, 1], ({ g }, x) => g.abs(x))).toEqual([-1, 0, 1]);
});

test('Clip: passes at the limits', async () => {
  const clipped = await derivative([5], [-2, -1, 0, 1, 2], ({ g, real }, x) => g.clip(x, real(-1), real(1)));
  expect(clipped).toEqual([0, 1, 1, 1, 0]);
});

test.each(['reduceMax', 'reduceMin'] as const)('%s: equal extremes share the gradient equally', async (method) => {
  const rows = await derivative([2, 4], [3, 1, 3, 1, 2, 2, 2, 2], ({ g }, x) => g[method](x, g.int64([1])));
  const half = method === 'reduceMax' ? [0.5, 0, 0.5, 0] : [0, 0.5, 0, 0.5];
  expect(rows).toEqual([...half, 0.25, 0.25, 0.25, 0.25]);
});

test.each(['max', 'min'] as const)('%s: equal inputs share the gradient equally', async (method) => {
  const build: Build = ({ g, x }) => g[method](x([2], fixed(1, 5)), x([1], fixed(1)), x([2], fixed(1, 5)));
  const [a, b, c] = await gradientsByRules(build, { cotangent: () => [3, 3] });
  const third = expect.closeTo(1, 6);
  const alone = method === 'max' ? 1.5 : 0;
  expect([...a!]).toEqual([third, alone]);
  expect([...b!]).toEqual([method === 'max' ? third : expect.closeTo(4, 6)]);
  expect([...c!]).toEqual([third, alone]);
});

test('MaxPool: the gradient goes to one of equal maxima', async () => {
  expect(await derivative([1, 1, 4], [7, 7, 7, 7], ({ g }, x) => g.maxPool(x, { kernel_shape: [4] }))).toEqual([
    1, 0, 0, 0,
  ]);
});

test.each([1, 2])('LpNormalization of order %d: 0 along zeros, and their neighbours are not touched', async (p) => {
  const ofRows = (shape: number[], ...values: number[]): Build => {
    return ({ g, x }) => g.lpNormalization(x(shape, fixed(...values)), { p });
  };
  const [alone] = await gradientsByRules(ofRows([1, 2], 3, 4), { cotangent: () => [1, 2] });
  const [beside] = await gradientsByRules(ofRows([2, 2], 0, 0, 3, 4), { cotangent: () => [5, 6, 1, 2] });
  expect([...beside!]).toEqual([0, 0, ...alone!]);
  expect(alone!.every((element) => element !== 0)).toBe(true);
});

test('ReduceL2: 0 where the norm is 0', async () => {
  const norms = await derivative([2, 2], [0, 0, 3, 4], ({ g }, x) => g.reduceL2(x, g.int64([1])));
  expect(norms).toEqual([0, 0, expect.closeTo(0.6, 6), expect.closeTo(0.8, 6)]);
});

test('Pow: the exponent of 0 has the gradient 0', async () => {
  const build: Build = ({ g, x }) => g.pow(x([2], fixed(0, 2)), x([2], fixed(3, 3)));
  const [byBase, byExponent] = await gradientsByRules(build, { cotangent: () => [1, 1] });
  expect([...byBase!]).toEqual([0, 12]);
  expect([...byExponent!]).toEqual([0, expect.closeTo(8 * Math.LN2, 5)]);
});

describe('QuantizeLinear and DequantizeLinear', () => {
  const codes = (...values: number[]) => values.map((value) => value * 0.5);

  test('pass the gradient where the value is inside the range, rounded or not, and none where it is clipped', async () => {
    // Half a step beyond the last code is still rounded to it.
    const values = [...codes(-128, 0, 0.3, 126.7, 127, 127.49), ...codes(-128.6, -200, 127.6, 1e6)];
    const passed = await derivative([10], values, ({ g, real }, x) => {
      const scale = real(0.5);
      const zeroPoint = g.constant(tensor('zero point', 'int8', [], [0]));
      return g.dequantizeLinear(g.quantizeLinear(x, scale, zeroPoint), scale, zeroPoint);
    });
    expect(passed).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0, 0]);
  });

  test('give none to the scale, though it follows from the values', async () => {
    const own = await derivative([2, 3], [1, -2, 0.5, 3, 8, -16], ({ g, real }, x) => {
      const scale = g.mul(g.reduceMax(g.abs(x), g.int64([1]), { keepdims: false }), real(1 / 127));
      const zeroPoint = g.constant(tensor('zero point', 'int8', [2], [0, 0]));
      return g.dequantizeLinear(g.quantizeLinear(x, scale, zeroPoint, { axis: 0 }), scale, zeroPoint, { axis: 0 });
    });
    expect(own).toEqual(new Array(6).fill(expect.closeTo(1, 6)));
  });
});

test('Where: what was not chosen does not matter, be it infinite', async () => {
  const chosen = await derivative([2], [0, 4], ({ g, real }, x) =>
    g.where(g.greater(x, real(0)), g.add(x, g.log(g.max(x, real(1)))), real(0)),
  );
  expect(chosen).toEqual([0, 1.25]);
});

test('Slice that takes nothing: zeros', async () => {
  const nothing = await derivative([2, 3], [1, 2, 3, 4, 5, 6], ({ g }, x) => {
    const empty = g.slice(x, g.int64([1]), g.int64([1]), g.int64([1]));
    return g.concat(empty, x, { axis: 1 });
  });
  expect(nothing).toEqual([1, 1, 1, 1, 1, 1]);
});
