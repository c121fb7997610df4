/** `edgebeat export`: a small network in all forms, and what is refused before anything is computed. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isQuantized, readIntegerGraph } from '@edgebeat/exporter';
import { importModel, readMetadata, readWasmModel } from '@edgebeat/graph';
import { weightsPath } from '@edgebeat/models';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../../testing/recordings.js';
import { describeWithProgram } from '../../../testing/system-packages.js';
import { writeEcgId } from '../../trainer/test/synthetic-data-sets.js';
import { backEnds } from '../src/export/back-ends.js';
import { trainingAccuracy } from '../src/export/training-accuracy.js';
import { runCommandLine } from '../src/program.js';
import { capturedStreams } from './captured-streams.js';
import { type Ended, edgebeat } from './edgebeat-process.js';
import { writeIdentityModel, writeSmallModel, writeWindows } from './small-model.js';

let folder: string;
let model: string;
let samples: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edgebeat-export-'));
  model = writeSmallModel(folder);
  samples = writeWindows(folder, 80);
});
afterAll(() => rm(folder, { recursive: true }));

/** Without the variable that names recordings. */
const { EDGEBEAT_DATA: _, ...withoutData } = process.env;

describe('a small network', () => {
  let out: string;
  let ended: Ended;
  beforeAll(async () => {
    out = join(folder, 'out');
    const words = ['export', model, '--to', 'c,tflm,tfjs,onnx-int8,tflite', '--samples', samples, '--windows', '48'];
    const last = ['--target', 'cortex-m55', '--out', out, '--json'];
    ended = await edgebeat([...words, ...last], withoutData);
  }, 120_000);

  test('comes out in every form, in the order of the back ends, and agrees with the float model', () => {
    const { status, report } = ended;
    expect(status).toBe(0);
    expect(report).toMatchObject({
      schema: 'edgebeat.export/1',
      model: 'small',
      windows: { source: samples, calibration: 48, verification: 32 },
      figures: null,
    });
    expect(report.artefacts.map(({ kind }: { kind: string }) => kind)).toEqual([
      ...['onnx-int8', 'tflite', 'tfjs', 'c', 'tflm'],
    ]);
    for (const { kind, ...artefact } of report.artefacts) {
      // The integer interpreter takes its time.
      const windows = kind === 'tflite' ? 16 : 32;
      expect(artefact).toMatchObject({ metricFloat: null, metricInt8: null, windows });
      expect(artefact.agreement).toBeGreaterThan(0.9);
      expect(artefact.outputs[0].cosine).toBeGreaterThan(0.999);
      expect(artefact.bytes).toBeGreaterThan(100);
      expect(existsSync(artefact.file)).toBe(true);
    }
    // float32 computed elsewhere.
    expect(report.artefacts[2].outputs[0].largestDifference).toBeLessThan(1e-5);
    expect(report.worst.length).toBeGreaterThan(2);
  });

  test('the files are what their names say', async () => {
    const int8 = importModel(new Uint8Array(await readFile(join(out, 'small.int8.onnx'))));
    expect(isQuantized(int8)).toBe(true);
    expect(readIntegerGraph(int8).operations.map(({ operator }) => operator)).toContain('Conv');
    const tflite = await readFile(join(out, 'small.tflite'));
    expect(tflite.subarray(4, 8).toString()).toBe('TFL3');
    expect(JSON.parse(await readFile(join(out, 'small.tfjs', 'model.json'), 'utf8')).format).toBe('graph-model');
    expect(await readFile(join(out, 'small.c', 'model.h'), 'utf8')).toMatch(/\beb_model_run\(/);
    const makefile = await readFile(join(out, 'small.c', 'Makefile'), 'utf8');
    for (const words of ['-ffp-contract=off', '-mcpu=cortex-m55', 'COMPILER = gcc', 'CC_clang = clang-19'])
      expect(makefile).toContain(words);
    expect(await readFile(join(out, 'small.c', 'README.md'), 'utf8')).toMatch(
      /\| cortex-m55 \| clang -O2 \|( \d+ \|){4}\n/,
    );
    expect(await readFile(join(out, 'small.tflm', 'model.tflite'))).toEqual(tflite);
    expect(await readFile(join(out, 'small.tflm', 'operators.h'), 'utf8')).toContain(
      'operators.AddConv2D() == kTfLiteOk',
    );
  });

  test('page and report stand beside them', async () => {
    const page = await readFile(join(out, 'small.html'), 'utf8');
    for (const text of ['onnx-int8', 'What int8 costs', 'What the quantizer chose']) expect(page).toContain(text);
    const report = JSON.parse(await readFile(join(out, 'small.json'), 'utf8'));
    expect(report).toMatchObject(ended.report);
    expect(report.errors.schema).toBe('edgebeat.layer-errors/1');
    expect(report.int8.totals.macs).toBe(report.float.totals.macs);
  });

  test('each step is told on standard error', () => {
    for (const step of ['prepare', 'windows', 'quantize', 'onnx-int8', 'tflite', 'tfjs', 'c', 'tflm', 'layers'])
      expect(ended.stderr).toMatch(new RegExp(`^export: ${step}: .* \\(\\d+\\.\\d s\\)$`, 'm'));
  });

  test('the table names each artefact and how it is run', async () => {
    const words = ['export', model, '--to', 'tfjs', '--samples', samples, '--out', join(folder, 'one')];
    const { status, stdout } = await edgebeat(words, withoutData);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^artefact +bytes +of float32 +agreement +cosine +run it\n/);
    expect(stdout).toMatch(
      /\ntfjs .*100\.0 % of \d+ +1\.0000 +TensorFlow\.js: await tf\.loadGraphModel\('.*model\.json'\)\n/,
    );
    expect(existsSync(join(folder, 'one', 'small.int8.onnx'))).toBe(false);
  }, 120_000);
});

