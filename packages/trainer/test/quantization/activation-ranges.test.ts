/** Calibration against numbers that are known. */
import { GraphBuilder, GraphError, type Model, tensor } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { InferenceError } from '../../src/inference/inference-error.js';
import { activationRanges } from '../../src/quantization/activation-ranges.js';
import { fakeQuantized } from '../../src/quantization/fake-quantized.js';
import { RandomGenerator } from '../../src/random/random-generator.js';
import { RecipeError } from '../../src/recipe-error.js';

/** y = softmax(2 · relu(x − 1) + sum of both halves), [N, 2, 5] to the same. */
function network(): Model {
  const g = new GraphBuilder('small');
  const x = g.input('x', 'float32', ['N', 2, 5]);
  const shifted = g.relu(g.add(x, g.constant(tensor('shift', 'float32', [5], [-1, -1, -1, -1, -1]))), { name: 'kept' });
  g.output('kept', shifted);
  g.output('y', g.softmax(g.add(g.mul(shifted, g.float32(2)), x, { name: 'sum' })));
  return g.build();
}

const random = new RandomGenerator(1);
const windows = Array.from({ length: 70 }, () => Float32Array.from({ length: 10 }, () => random.normal()));
const all = windows.flatMap((window) => [...window]);
const extremesOf = (values: readonly number[]) => ({
  least: expect.closeTo(Math.min(0, ...values), 5),
  most: expect.closeTo(Math.max(0, ...values), 5),
});
const kept = (value: number) => Math.max(0, value - 1);
const sum = (value: number) => 2 * kept(value) + value;

describe('the ranges', () => {
  test('reach from the least to the greatest element of any window, and to 0', async () => {
    const ranges = await activationRanges(network(), windows);
    expect(ranges).toEqual({
      x: extremesOf(all),
      kept: extremesOf(all.map(kept)),
      sum: extremesOf(all.map(sum)),
    });
    expect(() => fakeQuantized(network(), ranges)).not.toThrow();
  });

  test('leave out as many elements on either side as the coverage allows, within a code', async () => {
    const coverage = 0.9;
    const { x, sum: covered } = await activationRanges(network(), windows, { coverage });
    for (const [range, values] of [
      [x!, all],
      [covered!, all.map(sum)],
    ] as const) {
      const outside = [
        values.filter((value) => value < range.least).length / values.length,
        values.filter((value) => value > range.most).length / values.length,
      ];
      // One element of 700 is 0.0014.
      for (const share of outside) expect(share).toBeLessThanOrEqual(0.05 + 1e-9);
      for (const share of outside) expect(share).toBeGreaterThan(0.04);
    }
  });

  test('of a tensor that is mostly 0 begin there', async () => {
    const { kept: range } = await activationRanges(network(), windows, { coverage: 0.99 });
    expect(range!.least).toBe(0);
    const positive = all.map(kept).filter((value) => value > 0);
    expect(range!.most).toBeGreaterThan(0);
    expect(range!.most).toBeLessThan(Math.max(...positive));
  });

  test('are the same for the same windows, however many run at a time', async () => {
    const options = { coverage: 0.95 };
    const ranges = await activationRanges(network(), windows, options);
    expect(await activationRanges(network(), windows, { ...options, batch: 7 })).toEqual(ranges);
    expect(await activationRanges(network(), windows.slice(0, 3), options)).not.toEqual(ranges);
  });
});

describe('refused are', () => {
  test('no windows, and a coverage that is no share', async () => {
    await expect(activationRanges(network(), [])).rejects.toThrow(RecipeError);
    for (const coverage of [0, 1.01, Number.NaN])
      await expect(activationRanges(network(), windows, { coverage })).rejects.toThrow(`the coverage is ${coverage}`);
  });

  test('a window that makes an activation infinite', async () => {
    const broken = [...windows, windows[0]!.with(3, Number.NaN)];
    await expect(activationRanges(network(), broken)).rejects.toThrow('"x" is not finite');
  });

  test('windows of another size, and a network that is quantized already', async () => {
    await expect(activationRanges(network(), [new Float32Array(9)])).rejects.toThrow(InferenceError);
    const ranges = await activationRanges(network(), windows);
    await expect(activationRanges(fakeQuantized(network(), ranges), windows)).rejects.toThrow(GraphError);
  });
});
