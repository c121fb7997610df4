/** Noise on the test side: how it is named, how strong it is, and that nothing else has any. */
import { join } from 'node:path';
import { noiseAmplitude, noiseGain, openRecord, qrsAmplitude, sampleRate, segmentChannel } from '@edgebeat/ecg';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  type ClosedSetReport,
  DataSetError,
  type DataSetRecord,
  EmbeddingModel,
  ecgId,
  evaluate,
  ProtocolError,
  parseTestNoise,
  RandomGenerator,
  reportToMarkdown,
  type TestNoise,
  wholeRecord,
} from '../src/index.js';
import { identifyRecords } from '../src/protocols/closed-set-answers.js';
import { addNormalNoise } from '../src/protocols/normal-noise.js';
import { loadRecordedNoise } from '../src/protocols/recorded-noise.js';
import { formatTestNoise, noisyWindowReader } from '../src/protocols/test-noise.js';
import { windowsOf } from '../src/protocols/window-part.js';
import { meanBeatModel } from './mean-beat-model.js';
import { ecgOf, writeEcgId, writeEcgIdRecord, writeHeartprint, writeNoiseStress } from './synthetic-data-sets.js';
import { temporaryFolder } from './temporary-folder.js';

const dataDir = temporaryFolder();
const may = '01.05.2005';

beforeAll(async () => {
  await writeEcgId(dataDir, [[], [may], [may]]);
  const samples = ecgOf(1, { rate: 500, seconds: 30, seed: 7 });
  await writeEcgIdRecord(dataDir, { person: 1, record: 1, date: may, samples });
  await writeNoiseStress(dataDir);
});

const firstRecord = async (): Promise<DataSetRecord> => (await ecgId(dataDir)).subjects[0]!.records[0]!;
const run = async (noise?: TestNoise, seed?: number): Promise<ClosedSetReport> =>
  (await evaluate(meanBeatModel(), {
    protocol: 'ecg-id/closed',
    dataDir,
    resamples: 20,
    ...(noise && { noise }),
    ...(seed && { seed }),
  })) as ClosedSetReport;

describe('parseTestNoise', () => {
  test.each<[string, TestNoise]>([
    ['gauss:0.1', { kind: 'gauss', deviation: 0.1 }],
    ['em:6', { kind: 'em', snr: 6 }],
    ['ma:-6', { kind: 'ma', snr: -6 }],
    ['bw:0', { kind: 'bw', snr: 0 }],
  ])('reads %s, and writes it again', (text, noise) => {
    expect(parseTestNoise(text)).toEqual(noise);
    expect(formatTestNoise(noise)).toBe(text);
  });

  test.each(['gauss', 'gauss:', 'gauss:0', 'gauss:-1', 'em:', 'em:x', 'em:6:6', 'hum:6', '', 'em:Infinity', 'em:1e9e'])(
    'refuses "%s" and says what there is',
    (text) => {
      expect(() => parseTestNoise(text)).toThrow(ProtocolError);
      expect(() => parseTestNoise(text)).toThrow(
        expect.objectContaining({ hint: expect.stringContaining('gauss:0.1') }),
      );
    },
  );
});

describe('normal noise', () => {
  test('has its deviation in units of the range of each beat', () => {
    const ranges = [1, 6, 0.5];
    const clean = Float32Array.from({ length: 900 }, (_, i) => (i % 300 === 5 ? ranges[Math.floor(i / 300)]! : 0));
    const windows = Array.from({ length: 200 }, () => clean.slice());
    addNormalNoise(windows, 0.1, new RandomGenerator(3));
    for (const [beat, range] of ranges.entries()) {
      const noise = windows.flatMap((window) =>
        Array.from(window.slice(300 * beat, 300 * (beat + 1)), (value, i) => value - clean[300 * beat + i]!),
      );
      const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
      const deviation = Math.sqrt(noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noise.length);
      expect(Math.abs(mean)).toBeLessThan(0.002 * range);
      expect(Math.abs(deviation / (0.1 * range) - 1)).toBeLessThan(0.02);
    }
    expect(windows[0]).not.toEqual(windows[1]);
  });
});