describeWithProgram('emcc', 'a small network as WebAssembly', () => {
  test('agrees with the float model, computed by the engine that serves it, and says of itself what the int8 ONNX says', async () => {
    const out = join(folder, 'wasm');
    const words = ['export', model, '--to', 'wasm,onnx-int8', '--samples', samples, '--windows', '48', '--json'];
    const { status, report } = await edgebeat([...words, '--out', out], withoutData);
    expect(status).toBe(0);
    expect(report.artefacts.map(({ kind }: { kind: string }) => kind)).toEqual(['onnx-int8', 'wasm']);
    const [onnx, wasm] = report.artefacts;
    expect(wasm).toMatchObject({ file: join(out, 'small.wasm'), windows: 32, agreement: onnx.agreement });
    expect(wasm.outputs[0].cosine).toBeGreaterThan(0.999);
    const { metadata, inputs } = readWasmModel(new Uint8Array(await readFile(wasm.file)));
    expect(metadata).toEqual(importModel(new Uint8Array(await readFile(onnx.file))).metadata);
    expect(inputs[0]).toMatchObject({ name: 'signal', shape: ['N', 1, 32] });
  }, 120_000);
});

test('without Emscripten --to wasm is refused before anything is computed', async () => {
  const words = ['export', model, '--to', 'c,wasm', '--samples', samples, '--out', join(folder, 'no-emcc')];
  const { status, stderr } = await edgebeat(words, { ...withoutData, PATH: '/nowhere' });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^error: emcc, .*is not installed\nhint: .*apt-get install emscripten.*\n$/);
});

