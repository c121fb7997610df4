import { describe, expect, test } from '@jest/globals';
import { noise } from '../../../../testing/synthetic-ecg.js';
import { RateError, Resampler } from '../../src/signal/resampler.js';
import { kernelTable, stepsPerCrossing, zeroCrossings } from '../../src/signal/resampler-kernel.js';
import { StateReader, StateWriter } from '../../src/signal/state.js';

function resample(samples: ArrayLike<number>, milliHertz: number): number[] {
  const resampler = new Resampler(milliHertz);
  const outputs = new Float32Array(resampler.mostOutputs);
  const result: number[] = [];
  for (let i = 0; i < samples.length; i++) {
    const count = resampler.update(samples[i]!, outputs);
    result.push(...outputs.subarray(0, count));
  }
  return result;
}

const sine = (hertz: number, rate: number, seconds: number) =>
  Float32Array.from({ length: rate * seconds }, (_, i) => Math.sin((2 * Math.PI * hertz * i) / rate));

describe('the kernel', () => {
  test('is the Kaiser-windowed sinc that its header says', () => {
    const bessel = (x: number) => {
      let sum = 1;
      let term = 1;
      for (let k = 1; k < 50; k++) {
        term *= (x / 2 / k) ** 2;
        sum += term;
      }
      return sum;
    };
    expect(kernelTable.length).toBe(zeroCrossings * stepsPerCrossing + 1);
    for (let i = 0; i < kernelTable.length - 1; i++) {
      const u = i / stepsPerCrossing;
      const sinc = u === 0 ? 1 : Math.sin(Math.PI * u) / (Math.PI * u);
      const window = bessel(4.55 * Math.sqrt(1 - (u / zeroCrossings) ** 2)) / bessel(4.55);
      expect(Math.abs(kernelTable[i]! - sinc * window)).toBeLessThan(1e-7);
    }
  });
});

describe('the resampler', () => {
  test.each([128, 256, 333, 360, 500, 512, 1000])('keeps a 10 Hz sine from %d Hz in place and in size', (rate) => {
    const output = resample(sine(10, rate, 4), rate * 1000);
    expect(output.length).toBeGreaterThan(4 * 250 - 20);
    const errors = output.map((value, n) => (n < 50 ? 0 : Math.abs(value - Math.sin((2 * Math.PI * 10 * n) / 250))));
    expect(Math.max(...errors)).toBeLessThan(0.01);
  });

  test('removes what 250 Hz cannot carry', () => {
    const output = resample(sine(220, 1000, 2), 1_000_000);
    expect(Math.max(...output.slice(50).map(Math.abs))).toBeLessThan(0.02);
  });

  test('passes 250 Hz through to the bit', () => {
    const input = noise(1000, 1);
    expect(Float32Array.from(resample(input, 250_000))).toEqual(input);
  });

  test('leaves a constant alone for every rate, odd ones too', () => {
    for (const milliHertz of [60_000, 497_213, 360_000, 4_000_000]) {
      const outputs = resample(new Float32Array(4000).fill(2.5), milliHertz);
      expect(Math.max(...outputs.map((value) => Math.abs(value - 2.5)))).toBeLessThan(1e-6);
    }
  });

  test('counts outputs exactly over a long time', () => {
    // 497.213 Hz for 1,000 s: one output every 1.988852 inputs, none gained or lost.
    const output = resample(new Float32Array(497_213), 497_213);
    expect(Math.abs(output.length - 250_000)).toBeLessThan(10);
  });

  test('continues a saved state to the bit', () => {
    for (const milliHertz of [360_000, 128_000, 497_213]) {
      const input = noise(3000, 7);
      const whole = new Resampler(milliHertz);
      const first = new Resampler(milliHertz);
      const second = new Resampler(milliHertz);
      const outputs = new Float32Array(whole.mostOutputs);
      const expected: number[] = [];
      const found: number[] = [];
      for (const sample of input) expected.push(...outputs.slice(0, whole.update(sample, outputs)));
      for (const sample of input.subarray(0, 1234)) found.push(...outputs.slice(0, first.update(sample, outputs)));
      const writer = new StateWriter();
      first.save(writer);
      second.load(new StateReader(writer.finish()));
      for (const sample of input.subarray(1234)) found.push(...outputs.slice(0, second.update(sample, outputs)));
      expect(found).toEqual(expected);
    }
  });

  test.each([0, 59_999, 4_000_001, 250_000.5, Number.NaN])('refuses %d mHz with a hint', (milliHertz) => {
    expect(() => new Resampler(milliHertz)).toThrow(RateError);
  });
});
