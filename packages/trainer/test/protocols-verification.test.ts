/** Verification of held-out persons: who is compared with whom, on which windows, and what comes out. */
import { encodeModel, GraphBuilder, writeMetadata } from '@edgebeat/graph';
import { equalErrorRate, errorCurve, fnmrAtFmr } from '@edgebeat/identity';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  type DataSetRecord,
  EmbeddingModel,
  ecgId,
  evaluate,
  heartprint,
  type IdentityProtocol,
  identityStretches,
  isHeldOut,
  protocolOf,
  protocols,
  ptb,
  reportToMarkdown,
  type VerificationReport,
  type WindowPart,
  wholeRecord,
} from '../src/index.js';
import { interleavedSets, spreadEvenly } from '../src/protocols/probe-sets.js';
import { compareConditions } from '../src/protocols/verification-comparisons.js';
import { ecgIdConditions, heartprintConditions, ptbConditions } from '../src/protocols/verification-conditions.js';
import { windowsOf } from '../src/protocols/window-part.js';
import { meanBeatMetadata, meanBeatModel } from './mean-beat-model.js';
import { writeEcgId, writeHeartprint, writePtb } from './synthetic-data-sets.js';
import { temporaryFolder } from './temporary-folder.js';

const dataDir = temporaryFolder();
const may = '01.05.2005';
const june = '01.06.2005';

beforeAll(async () => {
  // Held out are persons 1, 2 and 8, of Heartprint 4, 8 and 12, of PTB patients 1 and 49.
  await writeEcgId(dataDir, [[may, may, june], [may, june, june], [may, may], [], [], [], [], [may]]);
  const everySession = { 1: 2, 2: 1, '3L': 1, '3R': 1 };
  writeHeartprint(dataDir, [
    ...[everySession, {}, {}, everySession, {}, {}, {}],
    ...[{ 1: 1, 2: 2, '3R': 1 }, {}, {}, {}, { 1: 2, 2: 1 }],
  ]);
  await writePtb(dataDir, { 1: ['01/10/1990', '02/10/1990'], 49: ['03/10/1990'], 71: ['04/10/1990'] });
});

const run = async (model: Uint8Array = meanBeatModel()): Promise<VerificationReport> =>
  (await evaluate(model, { protocol: 'verification/unseen', dataDir, resamples: 50 })) as VerificationReport;

const trainedOn = (...records: string[]) => {
  const data = [...new Set(records.map((record) => record.split('/')[0]!))];
  return meanBeatModel({ ...meanBeatMetadata, training: { data, records } });
};

/** An embedding of three numbers that mixes people up: the mean beat, projected. */
function poorModel(): Uint8Array {
  const graph = new GraphBuilder('poor');
  const windows = graph.input('windows', 'float32', ['N', 3, 300]);
  const beat = graph.reduceMean(windows, graph.int64([1]), { keepdims: false });
  const data = Float32Array.from({ length: 900 }, (_, i) => Math.sin(i * i));
  graph.output('embedding', graph.matMul(beat, graph.constant({ name: 'p', dtype: 'float32', shape: [300, 3], data })));
  return encodeModel(graph.build({ metadata: writeMetadata(meanBeatMetadata) }));
}

const heldOut = async () => {
  const sets = await Promise.all([heartprint(dataDir), ecgId(dataDir), ptb(dataDir)]);
  const [fingers, wrists, chests] = sets.map((set) => ({
    ...set,
    subjects: set.subjects.filter(({ records }) => records.every(isHeldOut)),
  }));
  return [...heartprintConditions(fingers!), ...ecgIdConditions(wrists!), ...ptbConditions(chests!)];
};

/** Whole windows of a record, as evaluation takes them. */
const windowsOfRecord = (record: DataSetRecord) =>
  windowsOf({ record, part: wholeRecord }, { normalize: meanBeatMetadata.normalize! });

describe('spreadEvenly', () => {
  test('takes the middles of equal shares, all where there are few', () => {
    const numbers = Array.from({ length: 100 }, (_, i) => i);
    expect(spreadEvenly(numbers, 10)).toEqual([5, 15, 25, 35, 45, 55, 65, 75, 85, 95]);
    expect(spreadEvenly(numbers.slice(0, 12), 10)).toEqual([0, 1, 3, 4, 5, 6, 7, 9, 10, 11]);
    expect(spreadEvenly([1, 2], 10)).toEqual([1, 2]);
    expect(spreadEvenly([], 10)).toEqual([]);
  });
});

