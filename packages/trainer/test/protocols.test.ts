import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  DataSetError,
  type EvaluateOptions,
  evaluate,
  type GalleryReport,
  type Progress,
  ProtocolError,
  protocols,
  reportToMarkdown,
} from '../src/index.js';
import { meanBeatMetadata, meanBeatModel } from './mean-beat-model.js';
import { writeEcgId, writeEcgIdRecord, writeHeartprint } from './synthetic-data-sets.js';
import { temporaryFolder } from './temporary-folder.js';

const dataDir = temporaryFolder();
const may = '01.05.2005';
const june = '01.06.2005';

beforeAll(async () => {
  await writeEcgId(dataDir, [[may, may, may, june, june], [may, may, june], [may, may], [may, june], [may]]);
  writeHeartprint(dataDir, [
    { 1: 2, 2: 2, '3L': 1 },
    { 1: 1, 2: 1 },
    { 1: 1, 2: 1, '3R': 2 },
    { 1: 1, 2: 1 },
  ]);
});

const evaluateGallery = async (model: Uint8Array, options: EvaluateOptions): Promise<GalleryReport> => {
  const report = await evaluate(model, options);
  if (!('gallery' in report)) throw new Error(`${options.protocol} gave no report of a gallery`);
  return report;
};

const evaluateEcgId = (training = meanBeatMetadata.training, folder = dataDir) =>
  evaluateGallery(meanBeatModel({ ...meanBeatMetadata, training } as typeof meanBeatMetadata), {
    protocol: 'ecg-id/other-record',
    dataDir: folder,
    resamples: 100,
  });

const rowsOf = ({ rows }: GalleryReport) =>
  rows.map(({ condition, subjects, records, genuine, impostor }) => [condition, subjects, records, genuine, impostor]);

describe('ecg-id/other-record', () => {
  test('enrols the first records, probes with the rest, tells days apart', async () => {
    const progress: Progress[] = [];
    const report = await evaluateGallery(meanBeatModel(), {
      protocol: 'ecg-id/other-record',
      dataDir,
      resamples: 100,
      onProgress: (step) => progress.push(step),
    });
    expect(report).toMatchObject({
      schema: 'edgebeat.evaluate/1',
      model: 'mean-beat',
      protocol: 'ecg-id/other-record',
      subjects: 5,
      gallery: { subjects: 5, records: 7, failedSubjects: [] },
      data: { name: 'ecg-id', complete: false },
      training: 'unseen',
      leaky: false,
      seed: 1,
      resamples: 100,
    });
    // Person 1 probes with records 3 to 5, person 2 with record 3, persons 3 and 4 with record 2, person 5 not at all.
    expect(rowsOf(report)).toEqual([
      ['all', 4, 6, 6, 24],
      ['same day', 2, 2, 2, 8],
      ['other day', 3, 4, 4, 16],
    ]);
    expect(report.windows).toBe(report.rows[0]!.windows);
    expect(report.windows).toBeGreaterThanOrEqual(6 * 3);
    // The made-up hearts differ plainly and have little noise: everybody is recognised.
    expect(report.metrics.rank1).toMatchObject({ value: 1, high: 1, n: 6, subjects: 4 });
    expect(report.metrics.rank1!.low).toBeLessThan(0.6);
    expect(report.metrics.eer).toMatchObject({ value: 0, low: 0, n: 6 });
    for (const name of ['rank1MacroAcross', 'rank1WindowWithin', 'eerWithin', 'eerAcross', 'fnmrAtFmr100Across']) {
      expect(report.metrics[name]).toBeDefined();
    }
    for (const { value, low, high } of Object.values(report.metrics)) {
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }
    expect(report.thresholds).toEqual([
      {
        metric: 'cosine',
        value: expect.any(Number),
        fmr: 0.01,
        data: 'ecg-id/other-record',
        windows: expect.any(Number),
      },
      expect.objectContaining({ fmr: 0.001 }),
    ]);
    expect(progress[0]).toEqual({ step: 'embedding records', done: 0, total: 13 });
    expect(progress.some(({ step }) => step === 'intervals')).toBe(true);
  });

  test('a model that takes everybody for the same recognises nobody', async () => {
    const report = await evaluateGallery(meanBeatModel(meanBeatMetadata, { constant: true }), {
      protocol: 'ecg-id/other-record',
      dataDir,
      resamples: 20,
    });
    expect(report.metrics.rank1!.value).toBe(0);
    expect(report.metrics.eer!.value).toBe(0.5);
  });

  test('gives the same report for the same seed', async () => {
    expect(await evaluateEcgId()).toEqual(await evaluateEcgId());
  });

  test('lets nobody probe who is in the training, once that holds a probe record; the gallery keeps everybody', async () => {
    const records = ['ecg-id/Person_01/rec_1', 'ecg-id/Person_02/rec_3[0,0.7)', 'ecg-id/Person_05/rec_1'];
    const report = await evaluateEcgId({ data: ['ecg-id'], records });
    expect(report).toMatchObject({ training: 'others', leftOut: { subjects: 2, records: 4 } });
    expect(report.gallery).toMatchObject({ subjects: 5, records: 7 });
    expect(rowsOf(report)).toEqual([
      ['all', 2, 2, 2, 8],
      ['same day', 1, 1, 1, 4],
      ['other day', 1, 1, 1, 4],
    ]);
    expect(reportToMarkdown(report)).toContain('2 more persons who would probe (4 records)');
  });

  test('refuses a model that leaves nobody to probe, and one that does not tell', async () => {
    const records = [1, 2, 3, 4].map((person) => `ecg-id/Person_0${person}/rec_${[5, 3, 2, 2][person - 1]}`);
    await expect(evaluateEcgId({ data: ['ecg-id'], records })).rejects.toThrow(/all 4 persons .*Person_01\/rec_5/);
    await expect(evaluateEcgId({ data: ['ecg-id'], records: [] })).rejects.toThrow(ProtocolError);
  });

  test('says when a model knows the gallery, or tells nothing of its training', async () => {
    const records = ['ecg-id/Person_01/rec_1'];
    expect((await evaluateEcgId({ data: ['ecg-id'], records })).training).toBe('gallery');
    const { training: _, ...silent } = meanBeatMetadata;
    const report = await evaluateGallery(meanBeatModel(silent), {
      protocol: 'ecg-id/other-record',
      dataDir,
      resamples: 20,
    });
    expect(report.training).toBe('unstated');
  });

  test('records without beats are misses of rank-1 and no comparisons; persons without any are named', async () => {
    const folder = join(dataDir, 'flat');
    await writeEcgId(folder, [
      [may, may, may],
      [may, may],
      [may, may],
    ]);
    const samples = new Float32Array(6000);
    await writeEcgIdRecord(folder, { person: 1, record: 3, date: may, samples });
    await writeEcgIdRecord(folder, { person: 3, record: 1, date: may, samples });
    const report = await evaluateEcgId(undefined, folder);
    expect(report.gallery.failedSubjects).toEqual(['Person_03']);
    expect(report.rows[0]).toMatchObject({ records: 3, failedRecords: 1, genuine: 1, impostor: 3 });
    expect(report.metrics.rank1).toMatchObject({ value: 1 / 3, n: 3 });
  });
});