describe('refused is', () => {
  const to = (list: string) => ['--to', list, '--out', 'FOLDER/none'];
  test.each<[string, string[], RegExp]>([
    [
      'a model that there is not',
      ['deit-mirco', ...to('tflite')],
      /^error: no model "deit-mirco".*\nhint: did you mean deit-micro\?/,
    ],
    ['a file that there is not', ['FOLDER/no.onnx', ...to('tflite')], /^error: no such file: .*no\.onnx\n/],
    ['a file that is no model', ['SAMPLES', ...to('tflite')], /^error: model: not a protobuf message/],
    ['a form that there is not', ['MODEL', ...to('onnx-int8,tflit')], /hint: did you mean tflite\?/],
    ['no form', ['MODEL', ...to(',')], /It is a list of: onnx-int8, tflite, tfjs, c, tflm, wasm/],
    [
      'a calibration that there is not',
      ['MODEL', ...to('tflite'), '--calibration', 'minmax'],
      /hint: did you mean min-max\?/,
    ],
    ['a share beyond 1', ['MODEL', ...to('tflite'), '--calibration', 'percentile:99'], /above 0 and up to 1/],
    ['a budget beyond 1', ['MODEL', ...to('tflite'), '--budget', '2'], /a number from 0 to 1/],
    [
      'a protocol that there is not',
      ['MODEL', ...to('tflite'), '--protocol', 'verification/unsen'],
      /did you mean verification\/unseen/,
    ],
    [
      'a protocol without recordings',
      ['MODEL', ...to('tflite'), '--protocol', 'ecg-id/closed'],
      /^error: ecg-id\/closed wants recordings/,
    ],
    ['a processor that there is not', ['MODEL', ...to('c'), '--target', 'cortex-m5'], /did you mean cortex-m55\?/],
    [
      'a processor without C',
      ['MODEL', ...to('tflite'), '--target', 'cortex-m55'],
      /^error: --target cortex-m55 is for C, which is not asked for\nhint: add c/,
    ],
    ['a file where the folder is to be', ['MODEL', '--to', 'tflite', '--out', 'MODEL'], /^error: is no folder: /],
    [
      'a model that does not tell what it was trained on, without windows',
      ['MODEL', ...to('tflite')],
      /error: small does not say on which recordings it was trained .*\nhint: give some hundreds by --samples FILE\.npy, float32 \[M, 1, 32\]/,
    ],
    [
      'no recordings for one that tells',
      ['dt4ecg', ...to('tflite')],
      /error: no windows to calibrate on\nhint: .*--data .*--samples/,
    ],
    [
      'windows of another shape',
      ['MODEL', ...to('tflite'), '--samples', 'WRONG'],
      /error: .*: is \[20, 1, 31\]\nhint: .*\[M, 1, 32\]/,
    ],
    [
      'a file of windows that there is not',
      ['MODEL', ...to('tflite'), '--samples', 'FOLDER/no.npy'],
      /error: no such file: .*no\.npy/,
    ],
  ])('%s', async (_, words, message) => {
    const wrong = writeWindows(folder, 20, [1, 31]);
    const places: Record<string, string> = { MODEL: model, SAMPLES: samples, WRONG: wrong };
    const told = words.map((word) => places[word] ?? word.replace('FOLDER', folder));
    const streams = capturedStreams();
    const { EDGEBEAT_DATA: data } = process.env;
    delete process.env.EDGEBEAT_DATA;
    try {
      expect(await runCommandLine(['export', ...told], streams)).toBe(2);
    } finally {
      if (data !== undefined) process.env.EDGEBEAT_DATA = data;
    }
    expect(streams.stderr.text).toMatch(new RegExp(message.source.replace(/^\^/, ''), 'm'));
    expect(streams.stdout.text).toBe('');
  });

  test('an int8 model', async () => {
    const out = join(folder, 'again');
    const first = ['export', model, '--to', 'onnx-int8', '--samples', samples, '--out', out];
    expect((await edgebeat(first, withoutData)).status).toBe(0);
    const { status, stderr } = await edgebeat(['export', join(out, 'small.int8.onnx'), '--to', 'tflite', '--out', out]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/error: small\.int8 is quantized already\nhint: export the float model/);
  }, 120_000);
});

