import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../../testing/recordings.js';
import {
  type ClassificationReport,
  type EvaluateOptions,
  evaluate,
  formatTrainingRecord,
  InferenceError,
  type Progress,
  ProtocolError,
  reportToMarkdown,
} from '../src/index.js';
import { meanBeatModel } from './mean-beat-model.js';
import { writeKalouskova } from './synthetic-data-sets.js';
import { temporaryFolder } from './temporary-folder.js';
import { toneMetadata, toneModel, tonesOf, windowLength } from './tone-model.js';

const dataDir = temporaryFolder();
const seconds = 21;
const activities = ['klud', 'ruky', 'chodza', 'beh', 'drepy'];
const recordsOf = (person: string) =>
  ['01', '02', '03'].flatMap((electrode) => activities.map((activity) => `${person}_${electrode}_${activity}`));
const impostor = '02_02_klud';
const broken = '03_01_klud';
/** 18 records: all of persons 01 and 02 but three, and six of person 03. */
const names = [
  ...recordsOf('01').slice(0, 5),
  ...recordsOf('02').slice(3, 10),
  ...['03_01_ruky', '03_02_beh', '03_02_drepy', '03_03_klud', '03_03_beh'],
  broken,
];

/** Person 02, then somebody else: from 16.7 s on, when the first of the three test windows has just ended. */
function exchanged(name: string, options: { rate: number; seconds: number }): Float32Array {
  const own = tonesOf(name, options);
  own.set(
    tonesOf(name.replace(/^02/, '01'), options).subarray(Math.round(16.7 * options.rate)),
    Math.round(16.7 * options.rate),
  );
  return own;
}

beforeAll(() => {
  writeKalouskova(dataDir, names, { seconds, signalOf: tonesOf });
  writeKalouskova(dataDir, [impostor], { seconds, signalOf: exchanged });
  // No two seconds without a gap in the last 30 %.
  const gaps = [14, 15.5, 17, 18.5, 20].map((second) => [second, 1] as const);
  writeKalouskova(dataDir, [broken], { seconds, signalOf: tonesOf, gaps });
});

async function classify(
  protocol: string,
  model: Uint8Array = toneModel(),
  options: Partial<EvaluateOptions> = {},
): Promise<ClassificationReport> {
  const report = await evaluate(model, { protocol, dataDir, resamples: 50, ...options });
  if (!('confusion' in report)) throw new Error(`${protocol} gave no report of a classification`);
  return report;
}

const trainedOn = (records: readonly string[], data = ['kalouskova']) =>
  toneModel({ ...toneMetadata, training: { data, records } });
const idOf = (name: string) => `kalouskova/${name.slice(0, 2)}/${name}`;
const firstPart = (name: string, to = 0.7) => formatTrainingRecord({ id: idOf(name), part: { from: 0, to } });
const rowsOf = ({ rows }: ClassificationReport) =>
  rows.map(({ condition, subjects, records, windows }) => [condition, subjects, records, windows]);

