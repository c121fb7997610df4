/** The noise of single activations, against networks that are asked with rounded inputs, and against all of it together. */
import { int8Parameters } from '@edgebeat/graph';
import { expect, test } from '@jest/globals';
import { NoiseProbe } from '../../src/quantizer/noise-probe.js';
import { quantizeModel } from '../../src/quantizer/quantize-model.js';
import { answers, transformer, windowsOf } from './small-networks.js';

const windows = windowsOf(12, 48);
const model = transformer();

const ratio = (wanted: readonly Float32Array[], given: readonly Float32Array[]) => {
  let [signal, noise] = [0, 0];
  for (const [index, row] of wanted.entries()) {
    row.forEach((element, i) => {
      signal += element ** 2;
      noise += (element - given[index]![i]!) ** 2;
    });
  }
  return noise / signal;
};

test('of an input it is what rounded inputs make, for each scale that is asked about', async () => {
  const probe = await NoiseProbe.create(model, windows, { threads: 1 });
  const scales = [2, 4, 32].map((most) => int8Parameters({ least: -most, most }));
  const noises = await probe.noises(scales.map((parameters) => ({ value: 'x', parameters })));
  const reference = await answers(model, windows);
  for (const [index, { scale, zeroPoint }] of scales.entries()) {
    const rounded = windows.map((window) =>
      window.map((x) => scale * (Math.max(-128, Math.min(127, Math.round(x / scale) + zeroPoint)) - zeroPoint)),
    );
    const wanted = ratio(reference, await answers(model, rounded));
    expect(noises[index]! / wanted).toBeGreaterThan(0.98);
    expect(noises[index]! / wanted).toBeLessThan(1.02);
  }
});

test('those of all activations add up to what they make together', async () => {
  const off = { equalization: 'off', biasCorrection: 'off', sharedScales: 'off', accuracyBudget: 1 } as const;
  const { model: int8, report } = await quantizeModel(model, windows, { ...off, threads: 1 });
  const probe = await NoiseProbe.create(model, windows, { threads: 1 });
  const requests = report.activations.map(({ value, scale, zeroPoint }) => ({
    value,
    parameters: { scale, zeroPoint },
  }));
  const noises = await probe.noises(requests);
  expect(noises.every((noise) => noise > 0)).toBe(true);
  const together = ratio(await answers(model, windows), await answers(int8, windows, { asWritten: true }));
  const sum = noises.reduce((total, noise) => total + noise, 0);
  // The rounding of weights is in the whole alone.
  expect(sum / together).toBeGreaterThan(0.5);
  expect(sum / together).toBeLessThan(1.2);
});