describe('interleavedSets', () => {
  test('deals every item once, neighbours apart, and leaves what fills no set', () => {
    expect(interleavedSets([0, 1, 2, 3, 4, 5, 6], 3)).toEqual([
      [0, 2, 4],
      [1, 3, 5],
    ]);
    expect(interleavedSets([0, 1, 2], 1)).toEqual([[0], [1], [2]]);
    expect(interleavedSets([0, 1], 3)).toEqual([]);
    for (const size of [1, 3, 5, 10]) {
      const dealt = interleavedSets(
        Array.from({ length: 47 }, (_, i) => i),
        size,
      ).flat();
      expect(new Set(dealt).size).toBe(Math.floor(47 / size) * size);
    }
  });
});

describe('conditions', () => {
  test('no recording stands on both sides; the halves of one share no beat', async () => {
    for (const { suffix, gallery, probes } of await heldOut()) {
      const enrolled = new Set(gallery.map(({ record }) => record.id));
      const both = probes.filter(({ record }) => enrolled.has(record.id));
      expect([suffix, both.length]).toEqual([suffix, suffix === 'PtbSameRecord' ? probes.length : 0]);
    }
    const { gallery, probes } = (await heldOut()).find(({ suffix }) => suffix === 'PtbSameRecord')!;
    const beats = async (parts: readonly WindowPart[]) =>
      (await Promise.all(parts.map((part) => windowsOf(part, { normalize: 'none' }))))
        .flat()
        .flatMap((window) => [0, 300, 600].map((begin) => window.slice(begin, begin + 300).join()));
    const first = new Set(await beats(gallery));
    expect(first.size).toBeGreaterThan(5);
    for (const beat of await beats(probes)) expect(first.has(beat)).toBe(false);
  });

  test('who enrols and who probes', async () => {
    const sessionsOf = (parts: readonly WindowPart[]) =>
      parts.map(({ record }) => `${record.subject} ${record.session}`);
    const bySuffix = new Map((await heldOut()).map((one) => [one.suffix, one]));
    const sides = (suffix: string) => [
      sessionsOf(bySuffix.get(suffix)!.gallery),
      sessionsOf(bySuffix.get(suffix)!.probes),
    ];
    expect(sides('HeartprintSameSession')).toEqual([
      ['004 1', '008 1', '012 1'],
      ['004 1', '012 1'],
    ]);
    const all = ['004 1', '004 1', '008 1', '012 1', '012 1'];
    expect(sides('HeartprintS2')).toEqual([all, ['004 2', '008 2', '008 2', '012 2']]);
    expect(sides('HeartprintS3R')).toEqual([all, ['004 3R', '008 3R']]);
    expect(sides('HeartprintS3L')).toEqual([all, ['004 3L']]);
    const [first, other] = ['2005-05-01', '2005-06-01'];
    expect(sides('EcgIdSameDay')).toEqual([
      [`Person_01 ${first}`, `Person_02 ${first}`, `Person_08 ${first}`],
      [`Person_01 ${first}`],
    ]);
    expect(sides('EcgIdOtherDate')).toEqual([
      [`Person_01 ${first}`, `Person_01 ${first}`, `Person_02 ${first}`, `Person_08 ${first}`],
      [`Person_01 ${other}`, `Person_02 ${other}`, `Person_02 ${other}`],
    ]);
    expect(sides('PtbOtherRecord')[1]).toEqual(['patient001 1990-10-02']);
  });
});