describe('recorded noise', () => {
  test('is the second half of the recording, at the rate that is asked for', async () => {
    const noise = await loadRecordedNoise(dataDir, 'em');
    const { channels } = await openRecord(join(dataDir, 'nstdb', 'em'));
    expect(noise(360)).toEqual(channels.map(({ samples }) => ({ samples: samples.slice(10_800), rate: 360 })));
    for (const { samples, rate } of noise(500)) expect([samples.length, rate]).toEqual([15_000, 500]);
  });

  test('gives the windows of the clean signal where it is all but silent, of parts as well', async () => {
    const record = await firstRecord();
    const read = await noisyWindowReader({ kind: 'em', snr: 120 }, dataDir, 1);
    for (const part of [wholeRecord, { from: 0, to: 0.7 }, { from: 0.7, to: 1 }]) {
      const clean = await windowsOf({ record, part }, { normalize: 'z-score' });
      const noisy = await read({ record, part }, { normalize: 'z-score' });
      expect(clean.length).toBeGreaterThan(5);
      expect(noisy).toHaveLength(clean.length);
      noisy.forEach((window, i) => {
        expect(Math.max(...window.map((value, k) => Math.abs(value - clean[i]![k]!)))).toBeLessThan(1e-3);
      });
    }
    const odd = { record, part: wholeRecord, includes: (window: number) => window % 2 === 1 };
    const all = await read({ record, part: wholeRecord }, { normalize: 'z-score' });
    expect(await read(odd, { normalize: 'z-score' })).toEqual(all.filter((_, i) => i % 2 === 1));
  });

  test('is as strong as the ratio says: ten times as much for 20 dB less', async () => {
    const record = await firstRecord();
    const distance = async (snr: number) => {
      const part = { record, part: wholeRecord };
      const clean = await windowsOf(part, { normalize: 'none' });
      const noisy = await (await noisyWindowReader({ kind: 'ma', snr }, dataDir, 1))(part, { normalize: 'none' });
      expect(noisy).toHaveLength(clean.length);
      // The median, as a beat whose R peak is found a sample further on differs by more than the noise.
      const differences = noisy.flatMap((window, i) =>
        Array.from(window, (value, k) => Math.abs(value - clean[i]![k]!)),
      );
      return differences.sort((x, y) => x - y)[Math.floor(differences.length / 2)]!;
    };
    const weak = await distance(60);
    expect((await distance(40)) / weak).toBeCloseTo(10, 0);
    // What nst states: QRS amplitude against the noise by seconds; here most of the noise lies within 0.5–40 Hz.
    const { channels } = await openRecord(record.path);
    const [{ samples, rate }] = channels as [(typeof channels)[number]];
    const beats = segmentChannel({ ...channels[0]! }).flatMap((one) =>
      one.beats.map((beat) => beat.rPeak / sampleRate),
    );
    const noise = (await loadRecordedNoise(dataDir, 'ma'))(rate)[0]!.samples;
    const gain = noiseGain(qrsAmplitude(samples, rate, beats), noiseAmplitude(noise, rate), 60);
    const expected = 0.6745 * gain * noiseAmplitude(noise, rate);
    expect(weak / expected).toBeGreaterThan(0.6);
    expect(weak / expected).toBeLessThan(1.1);
  });

  test('needs its recordings only where it is asked for', async () => {
    const read = noisyWindowReader({ kind: 'bw', snr: 6 }, join(dataDir, 'ecg-id'), 1);
    await expect(read).rejects.toThrow(DataSetError);
    await expect(noisyWindowReader({ kind: 'gauss', deviation: 1 }, '/nowhere', 1)).resolves.toBeInstanceOf(Function);
  });
});

describe('a protocol in noise', () => {
  test.each<[TestNoise, string]>([
    [{ kind: 'gauss', deviation: 0.1 }, 'N(0, 0.1)'],
    [{ kind: 'em', snr: 6 }, 'Recorded noise em'],
  ])('names it, and is the same for the same seed: %j', async (noise, words) => {
    const report = await run(noise);
    expect(report.noise).toBe(formatTestNoise(noise));
    const text = reportToMarkdown(report);
    expect(text).toContain(`### ecg-id/closed, noise ${formatTestNoise(noise)}\n`);
    expect(text).toContain(words);
    expect(await run(noise)).toEqual(report);
  });

  test('is harder, the more so the stronger the noise; without noise none is named', async () => {
    const clean = await run();
    expect(clean.noise).toBeUndefined();
    expect(clean.metrics.accuracy!.value).toBe(1);
    const loud = await run({ kind: 'gauss', deviation: 5 });
    expect(loud.windows).toBe(clean.windows);
    expect(loud.metrics.accuracy!.value).toBeLessThan(0.9);
    expect((await run({ kind: 'gauss', deviation: 5 }, 2)).metrics.accuracy).not.toEqual(loud.metrics.accuracy);
    expect((await run({ kind: 'em', snr: -20 })).metrics.accuracy!.value).toBeLessThan(0.9);
  });

  test('what trains is read without noise: a template stays the person, whatever is heard in the test', async () => {
    const subjects = (await ecgId(dataDir)).subjects;
    const parts = subjects.map(({ records: [record] }) => ({
      training: { record: record!, part: { from: 0, to: 0.7 } },
      test: { record: record!, part: { from: 0.7, to: 1 } },
    }));
    const own = await windowsOf(parts[0]!.test, { normalize: 'min-max' });
    const model = await EmbeddingModel.load(meanBeatModel());
    const { records } = await identifyRecords(model, parts, async () => own, {});
    // All are taken for the first person, whose windows the reader of the test side gives for everybody.
    expect(records.map(({ answers }) => answers.accuracy.record)).toEqual([0, 0, 0]);
    await model.release();
  });

  test('noise of a record does not depend on what was read before', async () => {
    const record = await firstRecord();
    const read = await noisyWindowReader({ kind: 'gauss', deviation: 0.1 }, dataDir, 1);
    const part = { record, part: { from: 0.7, to: 1 } };
    const noisy = await read(part, { normalize: 'none' });
    expect(noisy[0]).not.toEqual((await windowsOf(part, { normalize: 'none' }))[0]);
    expect(await read(part, { normalize: 'none' })).toEqual(noisy);
  });

  test('protocols that know no noise refuse it', async () => {
    writeHeartprint(dataDir, [{ 1: 1, 2: 1 }]);
    for (const protocol of ['heartprint/cross-session', 'kalouskova/time-split']) {
      const noise = { kind: 'gauss', deviation: 0.1 } as const;
      await expect(evaluate(meanBeatModel(), { protocol, dataDir, noise })).rejects.toMatchObject({
        name: 'ProtocolError',
        hint: expect.stringContaining('verification/unseen'),
      });
    }
  });
});
