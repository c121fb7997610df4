/** Closed sets of persons: what may train, what tests, and what the answers are counted as. */
import { join } from 'node:path';
import { beatLength } from '@edgebeat/ecg';
import { encodeModel, GraphBuilder, writeMetadata } from '@edgebeat/graph';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  type ClosedSetProtocol,
  type ClosedSetReport,
  evaluate,
  type IdentityProtocol,
  InferenceError,
  identityStretches,
  ProtocolError,
  protocolOf,
  reportToMarkdown,
  type WindowPart,
  wholeRecord,
} from '../src/index.js';
import { windowsOf } from '../src/protocols/window-part.js';
import { meanBeatMetadata, meanBeatModel } from './mean-beat-model.js';
import { ecgOf, writeEcgId, writeEcgIdRecord, writePtb } from './synthetic-data-sets.js';
import { temporaryFolder } from './temporary-folder.js';

const dataDir = temporaryFolder();
const may = '01.05.2005';

beforeAll(async () => {
  await writeEcgId(dataDir, [[may, may], [may], [may]]);
  // Long enough for four windows and more in the last 30 %.
  for (const person of [1, 2, 3]) {
    const samples = ecgOf(person, { rate: 500, seconds: 30, seed: 40 + person });
    await writeEcgIdRecord(dataDir, { person, record: 1, date: may, samples });
  }
  await writePtb(dataDir, { 1: ['01/10/1990', '02/10/1990'], 49: ['03/10/1990'], 2: ['04/10/1990'] });
});

const run = async (
  protocol: string,
  model: Uint8Array = meanBeatModel(),
  folder: string = dataDir,
): Promise<ClosedSetReport> => (await evaluate(model, { protocol, dataDir: folder, resamples: 50 })) as ClosedSetReport;

const trainedOn = (records: readonly string[]) =>
  meanBeatModel({ ...meanBeatMetadata, training: { data: ['ecg-id'], records } });

const partsOf = (protocol: string, folder = dataDir) =>
  (protocolOf(protocol) as IdentityProtocol).trainingParts(folder);
const windowsOfParts = async (parts: readonly WindowPart[]) =>
  (await Promise.all(parts.map((part) => windowsOf(part, { normalize: 'min-max' })))).flat();
const allWindows = async (parts: readonly WindowPart[]) =>
  windowsOfParts(parts.map(({ record }) => ({ record, part: wholeRecord })));
const textOf = (samples: Float32Array) => Array.from(samples).join();
const beatsOf = (windows: readonly Float32Array[]) =>
  new Set(
    windows.flatMap((window) => [0, 1, 2].map((b) => textOf(window.slice(b * beatLength, (b + 1) * beatLength)))),
  );

/**
 * Logits that do not look at the shape of beats: 0 for the first person, `slope` · (mean square of the window − `level`) for the
 * second, −100 for any other. The embedding is the mean beat.
 */
function energyModel(
  persons: readonly string[],
  { slope = 0, level = 0, name = 'identity', logits = persons.length } = {},
) {
  const graph = new GraphBuilder('energy');
  const windows = graph.input('windows', 'float32', ['N', 3, 300]);
  const beat = graph.reduceMean(windows, graph.int64([1]), { keepdims: false });
  graph.output('embedding', graph.sub(beat, graph.reduceMean(beat, graph.int64([1]), { keepdims: true })));
  const energy = graph.reduceMean(graph.mul(windows, windows), graph.int64([1, 2]), { keepdims: false });
  const column = graph.reshape(energy, graph.int64([-1, 1]));
  const weights = Float32Array.from({ length: logits }, (_, i) => (i === 1 ? slope : 0));
  const bias = Float32Array.from({ length: logits }, (_, i) => [0, -slope * level][i] ?? -100);
  const scaled = graph.mul(
    column,
    graph.constant({ name: 'slopes', dtype: 'float32', shape: [1, logits], data: weights }),
  );
  graph.output(
    'logits',
    graph.add(scaled, graph.constant({ name: 'levels', dtype: 'float32', shape: [logits], data: bias })),
  );
  const metadata = { ...meanBeatMetadata, normalize: 'none' as const, classes: { [name]: persons } };
  return encodeModel(graph.build({ metadata: writeMetadata(metadata) }));
}

