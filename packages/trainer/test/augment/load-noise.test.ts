import { join } from 'node:path';
import { openRecord, SignalPath } from '@edgebeat/ecg';
import { beforeAll, expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../../../testing/recordings.js';
import { loadNoise, type NoiseRecordings } from '../../src/augment/load-noise.js';
import { temporaryFolder } from '../temporary-folder.js';
import { shareOfPower, varianceOf } from './signals.js';

const empty = temporaryFolder();
/** Milliseconds: three hours of signal are filtered, on a machine that may be busy. */
const slow = 240_000;

test('says where to get the recordings from', async () => {
  await expect(loadNoise(empty)).rejects.toMatchObject({
    name: 'DataSetError',
    hint: expect.stringContaining('physionet.org/content/nstdb'),
  });
});

describeWithRecordings('nstdb', 'the noises of nstdb', (folder) => {
  let noises: NoiseRecordings;
  beforeAll(async () => {
    noises = await loadNoise(join(folder, '..'));
  }, slow);

  test('are half an hour each at 250 Hz, in the band, of their own kinds', () => {
    const { bw, em, ma } = noises;
    for (const channel of [...bw, ...em, ...ma]) {
      expect(Math.abs(channel.length / 250 - 650000 / 360)).toBeLessThan(0.1);
      expect(Number.isFinite(varianceOf(channel))).toBe(true);
    }
    expect([bw, em, ma].map((channels) => channels.length)).toEqual([2, 2, 2]);
    const part = (channel: Float32Array) => channel.subarray(100_000, 102_000);
    // Muscles beyond 10 Hz, electrodes below, baseline below 2 Hz; nothing far beyond the band.
    expect(shareOfPower(part(ma[0]!), 10, 45)).toBeGreaterThan(0.25);
    expect(shareOfPower(part(em[0]!), 0.4, 10)).toBeGreaterThan(0.85);
    expect(shareOfPower(part(bw[0]!), 0, 2)).toBeGreaterThan(0.7);
    for (const channel of [bw[0]!, em[0]!, ma[0]!]) expect(shareOfPower(part(channel), 80, 125)).toBeLessThan(0.01);
    expect(varianceOf(em[0]!)).toBeGreaterThan(varianceOf(bw[0]!));
  });

  test('have gone through the signal path: its activity windows are theirs', async () => {
    const channel = (await openRecord(join(folder, 'ma'))).channels[1]!;
    const windows: Float32Array[] = [];
    const path = new SignalPath(
      { milliHertz: 360_000, activity: { length: 1000, hop: 1000 } },
      { activityWindow: ({ samples }) => windows.push(samples) },
    );
    path.updateAll(channel.samples.subarray(0, 20_000));
    expect(windows.length).toBeGreaterThan(10);
    for (const [i, window] of windows.entries()) {
      const own = noises.ma[1]!.subarray(1000 * i, 1000 * i + 1000);
      const mean = own.reduce((sum, value) => sum + value, 0) / 1000;
      const deviation = Math.sqrt(varianceOf(own));
      for (let k = 0; k < 1000; k += 50) expect(window[k]!).toBeCloseTo((own[k]! - mean) / deviation, 3);
    }
  });

  test(
    'a part is a part of them',
    async () => {
      const [whole, part] = [noises.em[0]!, (await loadNoise(folder, { from: 0.5, to: 0.8 })).em[0]!];
      const from = Math.round(0.5 * whole.length);
      expect(part).toHaveLength(Math.round(0.8 * whole.length) - from);
      expect(part.findIndex((value, i) => value !== whole[from + i])).toBe(-1);
      await expect(loadNoise(folder, { from: 0.5, to: 0.2 })).rejects.toMatchObject({ name: 'DataSetError' });
    },
    slow,
  );
});
