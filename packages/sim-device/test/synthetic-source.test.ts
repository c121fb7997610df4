/** The synthetic source: reproducible however it is read, true about its R peaks, its wearers and their activities. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  activities,
  drawPerson,
  type SourceChunk,
  SourceError,
  SyntheticSource,
  type SyntheticSourceOptions,
} from '../src/index.js';
import { average, cosine, meanBeat, powerAt, quantile } from './signal-measures.js';

const ada = drawPerson('ada');
const grace = drawPerson('grace');
const atRest = [{ fromSeconds: 0, wearer: ada }];

/** Two wearers, the watch on the table between them, three activities, odd times. */
const eventful: SyntheticSourceOptions = {
  seed: 5,
  seconds: 20.1,
  schedule: [
    { fromSeconds: 0, wearer: ada },
    { fromSeconds: 3.301, wearer: ada, activity: 'walking' },
    { fromSeconds: 8.707, wearer: null },
    { fromSeconds: 10.003, wearer: grace, activity: 'running' },
  ],
};

function readAll(source: SyntheticSource, counts: () => number = () => 1000) {
  const chunks: SourceChunk[] = [];
  for (let chunk = source.read(counts()); chunk !== undefined; chunk = source.read(counts())) chunks.push(chunk);
  const samples = new Float32Array(chunks.reduce((sum, chunk) => sum + chunk.samples.length, 0));
  for (const { seconds, samples: part } of chunks) samples.set(part, Math.round(seconds * source.rate));
  return { chunks, samples, beats: chunks.flatMap(({ beats }) => (beats ?? []).map(({ seconds }) => seconds)) };
}

describe('reading', () => {
  test('gives the same samples and beats, to the bit, in chunks of any size', () => {
    const whole = readAll(new SyntheticSource(eventful));
    expect(whole.samples.length).toBe(5025);
    fc.assert(
      fc.property(fc.infiniteStream(fc.integer({ min: 1, max: 300 })), (sizes) => {
        const pieces = readAll(new SyntheticSource(eventful), () => sizes.next().value as number);
        expect(Buffer.from(pieces.samples.buffer).equals(Buffer.from(whole.samples.buffer))).toBe(true);
        expect(pieces.beats).toEqual(whole.beats);
      }),
      { numRuns: 12 },
    );
  });

  test('another seed is another recording of the same person', () => {
    const one = new SyntheticSource({ schedule: atRest, seed: 1 }).read(500)!.samples;
    expect(new SyntheticSource({ schedule: atRest, seed: 1 }).read(500)!.samples).toEqual(one);
    expect(new SyntheticSource({ schedule: atRest, seed: 2 }).read(500)!.samples).not.toEqual(one);
  });

  test('chunks end where the contact changes, and say so', () => {
    const { chunks } = readAll(new SyntheticSource(eventful));
    const off = chunks.filter(({ leadOff }) => leadOff);
    const length = off.reduce((sum, { samples }) => sum + samples.length, 0);
    expect(off[0]!.seconds * 250).toBeCloseTo(Math.ceil(8.707 * 250), 6);
    expect(length).toBe(Math.ceil(10.003 * 250) - Math.ceil(8.707 * 250));
    for (const { samples, beats } of off) {
      expect(beats).toEqual([]);
      expect(Math.max(...samples.map(Math.abs))).toBeLessThan(0.05);
    }
  });

  test('the truth follows the schedule', () => {
    const source = new SyntheticSource(eventful);
    expect([0, 4, 9, 19].map((seconds) => source.truthAt(seconds))).toEqual([
      { identity: 'person-ada', activity: 'rest' },
      { identity: 'person-ada', activity: 'walking' },
      { identity: null, activity: null },
      { identity: 'person-grace', activity: 'running' },
    ]);
  });
});

describe('R peaks', () => {
  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])('stand on the largest deflection: person %i', (seed) => {
    const schedule = [{ fromSeconds: 0, wearer: drawPerson(seed), activity: activities[seed % 5]! }];
    const rate = [250, 500, 360, 128][seed % 4]!;
    const { samples, beats } = readAll(new SyntheticSource({ seed, schedule, seconds: 30, rate, noiseLevel: 0 }));
    expect(beats.length).toBeGreaterThan(20);
    const reach = Math.round(0.1 * rate);
    for (const seconds of beats) {
      const peak = Math.round(seconds * rate);
      if (peak < reach || peak + reach >= samples.length) continue;
      const around = [...samples.subarray(peak - reach, peak + reach + 1)];
      const baseline = quantile(around, 0.5);
      const deflections = around.map((value) => Math.abs(value - baseline));
      expect(Math.abs(deflections.indexOf(Math.max(...deflections)) - reach)).toBeLessThanOrEqual(1);
    }
  });

  test('come at exactly the same times at every rate', () => {
    const beatsAt = (rate: number) => readAll(new SyntheticSource({ ...eventful, seconds: 20, rate })).beats;
    const reference = beatsAt(1000);
    for (const rate of [128, 250, 360, 500]) expect(beatsAt(rate)).toEqual(reference);
  });
});

