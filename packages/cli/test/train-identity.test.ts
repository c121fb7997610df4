/** `edgebeat train resnet34 --protocol …` on recordings of a few persons, and which protocols and data it refuses. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeModel, readMetadata } from '@edgebeat/graph';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../../testing/recordings.js';
import { writeNoiseStress } from '../../trainer/test/synthetic-data-sets.js';
import { runCommandLine } from '../src/program.js';
import { capturedStreams } from './captured-streams.js';
import { edgebeat } from './edgebeat-process.js';

/** As many as a batch of the recipe shows, with few records. */
const persons = ['04', '05', '06', '07', '11', '12', '13', '14', '16', '17', '18', '19', '20', '22', '23', '29'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edgebeat-train-identity-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function refusalOf(...words: string[]): Promise<string> {
  const streams = capturedStreams();
  expect(await runCommandLine(['train', ...words], streams)).toBe(2);
  return streams.stderr.text;
}

describeWithRecordings('ecg-id', 'edgebeat train resnet34', (recordings) => {
  /** A data folder with some of the persons linked into it, and made-up noise, in which closed sets are trained. */
  async function linked(name: string, some: readonly string[]): Promise<string> {
    const dataDir = join(folder, name);
    mkdirSync(join(dataDir, 'ecg-id'), { recursive: true });
    for (const person of some.map((number) => `Person_${number}`))
      symlinkSync(join(recordings, person), join(dataDir, 'ecg-id', person));
    await writeNoiseStress(dataDir);
    return dataDir;
  }
  const train = (dataDir: string, out: string, ...more: string[]) => [
    ...['train', 'resnet34', '--protocol', 'ecg-id/closed', '--data', dataDir, '--out', join(folder, out)],
    ...['--threads', '1', '--json', ...more],
  ];

  test('trains on the first 70 % of each record, writes the model and leaves nothing else', async () => {
    const { status, report } = await edgebeat(train(await linked('whole', persons), 'new/whole.onnx', '--steps', '4'));
    expect(status).toBe(0);
    const file = join(folder, 'new/whole.onnx');
    expect(report).toMatchObject({
      ...{ schema: 'edgebeat.train/1', model: 'resnet34', protocol: 'ecg-id/closed', complete: true, step: 4, file },
    });
    expect(report.best).toBeUndefined();
    expect(await readdir(join(folder, 'new'))).toEqual(['whole.onnx']);
    const [point] = report.history;
    expect(point.step).toBe(4);
    expect(point.losses.identity).toBeGreaterThan(0);
    expect(point.losses.triplet).toBeGreaterThan(0);

    const bytes = await readFile(file);
    expect(report.bytes).toBe(bytes.length);
    const model = decodeModel(new Uint8Array(bytes));
    const { name, classes, training } = readMetadata(model.metadata);
    expect({ name, classes }).toEqual({
      name: 'resnet34',
      classes: { identity: persons.map((number) => `Person_${number}`) },
    });
    expect(training!.data).toEqual(['ecg-id', 'nstdb']);
    expect(training!.records.slice(0, 3)).toEqual([
      'ecg-id/Person_04/rec_1[0,0.7)',
      'ecg-id/Person_04/rec_2[0,0.7)',
      'ecg-id/Person_05/rec_1[0,0.7)',
    ]);
    expect(training!.records.slice(-3)).toEqual(['nstdb/bw[0,0.5)', 'nstdb/em[0,0.5)', 'nstdb/ma[0,0.5)']);
  }, 600_000);

  test('with --validation holds the last two sevenths of that back, and is judged on them', async () => {
    const words = train(await linked('validated', persons), 'validated.onnx', '--steps', '1', '--validation');
    const { status, report } = await edgebeat(words);
    expect(status).toBe(0);
    const names = ['accuracy', 'accuracyPerRecord', 'ece', 'temperature', 'ece calibrated'];
    const figures = Object.fromEntries(names.map((name) => [name, expect.any(Number)]));
    expect(report.best).toEqual({ step: 1, score: report.best.figures.accuracy, figures });
    expect(report.history.at(-1).validation).toEqual(report.best.figures);
    const model = decodeModel(new Uint8Array(await readFile(join(folder, 'validated.onnx'))));
    // What chose the weights was seen, too.
    expect(readMetadata(model.metadata).training!.records[0]).toBe('ecg-id/Person_04/rec_1[0,0.7)');
  }, 600_000);

  test('with --quantization-aware goes on from a model that it wrote, to one that says its ranges', async () => {
    const dataDir = await linked('quantized', persons);
    const from = join(folder, 'float.onnx');
    expect((await edgebeat(train(dataDir, 'float.onnx', '--steps', '1'))).status).toBe(0);
    const words = train(dataDir, 'aware.onnx', '--steps', '2', '--quantization-aware', '--from', from);
    const { status, report } = await edgebeat(words);
    expect(status).toBe(0);
    expect(report).toMatchObject({
      complete: true,
      step: 2,
      quantizationAwareFrom: from,
      file: join(folder, 'aware.onnx'),
    });
    const [float, aware] = (await Promise.all([from, report.file].map((file) => readFile(file)))).map((bytes) =>
      decodeModel(new Uint8Array(bytes)),
    );
    expect(aware!.graph.nodes).toEqual(float!.graph.nodes);
    const { ranges, ...metadata } = readMetadata(aware!.metadata);
    expect(metadata).toEqual(readMetadata(float!.metadata));
    expect(Object.keys(ranges!)).toEqual(
      expect.arrayContaining(['beats', 'stem.relu', 'stage4.block2.relu', 'logits']),
    );
  }, 600_000);

  test('refuses fewer persons than a batch shows', async () => {
    const [, , ...options] = train(await linked('few', persons.slice(0, 3)), 'few.onnx', '--steps', '1');
    expect(await refusalOf('resnet34', ...options)).toMatch(/batches of 16 classes were asked for.* have 3\b/);
    expect(await readdir(folder)).not.toContain('few.onnx');
  });
});

describe('a protocol', () => {
  const none = ['--data', '/nowhere'];

  test.each([
    ['of activities does not train an identity network', ['resnet34', '--protocol', 'kalouskova/time-split']],
    ['of identities does not train dt4ecg', ['dt4ecg', '--protocol', 'ecg-id/closed']],
  ])('%s: those that do are listed', async (_, words) => {
    const [model, , protocol] = words as [string, string, string];
    const told = await refusalOf(...words, ...none);
    expect(told).toContain(`error: ${model} cannot be trained by ${protocol}\n`);
    expect(told).toMatch(
      model === 'dt4ecg' ? /hint: its protocols are kalouskova\/time-split\n/ : /hint: .*ecg-id\/closed/,
    );
  });

  test('that is mistyped is answered with the nearest', async () => {
    const told = await refusalOf('resnet34', '--protocol', 'ecg-id/closd', ...none);
    expect(told).toMatch(/^error: .*ecg-id\/closd.*\nhint: did you mean ecg-id\/closed\?\n$/);
  });

  test('unless given is that of the weights that come with edgebeat: it wants all three data sets', async () => {
    expect(await refusalOf('resnet34', ...none, '--out', join(folder, 'none.onnx'))).toMatch(/heartprint/);
    const other = ['resnet34', '--protocol', 'ptb/closed', ...none, '--out', join(folder, 'none.onnx')];
    expect(await refusalOf(...other)).toMatch(/ptbdb/);
  });
});

describe('quantization-aware training', () => {
  test.each<[string, string[], string, string]>([
    ['without a model to go on from', ['resnet34', '--quantization-aware'], 'none is given', '--from'],
    ['a model to go on from without it', ['deit-tiny', '--from', 'x.onnx'], '--from is for', '--quantization-aware'],
    [
      'of a fit',
      ['baseline-lda', '--quantization-aware', '--from', 'x.onnx'],
      'baseline-lda has no',
      'resnet34, deit-',
    ],
    ['of activities', ['dt4ecg', '--quantization-aware', '--from', 'x.onnx'], 'dt4ecg has no', 'resnet34, deit-'],
  ])('%s is refused', async (_, words, problem, hint) => {
    const told = await refusalOf(...words, '--data', '/nowhere');
    expect(told).toMatch(/^error: .+\nhint: .+\n$/);
    const [error, advice] = told.split('\n');
    expect(error).toContain(problem);
    expect(advice).toContain(hint);
  });
});