describe('kalouskova/time-split', () => {
  test('judges the windows of the last 30 % of each record', async () => {
    const progress: Progress[] = [];
    const report = await classify('kalouskova/time-split', toneModel(), { onProgress: (step) => progress.push(step) });
    expect(report).toMatchObject({
      schema: 'edgebeat.evaluate/1',
      model: 'tones',
      protocol: 'kalouskova/time-split',
      subjects: 3,
      windows: 51,
      data: { name: 'kalouskova', complete: false, citation: expect.stringContaining('GPL-3.0') },
      training: 'unseen',
      leaky: false,
      seed: 1,
      resamples: 50,
    });
    // 6.3 s are three windows of 2 s; one record has none.
    expect(rowsOf(report)).toEqual([
      ['all', 3, 18, 51],
      ['electrode 01 (Ag/AgCl)', 3, 9, 24],
      ['electrode 02 (chrome-nickel)', 2, 7, 21],
      ['electrode 03 (textile)', 1, 2, 6],
      ['rest', 3, 4, 9],
      ['arms', 3, 3, 9],
      ['walking', 2, 2, 6],
      ['running', 3, 5, 15],
      ['squats', 3, 4, 12],
    ]);
    expect(report.rows.map(({ failedRecords }) => failedRecords)).toEqual([1, 1, 0, 0, 1, 0, 0, 0, 0]);
    expect(progress[0]).toEqual({ step: 'classifying windows', done: 0, total: 18 });
    expect(progress.at(-1)).toMatchObject({ step: 'intervals', total: 9 });
  });

  test('counts right answers per window and per record, with intervals over persons', async () => {
    const { metrics, rows } = await classify('kalouskova/time-split');
    // Of the exchanged record two windows of three are somebody else's; the record without windows is a miss.
    expect(metrics.identity).toMatchObject({ value: 49 / 51, n: 51, subjects: 3 });
    expect(metrics.identityPerRecord).toMatchObject({ value: 16 / 18, n: 18, subjects: 3 });
    expect(metrics.activity).toMatchObject({ value: 1, n: 51 });
    expect(metrics.activityPerRecord).toMatchObject({ value: 17 / 18, n: 18 });
    expect(metrics.identityElectrode02!.value).toBe(19 / 21);
    expect(metrics.identityRest!.value).toBe(7 / 9);
    expect(metrics.activityPerRecordRest!.value).toBe(3 / 4);
    expect(metrics.identityRunning!.value).toBe(1);
    expect(Object.keys(rows[0]!.metrics)).toEqual(['identity', 'identityPerRecord', 'activity', 'activityPerRecord']);
    expect(Object.keys(metrics)).toHaveLength(4 * rows.length);
    // Everybody else than person 02 is without fault: a draw of three without that person has no error.
    expect(metrics.identity).toMatchObject({ high: 1 });
    expect(metrics.identity!.low).toBeLessThan(49 / 51);
  });

  test('shows which class was taken for which', async () => {
    const { confusion, windows } = await classify('kalouskova/time-split');
    expect(confusion.identity!.classes).toHaveLength(10);
    const { counts } = confusion.identity!;
    expect(counts.map((row) => row.length)).toEqual(counts.map(() => 10));
    expect(counts[0]!.slice(0, 3)).toEqual([15, 0, 0]);
    expect(counts[1]!.slice(0, 3)).toEqual([2, 19, 0]);
    expect(counts[2]!.slice(0, 3)).toEqual([0, 0, 15]);
    expect(counts.flat().reduce((sum, count) => sum + count)).toBe(windows);
    const { classes, counts: activity } = confusion.activity!;
    expect(classes).toEqual(['rest', 'arms', 'walking', 'running', 'squats']);
    expect(activity.map((row, index) => row[index])).toEqual([9, 9, 6, 15, 12]);
  });

  test('gives the same report for the same seed, and one that JSON carries', async () => {
    const report = await classify('kalouskova/time-split');
    expect(await classify('kalouskova/time-split')).toEqual(report);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  test('becomes a table of figures and two confusion matrices in a model card', async () => {
    const text = reportToMarkdown(
      await classify('kalouskova/time-split', trainedOn(names.map((name) => firstPart(name)))),
    );
    const lines = text.split('\n');
    expect(lines[0]).toBe('### kalouskova/time-split');
    expect(lines.filter((line) => line.startsWith('| all | 3 | 18 | 51 | 0.961 ('))).toHaveLength(1);
    const identity = lines.indexOf('Confusion of identity, windows:');
    const activity = lines.indexOf('Confusion of activity, windows:');
    expect(lines[identity + 5]).toBe('| 02 | 2 | 19 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |');
    expect(lines[activity + 2]).toBe('| true, answered | rest | arms | walking | running | squats |');
    for (const part of [
      '51 windows',
      '1 records gave no window',
      'Only a part of',
      'GPL-3.0',
      'other parts of these',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('judges only what the model tells', async () => {
    const { activity } = toneMetadata.classes!;
    const single = toneModel({ ...toneMetadata, classes: { activity: activity! } }, { identity: 'other' });
    const report = await classify('kalouskova/time-split', single);
    expect(Object.keys(report.rows[0]!.metrics)).toEqual(['activity', 'activityPerRecord']);
    expect(Object.keys(report.confusion)).toEqual(['activity']);
  });

  test('takes a model that was trained on the first parts', async () => {
    expect((await classify('kalouskova/time-split', trainedOn(names.map((name) => firstPart(name))))).training).toBe(
      'parts',
    );
    expect((await classify('kalouskova/time-split', trainedOn([idOf('09_01_beh')]))).training).toBe('unseen');
    const { training: _, ...silent } = toneMetadata;
    expect((await classify('kalouskova/time-split', toneModel(silent))).training).toBe('unstated');
  });

  test.each<[string, () => Uint8Array, RegExp]>([
    [
      'on whole records',
      () => trainedOn(names.map(idOf)),
      /18 of the 18 test records, kalouskova\/01\/01_01_klud\[0\.7,1\)/,
    ],
    [
      'beyond the cut',
      () => trainedOn([firstPart('01_01_klud'), firstPart('02_02_ruky', 0.71)]),
      /1 of the 18 .*02_02_ruky/,
    ],
    ['on records that it does not list', () => trainedOn([]), /do not list the records/],
    [
      'on what is no part',
      () => trainedOn([`${idOf('01_01_klud')}[0.7,0)`]),
      /edgebeat\.training .*01_01_klud\[0\.7,0\)/,
    ],
  ])('refuses a model that was trained %s', async (_, model, message) => {
    const run = classify('kalouskova/time-split', model());
    await expect(run).rejects.toThrow(ProtocolError);
    await expect(run).rejects.toThrow(message);
  });

  test('refuses a model that has no class for what is true, and windows that no part holds', async () => {
    const { identity, activity } = toneMetadata.classes!;
    const renamed = { identity: identity!.with(1, 'somebody'), activity: activity! };
    await expect(classify('kalouskova/time-split', toneModel({ ...toneMetadata, classes: renamed }))).rejects.toThrow(
      /cannot answer 02: its classes of "identity" are 01, somebody/,
    );
    const window = { kind: 'activity', samples: 2000 } as const;
    const slow = toneModel({ ...toneMetadata, window }, { samples: 2000 });
    await expect(classify('kalouskova/time-split', slow)).rejects.toThrow(
      /no test part holds a window of 2000 samples/,
    );
  });
});

describe('kalouskova/unseen-person', () => {
  test('judges the activity in whole records of persons that the model has not met', async () => {
    const model = trainedOn([firstPart('01_01_klud', 0.1), idOf('02_03_beh')]);
    const report = await classify('kalouskova/unseen-person', model);
    expect(report).toMatchObject({ subjects: 1, training: 'unseen' });
    // Five records of 21 s with ten windows of 2 s each; of the sixth, 14 s before its gaps, seven windows less what
    // the resampler waits for.
    expect(rowsOf(report)[0]).toEqual(['all', 1, 6, 56]);
    expect(Object.keys(report.rows[0]!.metrics)).toEqual(['activity', 'activityPerRecord']);
    expect(report.metrics.activity).toMatchObject({ value: 1, n: 56, subjects: 1 });
    expect(Object.keys(report.confusion)).toEqual(['activity']);
  });

  test('tests everybody where the model has met none', async () => {
    expect((await classify('kalouskova/unseen-person')).subjects).toBe(3);
  });

  test('refuses a model that has met everybody, and one that names records it cannot place', async () => {
    const all = trainedOn(['01_01_klud', '02_01_klud', '03_03_beh'].map((name) => firstPart(name)));
    await expect(classify('kalouskova/unseen-person', all)).rejects.toThrow(/trained on all 3 persons: 01, 02, 03/);
    for (const id of ['kalouskova/01_01_klud', 'kalouskova/02/01_01_klud', 'kalouskova/01/01_04_klud']) {
      await expect(classify('kalouskova/unseen-person', trainedOn([id]))).rejects.toThrow(
        `names ${id}, which is no record`,
      );
    }
  });

  test('refuses a model that knows no activities', async () => {
    const { identity } = toneMetadata.classes!;
    const single = toneModel({ ...toneMetadata, classes: { identity: identity! } }, { activity: 'other' });
    await expect(classify('kalouskova/unseen-person', single)).rejects.toThrow(/no output "activity"/);
  });
});

describe('kalouskova/unseen-electrode', () => {
  test('judges both tasks in whole records of the electrodes that the model has not seen', async () => {
    const report = await classify(
      'kalouskova/unseen-electrode',
      trainedOn([idOf('01_01_klud'), firstPart('01_03_beh')]),
    );
    expect(rowsOf(report).map(([condition]) => condition)).toEqual([
      'all',
      'electrode 02 (chrome-nickel)',
      'rest',
      'arms',
      'walking',
      'running',
      'squats',
    ]);
    expect(rowsOf(report)[0]).toEqual(['all', 2, 7, 70]);
    expect(report.metrics.activity!.value).toBe(1);
    // 20 s of windows begin with the record: eight of them before the other person comes, two after.
    expect(report.confusion.identity!.counts[1]!.slice(0, 2)).toEqual([2, 48]);
  });

  test('refuses a model that has seen all electrodes', async () => {
    const all = trainedOn(['01_01_klud', '01_02_klud', '01_03_klud'].map((name) => firstPart(name)));
    await expect(classify('kalouskova/unseen-electrode', all)).rejects.toThrow(/all electrodes: 01 .* 03 \(textile\)/);
  });
});

describe('models and protocols of different windows', () => {
  test('are refused', async () => {
    await expect(classify('kalouskova/time-split', meanBeatModel())).rejects.toThrow(InferenceError);
    const run = evaluate(toneModel(), { protocol: 'ecg-id/other-record', dataDir });
    await expect(run).rejects.toMatchObject({
      message: expect.stringContaining('activity windows'),
      hint: expect.stringContaining('protocol for models of activity windows'),
    });
  });
});

describeWithRecordings('kalouskova', 'kalouskova/time-split on real recordings', (folder) => {
  test('tests 605 windows of 4 s of all 150 records', async () => {
    const window = { kind: 'activity', samples: 2 * windowLength } as const;
    const model = toneModel({ ...toneMetadata, window }, { samples: window.samples });
    const report = await classify('kalouskova/time-split', model, { dataDir: join(folder, '..') });
    expect(report).toMatchObject({ subjects: 10, windows: 605, data: { complete: true } });
    expect(rowsOf(report)).toEqual([
      ['all', 10, 150, 605],
      ['electrode 01 (Ag/AgCl)', 10, 50, 201],
      ['electrode 02 (chrome-nickel)', 10, 50, 204],
      ['electrode 03 (textile)', 10, 50, 200],
      ['rest', 10, 30, 120],
      ['arms', 10, 30, 123],
      ['walking', 10, 30, 121],
      ['running', 10, 30, 120],
      ['squats', 10, 30, 121],
    ]);
    expect(report.rows[0]!.failedRecords).toBe(0);
  }, 180_000);
});