describe('a model that tells what it was trained on', () => {
  let words: string[];
  beforeAll(async () => {
    const data = join(folder, 'data');
    const [may, june] = ['01.05.2005', '01.06.2005'];
    // Persons 1 and 2 of ECG-ID are held out of all training.
    await writeEcgId(data, [
      [may, june],
      [may, june],
      [may, june],
      [may, june],
    ]);
    const records = [3, 4].flatMap((person) => [1, 2].map((record) => `ecg-id/Person_0${person}/rec_${record}`));
    const embedder = writeIdentityModel(folder, records);
    words = ['export', embedder, '--to', 'onnx-int8', '--data', data, '--out', join(folder, 'embedder'), '--json'];
  });

  test('is calibrated on those recordings, and evaluated by no protocol', async () => {
    const { status, report, stderr } = await edgebeat(words);
    expect(status).toBe(0);
    expect(stderr).not.toContain('verification/unseen');
    expect(report.windows.source).toBe('training recordings');
    expect(report.figures).toBeNull();
    // Nothing is decided: the mean cosine, and nothing to be right about.
    expect(report.artefacts[0]).toMatchObject({
      outputs: [{ output: 'embedding', decisions: null }],
      metricInt8: null,
    });
    expect(report.metric).toBeNull();
    expect(report.artefacts[0].agreement).toBeGreaterThan(0.99);
  }, 120_000);

  test('is evaluated in float32 and in int8 by a protocol that is named, and fails with it', async () => {
    const { status, report } = await edgebeat([...words, '--protocol', 'ecg-id/other-record']);
    expect(status).toBe(0);
    const { float, int8, metric } = report.figures;
    expect(report.artefacts[0]).toMatchObject({ metricFloat: float[metric].value, metricInt8: int8[metric].value });
    expect(float.rank1.value).toBeGreaterThan(0);
    const failed = await edgebeat([...words, '--protocol', 'heartprint/cross-session']);
    expect(failed.status).toBe(2);
    expect(failed.report).toMatchObject({ schema: 'edgebeat.error/1' });
  }, 120_000);
});

describe('accuracy on training recordings', () => {
  const classes = { identity: ['heartprint/001', 'heartprint/002'], activity: ['rest', 'walking'] };
  const rows = (...values: number[][]) => values.map((row) => Float32Array.from(row));
  const labels = [
    ['heartprint/001', '001', 'rest'],
    ['heartprint/002', '002', 'walking'],
  ];

  test('is the share of windows about which all outputs with classes are right', () => {
    const answers = new Map([
      ['identity', rows([2, 1], [0, 1])],
      ['activity', rows([1, 0], [1, 0])],
      ['embedding', rows([5, 6, 7], [1, 2, 3])],
    ]);
    expect(trainingAccuracy(answers, labels, { classes })).toBe(0.5);
    // As many windows as there are answers.
    expect(trainingAccuracy(new Map([['identity', rows([2, 1])]]), labels, { classes })).toBe(1);
  });

  test('takes logits for those of persons', () => {
    expect(trainingAccuracy(new Map([['logits', rows([2, 1], [1, 0])]]), labels, { classes })).toBe(0.5);
  });

  test('is none without classes, without labels, and of strangers', () => {
    const answers = new Map([['identity', rows([2, 1], [1, 0])]]);
    expect(trainingAccuracy(answers, labels, {})).toBeNull();
    expect(trainingAccuracy(answers, [], { classes })).toBeNull();
    expect(trainingAccuracy(answers, [['ecg-id/Person_01'], ['ecg-id/Person_02']], { classes })).toBeNull();
  });
});

test('every back end has a form of its own', () => {
  expect(new Set(backEnds.map(({ kind }) => kind)).size).toBe(backEnds.length);
});

describeWithRecordings('kalouskova', 'dt4ecg on its own recordings', (data) => {
  test('is as good in int8, by the protocol that it is known by', async () => {
    const words = ['export', 'dt4ecg', '--to', 'onnx-int8', '--windows', '64', '--data', data, '--json'];
    const { status, report } = await edgebeat([...words, '--out', join(folder, 'dt4ecg'), '--protocol', 'usual']);
    expect(status).toBe(0);
    expect(report.metric).toBe('activity, kalouskova/time-split');
    expect(report.figures).toMatchObject({ protocol: 'kalouskova/time-split', metric: 'activity' });
    const [{ metricFloat, metricInt8, agreement, ofFloat32 }] = report.artefacts;
    expect(metricFloat).toBeGreaterThan(0.97);
    expect(metricFloat - metricInt8).toBeLessThan(0.01);
    expect(agreement).toBeGreaterThan(0.97);
    expect(ofFloat32).toBeLessThan(0.28);
    // Whoever evaluates the int8 file sees what it was trained on, as of the float model.
    const { metadata } = importModel(new Uint8Array(await readFile(report.artefacts[0].file)));
    expect(metadata.get('edgebeat.training')).toMatch(/^deflate:/);
    const original = importModel(new Uint8Array(await readFile(weightsPath('dt4ecg'))));
    expect(readMetadata(metadata).training).toEqual(readMetadata(original.metadata).training);
  }, 300_000);
});
