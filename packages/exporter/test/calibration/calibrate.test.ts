/** Ranges against numbers that are known. */
import { GraphBuilder, int8Parameters, type Model } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { noise } from '../../../../testing/synthetic-ecg.js';
import { calibrate } from '../../src/calibration/calibrate.js';
import type { CalibrationMethod } from '../../src/calibration/calibration-method.js';
import { ExportError } from '../../src/export-error.js';

/** y = softmax(x²), [N, 50]. */
function network(): Model {
  const g = new GraphBuilder('small');
  const x = g.input('x', 'float32', ['N', 50]);
  g.output('y', g.softmax(g.mul(x, x, { name: 'square' })));
  return g.build();
}

const windows = Array.from({ length: 40 }, (_, index) => noise(50, index + 1));
const all = windows.flatMap((window) => [...window]);
const rangesBy = (method: CalibrationMethod, given = windows) => calibrate(network(), given, { method, threads: 1 });

/** Sum of squared errors that int8 makes of all inputs. */
function errorOf(range: { least: number; most: number }, elements: readonly number[]): number {
  const { scale, zeroPoint } = int8Parameters(range);
  return elements.reduce((sum, x) => {
    const code = Math.max(-128, Math.min(127, Math.round(x / scale) + zeroPoint));
    return sum + (x - scale * (code - zeroPoint)) ** 2;
  }, 0);
}

describe('ranges', () => {
  test('by min-max reach from the least to the greatest element, and are asked for where no operator fixes them', async () => {
    const ranges = await rangesBy('min-max');
    expect(Object.keys(ranges)).toEqual(['x', 'square']);
    expect(ranges.x).toEqual({ least: Math.min(...all), most: Math.max(...all) });
    expect(ranges.square!.least).toBe(0);
  });

  test('by percentile hold that share', async () => {
    const { x } = await rangesBy({ percentile: 0.9 });
    const inside = all.filter((element) => element >= x!.least && element <= x!.most).length / all.length;
    expect(inside).toBeGreaterThanOrEqual(0.9 - 1e-9);
    expect(inside).toBeLessThan(0.91);
  });

  test('by squared error clip a lonely outlier, as far as all others gain by it', async () => {
    const many = Array.from({ length: 4000 }, (_, index) => noise(50, index + 1));
    const given = [many[0]!.with(7, 4), ...many.slice(1)];
    const elements = given.flatMap((window) => [...window]);
    const [whole, best] = [(await rangesBy('min-max', given)).x!, (await rangesBy('mse', given)).x!];
    expect(whole.most).toBe(4);
    expect(errorOf(best, elements)).toBeLessThan(0.8 * errorOf(whole, elements));
    // One element clipped by 4 − t against 200,000 in steps of (1 + t) / 255: least where 2 · (4 − t) = 0.513 · (1 + t).
    expect(Math.abs(best.most - 2.98)).toBeLessThan(0.1);
    expect(best.least).toBeLessThan(-0.95);
  });

  test('are the same twice', async () => {
    expect(await rangesBy('mse')).toEqual(await rangesBy('mse'));
  });
});

describe('refused are', () => {
  test('methods that are not known', async () => {
    for (const method of ['max', { percentile: 0 }, { percentile: 1.5 }, {}, null])
      await expect(rangesBy(method as CalibrationMethod)).rejects.toThrow(ExportError);
  });

  test('no windows, and one that is not finite', async () => {
    await expect(rangesBy('mse', [])).rejects.toThrow('there are no windows to calibrate on');
    await expect(rangesBy('mse', [windows[0]!.with(0, Number.NaN)])).rejects.toThrow('value "x": is not finite');
  });
});