describe('ecg-id/closed', () => {
  test('trains on the first 70 % of each record and tests on the rest, no beat on both sides', async () => {
    const parts = await partsOf('ecg-id/closed');
    expect(parts.map(({ record, part }) => [record.id, part])).toEqual(
      ['Person_01/rec_1', 'Person_01/rec_2', 'Person_02/rec_1', 'Person_03/rec_1'].map((id) => [
        `ecg-id/${id}`,
        { from: 0, to: 0.7 },
      ]),
    );
    const tests = parts.map(({ record }) => ({ record, part: { from: 0.7, to: 1 } }));
    const training = await windowsOfParts(parts);
    const tested = await windowsOfParts(tests);
    const shared = beatsOf(training);
    for (const beat of beatsOf(tested)) expect(shared.has(beat)).toBe(false);
    // Of the windows that belong to neither part, each record has the two to four that reach across its cut.
    const across = (await allWindows(parts)).length - training.length - tested.length;
    expect(across).toBeGreaterThanOrEqual(2 * parts.length);
    expect(across).toBeLessThanOrEqual(4 * parts.length);
    expect((await run('ecg-id/closed')).windows).toBe(tested.length);
  });

  test('recognises hearts that differ plainly, by the nearest template', async () => {
    const report = await run('ecg-id/closed');
    expect(report).toMatchObject({
      protocol: 'ecg-id/closed',
      subjects: 3,
      answeredBy: 'templates',
      failedSubjects: [],
      training: 'unseen',
      leaky: false,
      data: { name: 'ecg-id', complete: false },
    });
    expect(report.metrics.accuracy).toMatchObject({ value: 1, n: report.windows, subjects: 3 });
    expect(report.metrics.accuracyPerRecord).toMatchObject({ value: 1, n: 4, subjects: 3 });
    // Likeness is no probability, so there is no calibration error.
    expect(Object.keys(report.metrics)).toEqual(['accuracy', 'accuracyPerRecord']);
    expect(reportToMarkdown(report)).toContain('nearest template');
    expect(reportToMarkdown(report)).not.toContain('ECE');
  });

  test('knows the persons by the first 70 % alone: where hearts are exchanged after it, nobody is recognised', async () => {
    const folder = join(dataDir, 'exchanged');
    const seconds = 40;
    for (const [index, [before, after]] of [
      [1, 2],
      [2, 1],
    ].entries()) {
      const samples = ecgOf(before!, { rate: 500, seconds, seed: index });
      samples.set(ecgOf(after!, { rate: 500, seconds: 0.3 * seconds, seed: 9 + index }), 0.7 * seconds * 500);
      await writeEcgIdRecord(folder, { person: index + 1, record: 1, date: may, samples });
    }
    const { metrics } = await run('ecg-id/closed', meanBeatModel(), folder);
    expect(metrics.accuracy!.value).toBe(0);
    expect(metrics.accuracyPerRecord!.value).toBe(0);
  });

  test('a model that knows all persons by name answers by its logits, a window and the mean of a record', async () => {
    const persons = ['Person_03', 'Person_02', 'Person_01', 'somebody'];
    const always = await run('ecg-id/closed', energyModel(persons));
    expect(always.answeredBy).toBe('logits');
    // It takes everybody for the first of its names: Person_03 has one record of four.
    expect(always.metrics.accuracyPerRecord).toMatchObject({ value: 1 / 4, n: 4 });
    const tested = await windowsOfParts([{ ...(await partsOf('ecg-id/closed')).at(-1)!, part: { from: 0.7, to: 1 } }]);
    expect(always.metrics.accuracy!.value).toBe(tested.length / always.windows);
    expect(reportToMarkdown(always)).toContain("the model's logits");
    // Its first two logits are the same, so that it is never surer than 1/2.
    expect(always.metrics.ece).toMatchObject({
      ...{ value: expect.closeTo(Math.abs(1 / 2 - tested.length / always.windows), 12) },
      ...{ n: always.windows, subjects: 3 },
    });
    expect(Object.keys(always.rows[0]!.metrics)).toEqual(['accuracy', 'accuracyPerRecord', 'ece']);
    expect(always.rows[0]!.metrics).toEqual(always.metrics);
    expect(reportToMarkdown(always)).toMatch(
      /\| ECE, per window \|(.|\n)*ECE is the expected calibration error.*15 bins/,
    );
    const ofSeveralSets = await run('ecg-id/closed', energyModel(persons.map((person) => `ecg-id/${person}`)));
    expect(ofSeveralSets.metrics).toEqual(always.metrics);
    // The name of the output serves as well as that of the task.
    expect((await run('ecg-id/closed', energyModel(persons, { name: 'logits' }))).answeredBy).toBe('logits');
  });

  test('of a record the mean of the probabilities answers, not most windows', async () => {
    const folder = join(dataDir, 'loud');
    const samples = ecgOf(1, { rate: 500, seconds: 40, seed: 1 });
    // Four seconds at the end, three beats and a bit, are three times as high: few windows, but sure of their person.
    for (let i = 35 * 500; i < samples.length; i++) samples[i]! *= 3;
    await writeEcgIdRecord(folder, { person: 2, record: 1, date: may, samples });
    const [record] = (await partsOf('ecg-id/closed', folder)).map((part) => part.record);
    const windows = (await identityStretches(record!, { part: { from: 0.7, to: 1 }, normalize: 'none' })).flatMap(
      (stretch) => stretch.windows,
    );
    const energies = windows.map((window) => window.samples.reduce((sum, value) => sum + value * value, 0) / 900);
    const low = Math.min(...energies);
    const quiet = energies.filter((energy) => energy < 2 * low);
    expect(energies.length - quiet.length).toBeGreaterThanOrEqual(2);
    expect(2 * quiet.length).toBeGreaterThan(energies.length);
    // A logit a little below 0 for quiet windows, of 4 and more for loud ones.
    const model = energyModel(['Person_01', 'Person_02'], { slope: 4 / low, level: 1.02 * Math.max(...quiet) });
    const { metrics } = await run('ecg-id/closed', model, folder);
    expect(metrics.accuracy!.value).toBeLessThan(0.5);
    expect(metrics.accuracyPerRecord!.value).toBe(1);
  });

  test('a model that lacks a person answers by templates; logits that do not fit their names are refused', async () => {
    const report = await run('ecg-id/closed', energyModel(['Person_01', 'Person_02']));
    expect(report.answeredBy).toBe('templates');
    expect(report.metrics.accuracy!.value).toBe(1);
    const misfit = run('ecg-id/closed', energyModel(['Person_01', 'Person_02', 'Person_03'], { logits: 2 }));
    await expect(misfit).rejects.toThrow(InferenceError);
    await expect(misfit).rejects.toThrow(/3 persons/);
  });

  test('a model that sees no difference takes everybody for one person', async () => {
    const report = await run('ecg-id/closed', meanBeatModel(meanBeatMetadata, { constant: true }));
    expect(report.metrics.accuracyPerRecord!.value).toBe(2 / 4);
  });

  test('accepts what was trained on the training part, refuses what has seen a test window', async () => {
    const parts = (await run('ecg-id/closed', trainedOn(['ecg-id/Person_01/rec_1[0,0.7)']))).training;
    expect(parts).toBe('parts');
    for (const records of [['ecg-id/Person_02/rec_1'], ['ecg-id/Person_02/rec_1[0,0.71)']]) {
      await expect(run('ecg-id/closed', trainedOn(records))).rejects.toThrow(/1 of the 4 test records.*Person_02/);
    }
    await expect(run('ecg-id/closed', trainedOn([]))).rejects.toThrow(ProtocolError);
  });

  test('a record without beats in its last part is a miss per record; a person without any in the first is named', async () => {
    const folder = join(dataDir, 'flat-ends');
    await writeEcgId(folder, [[may, may], [may], [may]]);
    const flatEnd = ecgOf(1, { rate: 500, seconds: 20, seed: 1 }).map((value, i) => (i < 6500 ? value : 0));
    await writeEcgIdRecord(folder, { person: 1, record: 2, date: may, samples: flatEnd });
    const flatBegin = ecgOf(2, { rate: 500, seconds: 20, seed: 2 }).map((value, i) => (i < 7000 ? 0 : value));
    await writeEcgIdRecord(folder, { person: 2, record: 1, date: may, samples: flatBegin });
    const report = await run('ecg-id/closed', meanBeatModel(), folder);
    expect(report.rows[0]).toMatchObject({ records: 4, failedRecords: 1 });
    expect(report.failedSubjects).toEqual(['Person_02']);
    expect(report.metrics.accuracyPerRecord).toMatchObject({ value: 2 / 4, n: 4 });
    expect(reportToMarkdown(report)).toMatch(/1 records gave no test window.*Without a template: Person_02/);
  });

  test('refuses data in which nothing can be tested', async () => {
    const folder = join(dataDir, 'flat');
    await writeEcgIdRecord(folder, { person: 1, record: 1, date: may, samples: new Float32Array(10_000) });
    await expect(run('ecg-id/closed', meanBeatModel(), folder)).rejects.toThrow(/nobody could be enrolled/);
    await expect(run('ecg-id/closed', energyModel(['Person_01', 'b']), folder)).rejects.toThrow(/no test part holds/);
  });
});

