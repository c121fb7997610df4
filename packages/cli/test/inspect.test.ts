/** `edgebeat inspect`: a model alone, and a float model beside the int8 graph that was made of it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runCommandLine } from '../src/program.js';
import { capturedStreams } from './captured-streams.js';
import { edgebeat } from './edgebeat-process.js';
import { writeSmallModel, writeWindows } from './small-model.js';

let folder: string;
let float: string;
let int8: string;
let samples: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edgebeat-inspect-'));
  float = writeSmallModel(folder);
  samples = writeWindows(folder, 80);
  int8 = join(folder, 'small.int8.onnx');
  const words = ['export', float, '--to', 'onnx-int8', '--samples', samples, '--out', folder, '--protocol', 'none'];
  expect((await edgebeat(words)).status).toBe(0);
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

/** Of the one line that `--json` ends with. */
async function inspected(...words: string[]) {
  const streams = capturedStreams();
  expect(await runCommandLine(['inspect', ...words, '--json'], streams)).toBe(0);
  return JSON.parse(streams.stdout.text);
}

describe('a model alone', () => {
  test('is told layer by layer', async () => {
    const report = await inspected(float);
    expect(report).toMatchObject({ schema: 'edgebeat.inspect/1', model: 'small', numbers: 'float32' });
    expect(report.layers.map(({ operator }: { operator: string }) => operator)).toEqual([
      'Conv',
      'Relu',
      'GlobalAveragePool',
      'Flatten',
      'Gemm',
    ]);
    expect(report.totals).toEqual({ parameters: 32, macs: 32 * 4 * 5 + 12, weightBytes: 128 });
    expect(report.errors).toBeUndefined();
    const codes = await inspected(int8);
    expect(codes).toMatchObject({ numbers: 'int8', totals: { macs: report.totals.macs }, islands: { macShare: 0 } });
    expect(codes.memory.peakBytes).toBeLessThan(report.memory.peakBytes / 2);
  });

  test('is a table for people', async () => {
    const streams = capturedStreams();
    expect(await runCommandLine(['inspect', float], streams)).toBe(0);
    expect(streams.stdout.text).toMatch(/^layer +operator +output +parameters +MACs +weights +activation\n/);
    expect(streams.stdout.text).toMatch(/\nrelu +Relu +1×4×32 +– +– +– +512 B\n/);
    expect(streams.stdout.text).toContain('small (float32): 32 parameters, 652 multiply-accumulates a window');
  });

  test.each(['deit-micro', 'dt4ecg'])('%s is known by its name', async (name) => {
    expect((await inspected(name)).model).toBe(name);
  });
});

describe('both', () => {
  test('are compared whichever comes first, on the same windows', async () => {
    const page = join(folder, 'page.html');
    const one = await inspected(int8, '--against', float, '--samples', samples, '--html', page);
    const other = await inspected(float, '--against', int8, '--samples', samples);
    expect([one.numbers, other.numbers]).toEqual(['int8', 'float32']);
    expect(one.errors).toEqual(other.errors);
    expect(one.errors.windows).toBe(64);
    expect(one.errors.layers.map(({ value }: { value: string }) => value)).toContain('activity');
    for (const { local } of one.errors.layers) expect(local.sqnr).toBeGreaterThan(20);
    const html = await readFile(page, 'utf8');
    expect(html).toContain('What int8 costs');
    expect(html).toContain('of float32');
  });

  test('stand in the table in dB', async () => {
    const streams = capturedStreams();
    expect(await runCommandLine(['inspect', int8, '--against', float, '--samples', samples], streams)).toBe(0);
    expect(streams.stdout.text).toMatch(/alone dB +up to there dB +out of range\n/);
    expect(streams.stdout.text).toMatch(/\nWorst alone, on 64 windows: \S+ \d+\.\d dB/);
  });
});

test.each<[string, string[], RegExp]>([
  [
    'a file of TensorFlow Lite',
    ['model.tflite'],
    /^error: model\.tflite is a TensorFlow Lite file\nhint: give the ONNX/,
  ],
  ['two float models', ['FLOAT', '--against', 'FLOAT'], /^error: .* are both float32\n/],
  ['two int8 models', ['INT8', '--against', 'INT8'], /^error: .* are both int8\n/],
  [
    'an int8 graph of another model',
    ['deit-micro', '--against', 'INT8', '--samples', 'DEIT'],
    /^error: no value of .* is held/,
  ],
  ['windows with nothing to compare', ['FLOAT', '--samples', 'SAMPLES'], /^error: --samples is for comparing\n/],
  ['a name that is none', ['dt4ecq'], /hint: did you mean dt4ecg\?/],
])('refused is %s', async (_, words, message) => {
  const deit = writeWindows(folder, 4, [3, 300]);
  const places: Record<string, string> = { FLOAT: float, INT8: int8, SAMPLES: samples, DEIT: deit };
  const streams = capturedStreams();
  expect(await runCommandLine(['inspect', ...words.map((word) => places[word] ?? word)], streams)).toBe(2);
  expect(streams.stderr.text).toMatch(message);
});

describe('the boards that it fits on', () => {
  test('stand in the report of an int8 graph', async () => {
    const { fit } = await inspected(int8);
    expect(fit.boards[0]).toMatchObject({
      board: 'PineTime',
      chip: 'nRF52832',
      verdict: 'fits',
      cyclesPerInstruction: 1.3,
    });
    expect(fit.boards[0].modelledMs).toBeCloseTo((fit.boards[0].instructions * 1.3) / 64e3, 9);
    expect(fit.boards.find(({ chip }: { chip: string }) => chip === 'ESP32-S3').modelledMs).toBeNull();
  });

  test('are a table for people, and of a float model one line that says what to do', async () => {
    const table = capturedStreams();
    expect(await runCommandLine(['inspect', int8], table)).toBe(0);
    expect(table.stdout.text).toMatch(/\nPineTime +nRF52832 +Cortex-M4F, 64 MHz .* yes +[\d,]+ +[\d.]+ (µs|ms)\n/);
    expect(table.stdout.text).toContain('nothing here was measured on a board');
    const sentence = capturedStreams();
    expect(await runCommandLine(['inspect', float], sentence)).toBe(0);
    expect(sentence.stdout.text).toMatch(
      /Boards: firmware runs int8 networks, and this one is float32\.\nedgebeat export MODEL/,
    );
  });
});
