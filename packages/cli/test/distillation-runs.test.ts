/** The distillation study carried out: teachers before students, what is kept is not done again, what has changed is. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeModel, readMetadata } from '@edgebeat/graph';
import { type DistillationRun, distillationStudy, evaluate } from '@edgebeat/trainer';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../../testing/recordings.js';
import { writeNoiseStress } from '../../trainer/test/synthetic-data-sets.js';
import { carryOutDistillation } from '../src/study/distillation-runs.js';

/** With three records and more each, so that there are probes; as many as a batch shows. */
const persons = ['03', '05', '09', '10', '11', '12', '14', '16', '18', '19', '24', '25', '26', '30', '32', '52'];

let dataDir: string;
let outDir: string;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'edgebeat-distillation-'));
  [dataDir, outDir] = [join(folder, 'data'), join(folder, 'out')];
});
afterAll(() => rm(join(dataDir, '..'), { recursive: true }));

describeWithRecordings('ecg-id', 'the distillation study', (recordings) => {
  const all = distillationStudy({ seeds: 1, steps: 2, teacherSteps: 1 });
  const wanted = ['the teacher', 'logits, features, triplets'];
  const runs = all.filter(({ protocol, variant }) => protocol === 'ecg-id/other-record' && wanted.includes(variant));
  const [teacher, student] = runs as [DistillationRun, DistillationRun];
  const seen: number[] = [];
  const carryOut = (given: readonly DistillationRun[]) =>
    carryOutDistillation(given, {
      ...{ dataDir, outDir, parallel: 2, signal: new AbortController().signal },
      judge: async (file, protocol) => evaluate(file, { protocol, dataDir, resamples: 10 }),
      onProgress: (steps) => seen.push(steps),
    });
  const timeOf = async (file: string) => (await stat(join(outDir, file))).mtimeMs;

  beforeAll(async () => {
    mkdirSync(join(dataDir, 'ecg-id'), { recursive: true });
    for (const person of persons.map((number) => `Person_${number}`))
      symlinkSync(join(recordings, person), join(dataDir, 'ecg-id', person));
    await writeNoiseStress(dataDir);
  });

  test('trains a teacher, then its student, and judges both', async () => {
    const results = await carryOut(runs);
    expect(results.map(({ run }) => run)).toEqual(runs);
    expect(results.map(({ report }) => [report.model, report.protocol])).toEqual([
      ['resnet34', 'ecg-id/other-record'],
      ['deit-micro', 'ecg-id/other-record'],
    ]);
    for (const { report } of results) expect(report.metrics.rank1Within!.value).toBeGreaterThanOrEqual(0);
    expect(seen.at(-1)).toBe(3);
    const files = [teacher, student].flatMap(({ name }) => [`${name}.json`, `${name}.onnx`]);
    expect((await readdir(outDir)).sort()).toEqual(files.sort());
    const bytes = await readFile(join(outDir, `${student.name}.onnx`));
    const { graph, metadata } = decodeModel(new Uint8Array(bytes));
    expect(graph.outputs.map(({ name }) => name)).toEqual(['logits', 'embedding']);
    expect(readMetadata(metadata).classes!.identity).toHaveLength(persons.length);
  }, 300_000);

  test('given again does nothing, and does again what was cut short', async () => {
    const before = await timeOf(`${student.name}.onnx`);
    const kept = await readFile(join(outDir, `${student.name}.json`), 'utf8');
    expect((await carryOut(runs)).map(({ report }) => report.model)).toEqual(['resnet34', 'deit-micro']);
    expect(await timeOf(`${student.name}.onnx`)).toBe(before);

    await writeFile(join(outDir, `${student.name}.json`), kept.slice(0, 100));
    const [, again] = await carryOut(runs);
    expect(await readFile(join(outDir, `${student.name}.json`), 'utf8')).toBe(kept);
    expect(again!.report).toEqual(JSON.parse(kept).report);
    expect(await timeOf(`${student.name}.onnx`)).toBeGreaterThan(before);
  }, 300_000);
});