describe('heartprint/cross-session', () => {
  test('session 1 enrols, the others probe, each with figures of its own', async () => {
    const report = await evaluateGallery(meanBeatModel(), {
      protocol: 'heartprint/cross-session',
      dataDir,
      resamples: 100,
    });
    expect(report.gallery).toMatchObject({ subjects: 4, records: 5 });
    expect(rowsOf(report)).toEqual([
      ['all', 4, 8, 8, 24],
      ['session 2', 4, 5, 5, 15],
      ['session 3L', 1, 1, 1, 3],
      ['session 3R', 1, 2, 2, 6],
    ]);
    expect(report.metrics.rank1!.value).toBe(1);
    for (const suffix of ['', 'S2', 'S3L', 'S3R']) {
      for (const name of ['rank1', 'eer', 'fnmrAtFmr100']) expect(report.metrics[name + suffix]).toBeDefined();
    }
  });
});

describe('evaluate', () => {
  test('names the protocols there are', async () => {
    expect([...protocols.keys()]).toEqual([
      'ecg-id/closed',
      'ecg-id/random',
      'ecg-id/other-record',
      'ecg-id/other-date',
      'verification/unseen',
      'heartprint/cross-session',
      'ptb/closed',
      'kalouskova/time-split',
      'kalouskova/unseen-person',
      'kalouskova/unseen-electrode',
    ]);
    const run = evaluate(meanBeatModel(), { protocol: 'ecg-id/closed-door', dataDir });
    await expect(run).rejects.toMatchObject({
      name: 'ProtocolError',
      hint: expect.stringContaining('ecg-id/other-record'),
    });
  });

  test('says what data set is missing', async () => {
    const run = evaluate(meanBeatModel(), { protocol: 'ecg-id/other-record', dataDir: join(dataDir, 'heartprint') });
    await expect(run).rejects.toThrow(DataSetError);
  });

  test('refuses a model whose windows the signal path does not cut', async () => {
    const window = { kind: 'identity', beats: 3, before: 100, after: 100 } as const;
    const model = meanBeatModel({ ...meanBeatMetadata, window }, { samples: 200 });
    const run = evaluate(model, { protocol: 'ecg-id/other-record', dataDir });
    await expect(run).rejects.toThrow(/3 beats of 100 \+ 100/);
  });
});