describe('verification/unseen', () => {
  test('judges the held-out persons of the three data sets, each condition by itself and pooled', async () => {
    const report = await run();
    expect(report).toMatchObject({
      protocol: 'verification/unseen',
      subjects: 8,
      templateWindows: 10,
      probeWindows: [5, 1, 3, 10],
      failedSubjects: [],
      training: 'unseen',
      leaky: false,
      data: { name: 'heartprint, ecg-id, ptbdb', complete: false },
    });
    expect(report.rows.map(({ condition, subjects, records }) => [condition, subjects, records])).toEqual([
      ['all, same session or day', 3, 3],
      ['all, other session or date', 5, 10],
      ['Heartprint, same session', 2, 2],
      ['Heartprint, session 1 to 2', 3, 4],
      ['Heartprint, session 1 to 3R', 2, 2],
      ['Heartprint, session 1 to 3L', 1, 1],
      ['Heartprint, session 1 to 3, mean of R and L', 2, 3],
      ['ECG-ID, same day', 1, 1],
      ['ECG-ID, other date', 2, 3],
      ['PTB, same record', 2, 2],
      ['PTB, other record', 1, 1],
    ]);
    const suffixes = ['Within', 'Across', 'HeartprintSameSession', 'HeartprintS2', 'HeartprintS3R', 'HeartprintS3L'];
    for (const suffix of [
      ...suffixes,
      'HeartprintS3',
      'EcgIdSameDay',
      'EcgIdOtherDate',
      'PtbSameRecord',
      'PtbOtherRecord',
    ]) {
      for (const figure of ['eer', 'fnmrAtFmr100', 'fnmrAtFmr1000', 'rank1']) {
        expect([suffix, figure, report.metrics[figure + suffix]?.value]).toEqual([
          suffix,
          figure,
          figure === 'rank1' ? 1 : 0,
        ]);
        expect(report.metrics[`${figure}K1${suffix}`]).toBeDefined();
      }
    }
    expect(report.thresholds).toMatchObject([
      { metric: 'cosine', fmr: 0.01, data: 'verification/unseen', windows: 5 },
      { fmr: 0.001 },
    ]);
  });

  test('counts a probe for every five windows of a recording, and every other held-out person as impostor', async () => {
    const report = await run();
    const conditions = await heldOut();
    const second = conditions.find(({ suffix }) => suffix === 'HeartprintS2')!;
    const windows = await Promise.all(second.probes.map(async ({ record }) => (await windowsOfRecord(record)).length));
    const row = report.rows.find(({ condition }) => condition === 'Heartprint, session 1 to 2')!;
    const genuine = (size: number) => windows.reduce((sum, count) => sum + Math.floor(count / size), 0);
    expect(row.windows).toBe(windows.reduce((sum, count) => sum + count, 0));
    expect(row.genuine).toBe(genuine(5));
    expect(row.impostor).toBe(2 * genuine(5));
    for (const size of [1, 3, 10]) expect(report.metrics[`eerK${size}HeartprintS2`]!.n).toBe(genuine(size));
    // Pools hold the comparisons of their conditions, none across data sets and none of PTB.
    const across = report.rows.filter(({ condition }) => /session 1 to (2|3R|3L)$|other date/.test(condition));
    expect(report.rows[1]!.genuine).toBe(across.reduce((sum, one) => sum + one.genuine, 0));
    expect(report.rows[1]!.impostor).toBe(across.reduce((sum, one) => sum + one.impostor, 0));
  });

  test('gives the error rates that the scores have, for every number of windows', async () => {
    const source = poorModel();
    const report = await run(source);
    const model = await EmbeddingModel.load(source);
    const conditions = await heldOut();
    const second = conditions.find(({ suffix }) => suffix === 'HeartprintS2')!;
    const unit = (v: readonly number[]) => v.map((value) => value / Math.hypot(...v));
    const mean = (vectors: readonly (readonly number[])[]) =>
      unit(vectors[0]!.map((_, d) => vectors.reduce((sum, v) => sum + v[d]!, 0)));
    const embed = async (parts: readonly WindowPart[]) => {
      const windows = (await Promise.all(parts.map(({ record }) => windowsOfRecord(record)))).flat();
      return (await model.embed(windows)).map((embedding) => unit([...embedding]));
    };
    const subjects = ['004', '008', '012'];
    const templates = [];
    for (const subject of subjects) {
      const all = await embed(second.gallery.filter(({ record }) => record.subject === subject));
      templates.push(mean(Array.from({ length: 10 }, (_, i) => all[Math.floor((i + 0.5) * (all.length / 10))]!)));
    }
    for (const [size, name] of [
      [5, ''],
      [1, 'K1'],
      [3, 'K3'],
    ] as const) {
      const genuine: number[] = [];
      const impostor: number[] = [];
      for (const probe of second.probes) {
        const all = await embed([probe]);
        const sets = Math.floor(all.length / size);
        for (let set = 0; set < sets; set++) {
          const direction = mean(all.filter((_, i) => i % sets === set && i < sets * size));
          templates.forEach((template, i) => {
            const score = template.reduce((sum, value, d) => sum + value * direction[d]!, 0);
            (subjects[i] === probe.record.subject ? genuine : impostor).push(score);
          });
        }
      }
      const curve = errorCurve(genuine, impostor);
      const expected = equalErrorRate(curve).value;
      expect(expected).toBeGreaterThan(0.01);
      expect(report.metrics[`eer${name}HeartprintS2`]!.value).toBeCloseTo(expected, 6);
      expect(report.metrics[`fnmrAtFmr100${name}HeartprintS2`]!.value).toBeCloseTo(fnmrAtFmr(curve, 0.01), 6);
    }
    const { eerHeartprintS3, eerHeartprintS3R, eerHeartprintS3L } = report.metrics;
    expect(eerHeartprintS3!.value).toBeCloseTo((eerHeartprintS3R!.value + eerHeartprintS3L!.value) / 2, 12);
    await model.release();
  });

  test('a model that takes everybody for the same verifies nobody', async () => {
    const { metrics } = await run(meanBeatModel(meanBeatMetadata, { constant: true }));
    expect(metrics.eerAcross!.value).toBe(0.5);
    expect(metrics.fnmrAtFmr100Across!.value).toBe(1);
    expect(metrics.rank1Across!.value).toBe(0);
  });

  test('only probes are read by the reader of probes', async () => {
    const conditions = await heldOut();
    const [own] = (await windowsOfRecord(conditions[0]!.gallery[0]!.record)).slice(0, 1);
    const model = await EmbeddingModel.load(meanBeatModel());
    const { conditions: compared } = await compareConditions(model, conditions, async () => [own!, own!], {});
    const scores = compared[0]!.recordings.flatMap(({ probes }) => probes[1].map((probe) => probe.scores));
    expect(scores).toHaveLength(4);
    // One and the same probe from everybody: recognised as the person it was taken from, by templates of their own.
    for (const row of scores) expect(row).toEqual(scores[0]);
    expect(scores[0]!.indexOf(Math.max(...scores[0]!))).toBe(0);
    expect(Math.max(...scores[0]!.slice(1))).toBeLessThan(scores[0]![0]! - 0.01);
    await model.release();
  });

  test('refuses a model that knows a held-out person, be it by a record that is not tested', async () => {
    for (const id of [
      'heartprint/Session-3L/012/somewhen_ECG',
      'ecg-id/Person_08/rec_9[0,0.1)',
      'ptbdb/patient049/s1',
    ]) {
      await expect(run(trainedOn(id))).rejects.toMatchObject({
        name: 'ProtocolError',
        message: expect.stringContaining(`trained on ${id.replace(/\[.*/, '')}`),
      });
    }
    await expect(
      run(meanBeatModel({ ...meanBeatMetadata, training: { data: ['ptbdb'], records: [] } })),
    ).rejects.toThrow(/do not list/);
  });

  test('takes a model that knows other persons, and one that tells nothing', async () => {
    const others = trainedOn('heartprint/Session-1/001/x', 'ecg-id/Person_03/rec_1', 'kalouskova/01/01_01_beh');
    expect((await run(others)).training).toBe('unseen');
    const { training: _, ...silent } = meanBeatMetadata;
    expect((await run(meanBeatModel(silent))).training).toBe('unstated');
  });

  test('writes tables whose rows all have as many cells as their heads', async () => {
    const text = reportToMarkdown(await run());
    const tables = text.split('\n\n').filter((block) => block.startsWith('|'));
    expect(tables).toHaveLength(3);
    for (const table of tables) {
      const cells = table.split('\n').map((line) => line.split('|').length);
      expect(cells).toHaveLength(2 + 11);
      expect(new Set(cells).size).toBe(1);
    }
    expect(text).toContain('| condition | 1 | 3 | 5 | 10 |');
  });
});

