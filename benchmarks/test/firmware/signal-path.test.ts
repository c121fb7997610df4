/** The firmware's signal path in C gives the bits of packages/ecg: made signals, every kind of trouble, any rate and chunking. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { noise, syntheticEcg } from '../../../testing/synthetic-ecg.js';
import { describeWithProgram } from '../../../testing/system-packages.js';
import { compareResults } from '../../src/firmware/compare-results.js';
import { sanitizerFlags } from '../../src/firmware/core-test-program.js';
import { referenceResults } from '../../src/firmware/results.js';
import { SignalPathProgram } from '../../src/firmware/signal-path-program.js';
import type { Stream } from '../../src/firmware/stream.js';

const everything = {
  identity: { normalize: 'z-score' },
  activity: { length: 1000, hop: 250 },
} as const;

function noisyEcg(rate: number, seconds: number, seed: number, amount = 0.1): Float32Array {
  const { samples } = syntheticEcg({ rate, seconds, rr: 0.6 + (seed % 7) / 10 });
  const disturbance = noise(samples.length, seed);
  return samples.map((sample, i) => sample + amount * disturbance[i]!);
}

/** A signal with a stretch of something else in it. */
function interrupted(value: (i: number) => number): Float32Array {
  return noisyEcg(250, 60, 11).map((sample, i) => (i > 5000 && i < 8000 ? value(i) : sample));
}

/** The plausible, the impossible and the extreme at random, from a few values that meet every branch. */
function rubbish(length: number, seed: number): Float32Array {
  const values = [0, -0, 1e-40, -1e-38, 1, -1, 10_000, -10_000, 10_001, Number.NaN, Infinity, -Infinity, 3e38, 0.03];
  return noise(length, seed).map((value, i) => (i % 40 < 20 ? value * 5 : values[Math.floor((value + 1) * 7)]!));
}

function rubbishStreams(count: number): Stream[] {
  return Array.from({ length: count }, (_, seed) => ({
    ...everything,
    milliHertz: [250_000, 130_000, 512_000, 999_983][seed % 4]!,
    samples: seed % 2 ? rubbish(4000, seed) : noisyEcg(250, 20, seed, seed / 20),
    chunkSeed: seed,
  }));
}

/** Fails where a result differs. @returns the number of beats. */
function compareAll(core: SignalPathProgram, streams: readonly Stream[]): number {
  const results = core.run(streams);
  const comparisons = streams.map((stream, i) => compareResults(referenceResults(stream), results[i] ?? []));
  expect(comparisons.map(({ firstDifference }) => firstDifference)).toEqual(streams.map(() => undefined));
  return comparisons.reduce((sum, { beats }) => sum + beats, 0);
}

describeWithProgram('cc', 'signal path in C', (compiler) => {
  let core: SignalPathProgram;
  beforeAll(() => {
    core = new SignalPathProgram({ compiler });
  });
  afterAll(() => core.remove());

  const expectEqual = (streams: readonly Stream[]) => compareAll(core, streams);

  const rates = [60, 100, 128, 130, 200, 250, 256, 300, 333.333, 360, 500, 512, 1000, 1024.5, 2000, 4000];
  test.each(rates)('at %d Hz, in chunks of any length', (rate) => {
    const milliHertz = Math.round(rate * 1000);
    const stream = { ...everything, milliHertz, samples: noisyEcg(rate, 30, 5), chunkSeed: milliHertz };
    expect(expectEqual([stream])).toBeGreaterThan(20);
  });

  test.each([
    ['a flat line', () => new Float32Array(10_000)],
    ['a constant', () => new Float32Array(10_000).fill(-3.2)],
    ['a saturated input', () => new Float32Array(10_000).fill(32.767)],
    ['nothing valid', () => new Float32Array(10_000).fill(Number.NaN)],
    ['a converter that toggles its last bit', () => noise(10_000, 5).map((value) => (value > 0 ? 0.001 : 0))],
    ['nothing but noise', () => noise(20_000, 9)],
    ['a signal near underflow', () => noisyEcg(250, 40, 2).map((value) => value * 1e-38)],
    ['a signal of volts', () => noisyEcg(250, 40, 2).map((value) => value * 5000)],
    ['twenty seconds of silence', () => interrupted(() => 0.2)],
    ['a lead that comes off', () => interrupted(() => Number.NaN)],
    ['an input that saturates', () => interrupted((i) => (i % 400 < 200 ? 5 : -5))],
    ['noise in between', () => interrupted((i) => Math.fround(Math.sin(i * i) * 3))],
    ['no sample at all', () => new Float32Array(0)],
    ['one sample', () => Float32Array.of(1)],
    ['less than a beat', () => noisyEcg(250, 1, 3)],
    ['a racing heart', () => syntheticEcg({ rate: 250, seconds: 40, rr: 0.26 }).samples],
    ['a slow heart', () => syntheticEcg({ rate: 250, seconds: 60, rr: 2.3 }).samples],
    ['steps of the electrodes', () => noisyEcg(250, 60, 4).map((value, i) => value + (i % 3000 < 900 ? 80 : -20))],
  ] as const)('%s', (_, make) => {
    const samples = make();
    expectEqual([
      { ...everything, milliHertz: 250_000, samples },
      { ...everything, milliHertz: 360_000, samples, chunkSeed: 3 },
    ]);
  });

  test.each(['none', 'min-max', 'z-score'] as const)('windows normalised by %s, with every stride', (normalize) => {
    const samples = noisyEcg(250, 60, 8);
    const streams = [1, 2, 3, 5].map((stride) => ({ milliHertz: 250_000, samples, identity: { normalize, stride } }));
    expect(expectEqual(streams)).toBeGreaterThan(200);
  });

  test.each([
    [1000, 1000],
    [500, 125],
    [1, 1],
    [997, 13],
  ])('activity windows of %d samples every %d', (length, hop) => {
    expectEqual([{ milliHertz: 250_000, samples: noisyEcg(250, 20, 8), activity: { length, hop } }]);
  });

  test('the steps of a converter', () => {
    const samples = Int16Array.from(noisyEcg(360, 60, 6), (value) => Math.round(value * 200) + 1024);
    expectEqual([{ ...everything, milliHertz: 360_000, samples, scaleNanovolts: 4883, chunkSeed: 7 }]);
  });

  test('rubbish of a hundred seeds', () => {
    expect(expectEqual(rubbishStreams(100))).toBeGreaterThan(500);
  });
});

describeWithProgram('cc', 'signal path in C, compiled otherwise', (compiler) => {
  test.each([
    ['under sanitizers', sanitizerFlags],
    ['without a bank of coefficients, at -O3', ['-O3', '-DEB_RESAMPLER_BANK=8']],
    ['with a large bank of coefficients, at -O0', ['-O0', '-DEB_RESAMPLER_BANK=8192']],
  ])('%s', (_, flags) => {
    const core = new SignalPathProgram({ flags, compiler });
    try {
      expect(compareAll(core, rubbishStreams(40))).toBeGreaterThan(200);
    } finally {
      core.remove();
    }
  });
});
