/** `edgebeat train deit-micro`: from whom it learns, and which teachers are refused. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeModel, encodeModel, readMetadata, writeMetadata } from '@edgebeat/graph';
import { weightsPath } from '@edgebeat/models';
import { loadIdentityData, resnet34Recipe, trainIdentity } from '@edgebeat/trainer';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeEcgId, writeNoiseStress } from '../../trainer/test/synthetic-data-sets.js';
import { runCommandLine } from '../src/program.js';
import { networkTrainingPartsOf } from '../src/train/identity-protocols.js';
import { capturedStreams } from './captured-streams.js';

const PROTOCOL = 'ecg-id/closed';
/** As many as a batch of the recipe shows. */
const persons = Array.from({ length: 16 }, (_, k) => `Person_${String(k + 1).padStart(2, '0')}`);

let folder: string;
let dataDir: string;
let teacher: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edgebeat-train-deit-'));
  dataDir = join(folder, 'data');
  teacher = join(folder, 'teacher.onnx');
  await writeEcgId(dataDir, Array(persons.length).fill(['01.12.2004']));
  await writeNoiseStress(dataDir);
  // The teacher of that protocol, but for its size, its noises, and the steps that would make it a good one.
  const { network, ...recipe } = resnet34Recipe(PROTOCOL);
  const { bytes } = await trainIdentity(
    {
      recipe: {
        ...recipe,
        network: { ...network, width: 4 } as typeof network,
        ...{ persons: 2, windows: 2, steps: 1, augmentation: {} },
      },
      data: await loadIdentityData(await networkTrainingPartsOf(PROTOCOL, dataDir)),
    },
    { threads: 1 },
  );
  await writeFile(teacher, bytes);
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

/** Runs `edgebeat train` here; the report is that of `--json`. */
async function train(...words: string[]) {
  const streams = capturedStreams();
  const status = await runCommandLine(['train', ...words], streams);
  const [report] = streams.stdout.text.trimEnd().split('\n').slice(-1);
  return { status, told: streams.stderr.text, report: report ? JSON.parse(report) : undefined };
}

const student = (out: string, ...words: string[]) => [
  ...['deit-micro', '--protocol', PROTOCOL, '--data', dataDir, '--out', join(folder, out)],
  ...['--steps', '2', '--threads', '1', '--json', ...words],
];

async function refusalOf(...words: string[]): Promise<string> {
  const { status, told } = await train(...words);
  expect(status).toBe(2);
  return told;
}

describe('edgebeat train deit-micro', () => {
  test('learns from the teacher that is given, and leaves nothing but the model', async () => {
    const { status, report, told } = await train(...student('new/taught.onnx', '--teacher', teacher));
    expect([status, told]).toEqual([0, expect.any(String)]);
    const file = join(folder, 'new/taught.onnx');
    expect(report).toMatchObject({ model: 'deit-micro', protocol: PROTOCOL, complete: true, step: 2, file });
    const { losses } = report.history.at(-1);
    expect(Object.keys(losses)).toEqual(['identity', 'triplet', 'logits', 'features', 'relations', 'triplets']);
    for (const loss of Object.values(losses)) expect(loss).toBeGreaterThan(0);
    expect(await readdir(join(folder, 'new'))).toEqual(['taught.onnx']);

    const model = decodeModel(new Uint8Array(await readFile(file)));
    expect(model.graph.outputs.map(({ name }) => name)).toEqual(['logits', 'embedding']);
    const { name, classes, training } = readMetadata(model.metadata);
    expect({ name, classes }).toEqual({ name: 'deit-micro', classes: { identity: persons } });
    expect(training!.records[0]).toBe('ecg-id/Person_01/rec_1[0,0.7)');
  }, 120_000);

  test('learns from the labels alone with --no-teacher', async () => {
    const { status, report } = await train(...student('alone.onnx', '--no-teacher'));
    expect(status).toBe(0);
    expect(Object.keys(report.history.at(-1).losses)).toEqual(['identity', 'triplet']);
    const model = decodeModel(new Uint8Array(await readFile(join(folder, 'alone.onnx'))));
    expect(model.graph.outputs.map(({ name }) => name)).toEqual(['logits', 'embedding']);
  }, 120_000);

  test('refuses a teacher of other persons', async () => {
    const model = decodeModel(new Uint8Array(await readFile(teacher)));
    const metadata = writeMetadata({
      ...readMetadata(model.metadata),
      classes: { identity: persons.map((name) => `ptb/${name}`) },
    });
    const strangers = join(folder, 'strangers.onnx');
    await writeFile(strangers, encodeModel({ ...model, metadata }));
    const told = await refusalOf(...student('refused.onnx', '--teacher', strangers));
    expect(told).toMatch(/^error: the teacher knows 16 persons, not the 16 of this training in the same order\nhint: /);
    expect(await readdir(folder)).not.toContain('refused.onnx');
  });

  test('refuses a teacher that is not there, and one that has nothing to teach', async () => {
    const missing = join(folder, 'none.onnx');
    expect(await refusalOf(...student('refused.onnx', '--teacher', missing))).toContain(
      `error: ${missing} cannot be read`,
    );
    const floor = weightsPath('baseline-lda');
    expect(await refusalOf(...student('refused.onnx', '--teacher', floor))).toMatch(
      /^error: baseline-lda cannot teach: .*\nhint: .*edgebeat train resnet34/,
    );
  });
});

describe('a teacher', () => {
  const nowhere = ['--data', '/nowhere'];
  const out = () => ['--out', join(folder, 'refused.onnx')];

  test.each([
    [['--protocol', PROTOCOL], `by ${PROTOCOL}`, `--protocol ${PROTOCOL}"`],
    [
      ['--protocol', 'ptb/closed', '--validation'],
      'by ptb/closed with --validation',
      '--protocol ptb/closed --validation"',
    ],
    // What comes with edgebeat has seen those who are held back.
    [['--validation'], 'by verification/unseen with --validation', '--protocol verification/unseen --validation"'],
  ])('is missed where none comes with edgebeat: %j', async (words, trained, command) => {
    for (const name of ['deit-micro', 'deit-tiny']) {
      const told = await refusalOf(name, ...words, ...nowhere, ...out());
      expect(told).toBe(
        `error: ${name} needs a teacher that was trained ${trained}\n` +
          `hint: give one by --teacher, from "edgebeat train resnet34 ${command}, or say --no-teacher\n`,
      );
    }
  });

  test.each([
    ['comes with edgebeat for the default protocol', [], /heartprint/],
    ['can be done without', ['--protocol', 'ptb/closed', '--no-teacher'], /ptbdb/],
    ['can be done without where persons are held back', ['--validation', '--no-teacher'], /heartprint/],
    ['can be given for any protocol', ['--protocol', 'ptb/closed', '--teacher', 'some.onnx'], /ptbdb/],
  ])('%s: then recordings are read', async (_, words, dataSet) => {
    expect(await refusalOf('deit-micro', ...words, ...nowhere, ...out())).toMatch(dataSet);
  });

  test.each([
    ['dt4ecg', ['--teacher', 'some.onnx']],
    ['resnet34', ['--teacher', 'some.onnx']],
    ['resnet34', ['--no-teacher']],
    ['baseline-lda', ['--no-teacher']],
  ])('is nothing that %s knows: %j', async (name, words) => {
    expect(await refusalOf(name, ...words, ...nowhere)).toBe(
      `error: ${name} learns from no teacher\nhint: students are deit-tiny, deit-micro\n`,
    );
  });
});
