import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../../../testing/recordings.js';
import {
  addNoise,
  continuousNoise,
  NoiseError,
  noiseAmplitude,
  noiseGain,
  noiseGainFor,
  noiseStressTest,
  normalBeats,
  openRecord,
  qrsAmplitude,
  readAnnotations,
} from '../../src/index.js';

const sine = (length: number, rate: number, frequency: number, amplitude: number) =>
  Float32Array.from({ length }, (_, i) => amplitude * Math.sin((2 * Math.PI * frequency * i) / rate));

test('measures a sine as one, and puts two of the same power at 0 dB', () => {
  const signal = sine(2000, 250, 10, 1);
  expect(qrsAmplitude(signal, 250, [1, 2, 3])).toBeCloseTo(2, 2);
  expect(noiseAmplitude(signal, 250)).toBeCloseTo(Math.SQRT1_2, 4);
  expect(noiseGain(2, Math.SQRT1_2, 0)).toBeCloseTo(1, 9);
  expect(noiseGain(2, Math.SQRT1_2, 20)).toBeCloseTo(0.1, 9);
  expect(noiseGain(2, Math.SQRT1_2, -6)).toBeCloseTo(1.995, 3);
});

test('measures a noise as a whole where asked: wander counts then', () => {
  const wander = sine(250 * 300, 250, 1 / 60, 1);
  expect(noiseAmplitude(wander, 250, 'whole')).toBeCloseTo(Math.SQRT1_2, 3);
  expect(noiseAmplitude(wander, 250)).toBeLessThan(0.03);
  const clean = { samples: sine(2000, 250, 10, 1), rate: 250 };
  const noise = { samples: wander, rate: 250 };
  expect(noiseGainFor(clean, [1, 2], noise, 0, 'whole')).toBeCloseTo(1, 2);
});

test('leaves the outliers out of both measurements', () => {
  const signal = sine(100 * 250, 250, 10, 1);
  for (let i = 0; i < 250; i++) signal[i]! *= 1000;
  expect(noiseAmplitude(signal, 250)).toBeCloseTo(Math.SQRT1_2, 4);
  const beats = Array.from({ length: 98 }, (_, i) => i + 0.5);
  expect(qrsAmplitude(signal, 250, beats)).toBeCloseTo(2, 2);
});

test('the noise stress test begins after five minutes and changes every two', () => {
  expect(noiseStressTest(900)).toEqual([
    { from: 300, to: 420 },
    { from: 540, to: 660 },
    { from: 780, to: 900 },
  ]);
  expect(noiseStressTest(200)).toEqual([]);
  expect(noiseStressTest(310)).toEqual([{ from: 300, to: 310 }]);
});

test('adds noise inside its stretches alone, never jumps, and starts over where the noise ends', () => {
  const clean = { samples: new Float32Array(1000), rate: 100 };
  const noise = { samples: Float32Array.from({ length: 150 }, (_, i) => i), rate: 100 };
  const noisy = addNoise(clean, noise, { gain: 0.01, stretches: [{ from: 2, to: 6 }] });
  expect(new Set(noisy.subarray(0, 200))).toEqual(new Set([0]));
  expect(new Set(noisy.subarray(600))).toEqual(new Set([noisy[599]]));
  for (let i = 1; i < noisy.length; i++) expect(Math.abs(noisy[i]! - noisy[i - 1]!)).toBeLessThan(0.0101);
  expect(noisy[599]).toBeGreaterThan(3.9);
});

test('continuous noise begins at the asked second, resampled to the rate of the recording', () => {
  const clean = { samples: new Float32Array(2500), rate: 250 };
  const noise = { samples: sine(36000, 360, 5, 1), rate: 360 };
  const noisy = addNoise(clean, noise, { gain: 2, stretches: continuousNoise, noiseFrom: 10 });
  const expected = sine(2500, 250, 5, 2);
  for (let i = 0; i < 2500; i++) expect(noisy[i]! - noisy[0]!).toBeCloseTo(expected[i]! - expected[0]!, 2);
});

test('samples that are not finite stay so', () => {
  const clean = { samples: Float32Array.of(0, Number.NaN, 0), rate: 1 };
  const noisy = addNoise(clean, clean, { gain: 0, stretches: [] });
  expect([...noisy].map(Number.isNaN)).toEqual([false, true, false]);
});

test('says what is missing', () => {
  const clean = { samples: sine(1000, 250, 10, 1), rate: 250 };
  const silence = { samples: new Float32Array(1000), rate: 250 };
  const nothing = { samples: new Float32Array(0), rate: 250 };
  expect(() => noiseGainFor(clean, [], clean, 0)).toThrow(NoiseError);
  expect(() => noiseGainFor(clean, [1], silence, 0)).toThrow(/silent/);
  expect(() => addNoise(clean, nothing, { gain: 1, stretches: continuousNoise })).toThrow(/no samples/);
});

describeWithRecordings('nstdb', 'record 118e_6 of nstdb', (folder) => {
  test('is 118 with em at −6 dB', async () => {
    const [clean, noise, published] = await Promise.all(
      [join(folder, '..', 'mitdb', '118'), join(folder, 'em'), join(folder, '118e_6')].map((path) => openRecord(path)),
    );
    const beats = normalBeats(await readAnnotations(join(folder, '..', 'mitdb', '118')), 360);
    const stretches = noiseStressTest(clean!.channels[0]!.samples.length / 360);
    for (const [index, publishedGain] of [5.911, 15.2591].entries()) {
      const signal = clean!.channels[index]!;
      // The published gains come from amplitudes in whole ADC units, cut off: 0.5 % and 1.6 % above ours.
      const gain = noiseGainFor(signal, beats, noise!.channels[index]!, -6);
      expect(gain / publishedGain).toBeGreaterThan(0.98);
      expect(gain / publishedGain).toBeLessThan(1);
      // With the same gain the samples are the same. Rounding to ADC units (5 µV) adds up where noise sets in and ends, and
      // the published header still names a baseline of 1024 units, which its samples have lost.
      const noisy = addNoise(signal, noise!.channels[index]!, { gain: publishedGain, stretches });
      let largest = 0;
      for (let i = 1; i < noisy.length - 1; i++)
        largest = Math.max(largest, Math.abs(noisy[i]! - published!.channels[index]!.samples[i]! - 5.12));
      expect(largest).toBeLessThan(0.035);
    }
  });
});