describe('persons', () => {
  /** Mean of nine beats, 0.6 s on either side, between two times. */
  const template = (seed: number, from: number) => {
    const schedule = [{ fromSeconds: 0, wearer: drawPerson(seed) }];
    const { samples, beats } = readAll(new SyntheticSource({ seed: `t${seed}`, schedule, seconds: from + 20 }));
    const peaks = beats.map((seconds) => Math.round(seconds * 250));
    const chosen = peaks.filter((peak) => peak > from * 250 + 150 && peak + 150 < samples.length).slice(0, 9);
    return meanBeat(samples, chosen, 150, 150);
  };

  test('are like themselves a minute later, and unlike each other', () => {
    const seeds = Array.from({ length: 30 }, (_, seed) => seed);
    const enrolled = seeds.map((seed) => template(seed, 0));
    const probes = seeds.map((seed) => template(seed, 60));
    const own = seeds.map((seed) => cosine(enrolled[seed]!, probes[seed]!));
    const others = seeds.flatMap((a) => seeds.filter((b) => a !== b).map((b) => cosine(enrolled[a]!, probes[b]!)));
    expect(quantile(own, 0.5)).toBeGreaterThan(0.985);
    expect(quantile(own, 0.1)).toBeGreaterThan(0.95);
    expect(quantile(others, 0.5)).toBeLessThan(0.85);
    const recognised = probes.filter((probe, i) =>
      enrolled.every((t) => cosine(t, probe) <= cosine(enrolled[i]!, probe)),
    );
    expect(recognised.length / seeds.length).toBeGreaterThan(0.9);
  });
});

describe('noise', () => {
  /** What noise adds to the same heart, second by second: the root mean square above 20 Hz or so, and in all, mV. */
  const noiseOf = (activity: (typeof activities)[number], options: Partial<SyntheticSourceOptions> = {}) => {
    const base = { seed: 1, seconds: 60, schedule: [{ fromSeconds: 0, wearer: ada, activity }], ...options };
    const { samples } = readAll(new SyntheticSource(base));
    const clean = readAll(new SyntheticSource({ ...base, noiseLevel: 0 })).samples;
    const noise = [...samples].map((value, i) => value - clean[i]!);
    const fast = noise.slice(2).map((value, i) => (value - 2 * noise[i + 1]! + noise[i]!) / 4);
    const rms = (values: number[]) => Math.sqrt(average(values.map((value) => value * value)));
    return { all: rms(noise), fast: rms(fast), noise };
  };

  test('grows from rest to running, in the muscles and in all', () => {
    const [rest, walking, running] = (['rest', 'walking', 'running'] as const).map((activity) => noiseOf(activity));
    expect(walking!.all).toBeGreaterThan(1.3 * rest!.all);
    expect(running!.all).toBeGreaterThan(1.3 * walking!.all);
    expect(running!.fast).toBeGreaterThan(1.5 * walking!.fast);
    expect(walking!.fast).toBeGreaterThan(1.5 * rest!.fast);
    expect(rest!.all).toBeLessThan(0.12);
    expect(running!.all).toBeLessThan(0.5);
  });

  test('scales with its level', () => {
    expect(noiseOf('arms', { noiseLevel: 2 }).fast / noiseOf('arms').fast).toBeCloseTo(2, 0);
  });

  test('mains hum stands at its frequency', () => {
    const base = { seed: 1, seconds: 10, noiseLevel: 0, schedule: atRest };
    const { samples } = readAll(new SyntheticSource({ ...base, hum: { hertz: 50, millivolts: 0.05 } }));
    const clean = readAll(new SyntheticSource(base)).samples;
    const hum = [...samples].map((value, i) => value - clean[i]!);
    expect(Math.sqrt((4 * powerAt(hum, 250, 50)) / hum.length)).toBeCloseTo(0.05, 4);
  });
});

describe('refuses', () => {
  test.each([
    ['a rate', { rate: 50 }],
    ['a broken rate', { rate: 250.5 }],
    ['a length', { seconds: 0 }],
    ['a noise level', { noiseLevel: -1 }],
    ['a schedule that does not begin at 0', { schedule: [{ fromSeconds: 1, wearer: ada }] }],
    ['an empty schedule', { schedule: [] }],
    ['a schedule that does not rise', { schedule: [...atRest, ...atRest] }],
  ])('%s', (_, change) => {
    expect(() => new SyntheticSource({ schedule: atRest, ...change })).toThrow(SourceError);
  });
});