describe('what may be trained on', () => {
  const partsOf = (name: string) => (protocolOf(name) as IdentityProtocol).trainingParts(dataDir);

  test('by verification/unseen, every person who is not held out', async () => {
    const ids = new Set(
      (await partsOf('verification/unseen')).map(({ record }) => `${record.id.split('/')[0]} ${record.subject}`),
    );
    expect([...ids]).toEqual(['heartprint 001', 'ecg-id Person_03', 'ptbdb patient071']);
    expect((await partsOf('verification/unseen')).every(({ part }) => part === wholeRecord)).toBe(true);
  });

  test('by gallery protocols, what enrols: a model trained on it is judged on all probes', async () => {
    for (const name of ['ecg-id/other-record', 'ecg-id/other-date', 'heartprint/cross-session']) {
      const records = (await partsOf(name)).map(({ record }) => record.id);
      expect(records.length).toBeGreaterThan(3);
      const report = await evaluate(trainedOn(...records), { protocol: name, dataDir, resamples: 20 });
      const untrained = await evaluate(meanBeatModel(), { protocol: name, dataDir, resamples: 20 });
      expect([name, report.training]).toEqual([name, 'gallery']);
      expect(report.rows).toEqual(untrained.rows);
    }
  });

  test('every protocol of identity tells it', async () => {
    for (const protocol of protocols.values()) {
      if (protocol.windows !== 'identity') continue;
      const parts = await protocol.trainingParts(dataDir);
      expect([protocol.name, parts.length > 0]).toEqual([protocol.name, true]);
      const [{ record, part }] = parts as [WindowPart];
      expect((await identityStretches(record, { part, normalize: 'none' })).length).toBe(1);
    }
  });
});

describe('ecg-id/other-date', () => {
  test('the first date enrols everybody, later ones probe', async () => {
    const report = await evaluate(meanBeatModel(), { protocol: 'ecg-id/other-date', dataDir, resamples: 20 });
    expect(report).toMatchObject({ subjects: 4, gallery: { subjects: 4, records: 6 }, training: 'unseen' });
    expect(report.rows).toMatchObject([{ condition: 'all', subjects: 2, records: 3, genuine: 3, impostor: 9 }]);
    expect(report.metrics.rank1!.value).toBe(1);
  });
});
