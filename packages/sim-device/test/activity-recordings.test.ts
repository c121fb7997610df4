/** Recordings of synthetic wearers in every activity, and how their noise lies among that of real wearables. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openRecord } from '@edgebeat/ecg';
import { describe, expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../../testing/recordings.js';
import { type Activity, activities, SourceError, syntheticActivityRecordings } from '../src/index.js';
import { bandPowers, quantile } from './signal-measures.js';

const few = { seed: 'test', wearers: 3, secondsPerActivity: 20 };

describe('synthetic activity recordings', () => {
  test('are one for each wearer and activity, as long as asked for', () => {
    const made = [...syntheticActivityRecordings(few)];
    expect(made).toHaveLength(15);
    for (const wearer of ['wearer-1', 'wearer-2', 'wearer-3']) {
      const own = made.filter((recording) => recording.wearer === wearer);
      expect(own.map(({ activity }) => activity).sort()).toEqual([...activities].sort());
    }
    for (const { rate, samples } of made) {
      expect([rate, samples.length]).toEqual([250, 5000]);
      expect(samples.every(Number.isFinite)).toBe(true);
    }
    const orders = ['wearer-1', 'wearer-2', 'wearer-3'].map((wearer) =>
      made.flatMap((recording) => (recording.wearer === wearer ? [recording.activity] : [])).join(),
    );
    expect(new Set(orders).size).toBeGreaterThan(1);
  });

  test('are the same for the same seed, to the bit, and others for another', () => {
    const recordings = syntheticActivityRecordings(few);
    const once = [...recordings].map(({ samples }) => Buffer.from(samples.buffer).toString('base64'));
    const again = [...recordings].map(({ samples }) => Buffer.from(samples.buffer).toString('base64'));
    expect(again).toEqual(once);
    const [other] = syntheticActivityRecordings({ ...few, seed: 'other' });
    expect(Buffer.from(other!.samples.buffer).toString('base64')).not.toBe(once[0]);
  });

  test('with fewer wearers are the first of those with more', () => {
    const [first] = syntheticActivityRecordings({ ...few, wearers: 1 });
    const [same] = syntheticActivityRecordings({ ...few, wearers: 5 });
    expect(same).toEqual(first);
  });

  test.each([{ wearers: 0 }, { wearers: 1.5 }, { secondsPerActivity: 0 }, { secondsPerActivity: 0.001 }, { rate: 7 }])(
    'cannot be had with %j',
    (change) => {
      expect(() => [...syntheticActivityRecordings({ ...few, ...change })]).toThrow(SourceError);
    },
  );
});

const bands = [
  [0.5, 2],
  [2, 5],
  [5, 15],
  [15, 40],
] as const;

/** Share of each band in the power of a signal. */
function shares(samples: Float32Array, rate: number): number[] {
  const powers = bandPowers(samples, rate, bands);
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

describeWithRecordings('kalouskova', 'wearables of real people', (folder) => {
  const people = readdirSync(folder).filter((name) => /^\d\d$/.test(name));
  const kinds: readonly (readonly [Activity, string])[] = [
    ['rest', 'klud'],
    ['arms', 'ruky'],
    ['walking', 'chodza'],
    ['running', 'beh'],
    ['squats', 'drepy'],
  ];
  const synthetic = [...syntheticActivityRecordings({ seed: 'measure', wearers: 12, secondsPerActivity: 32.768 })].map(
    ({ activity, samples, rate }) => ({ activity, shares: shares(samples, rate) }),
  );

  test.each(kinds)('at %s spread their power over four bands as the synthetic ones do', async (activity, published) => {
    const paths = people.flatMap((person) =>
      ['01', '02', '03'].map((kind) => `${person}/${person}_${kind}_${published}.csv`),
    );
    const real = await Promise.all(
      paths.map(async (path) => {
        const { samples, rate } = (await openRecord(join(folder, path))).channels[0]!;
        return shares(samples.subarray(0, 16_384), rate);
      }),
    );
    expect(real).toHaveLength(30);
    const own = synthetic.filter((made) => made.activity === activity);
    for (const [band] of bands.entries()) {
      const range = real.map((row) => row[band]!);
      const middle = quantile(
        own.map((made) => made.shares[band]!),
        0.5,
      );
      expect(middle).toBeGreaterThan(quantile(range, 0.05));
      expect(middle).toBeLessThan(quantile(range, 0.95));
    }
  });
});