describe('ecg-id/random', () => {
  test('splits windows, not records: every window on one side, beats on both', async () => {
    const parts = await partsOf('ecg-id/random');
    expect(parts.map(({ part }) => part)).toEqual(parts.map(() => wholeRecord));
    const training = (await windowsOfParts(parts)).map(textOf);
    const all = (await allWindows(parts)).map(textOf);
    const report = await run('ecg-id/random');
    expect(report.windows).toBe(all.length - training.length);
    const tested = (await allWindows(parts)).filter((window) => !training.includes(textOf(window)));
    expect(tested).toHaveLength(report.windows);
    const known = beatsOf(await windowsOfParts(parts));
    expect([...beatsOf(tested)].some((beat) => known.has(beat))).toBe(true);
  });

  test('trains on 80 %, the same windows every time and whatever else is there', async () => {
    const [first] = await partsOf('ecg-id/random');
    const trains = Array.from({ length: 5000 }, (_, window) => first!.includes!(window));
    // Three standard deviations of a binomial share.
    expect(Math.abs(trains.filter(Boolean).length / 5000 - 0.8)).toBeLessThan(0.017);
    const folder = join(dataDir, 'alone');
    await writeEcgId(folder, [[may]]);
    const [alone] = await partsOf('ecg-id/random', folder);
    expect(Array.from({ length: 5000 }, (_, window) => alone!.includes!(window))).toEqual(trains);
    const second = (await partsOf('ecg-id/random'))[1]!;
    expect(trains.some((value, window) => value !== second.includes!(window))).toBe(true);
  });

  test('says that it leaks, and takes a model that lists the records whole', async () => {
    const report = await run('ecg-id/random', trainedOn(['ecg-id/Person_01/rec_1']));
    expect(report).toMatchObject({ leaky: true, training: 'windows' });
    expect(report.metrics.accuracy!.value).toBe(1);
    const text = reportToMarkdown(report);
    expect(text).toMatch(/^### ecg-id\/random \(leaky/);
    expect(text).toMatch(/LEAKY: .*shares beats with training windows/);
    expect(text).toContain('which ones, its metadata do not tell');
    expect((await run('ecg-id/random')).training).toBe('unseen');
    expect((protocolOf('ecg-id/random') as ClosedSetProtocol).description).toContain('LEAKY');
  });
});

describe('ptb/closed', () => {
  test('tests the chosen patients, and only those', async () => {
    const report = await run('ptb/closed');
    // Patient 2 is none of the 35.
    expect(report).toMatchObject({ subjects: 2, data: { name: 'ptbdb', complete: false } });
    expect(report.rows[0]).toMatchObject({ records: 3, failedRecords: 0 });
    expect(report.metrics.accuracy!.value).toBe(1);
    expect((await partsOf('ptb/closed')).map(({ record, part }) => [record.subject, part.to])).toEqual([
      ['patient001', 0.7],
      ['patient001', 0.7],
      ['patient049', 0.7],
    ]);
  });
});
