/** The int8 files that come with edgebeat, and the backend wasm: bits against the integer interpreter, the gateway, evaluation. */
import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { integerAnswers, readIntegerGraph, wasmSources } from '@edgebeat/exporter';
import { decodeModel, readMetadata, readWasmModel } from '@edgebeat/graph';
import { loadWeights, weightsNames, weightsPath } from '@edgebeat/models';
import { createEngine, type InferenceSession } from '@edgebeat/runtime';
import { afterAll, describe, expect, test } from '@jest/globals';
import { noise, syntheticEcg } from '../../../testing/synthetic-ecg.js';
import { identityWindows } from '../../runtime/test/engine/identity-windows.js';
import { writeEcgId } from '../../trainer/test/synthetic-data-sets.js';
import { type EmbeddedBroker, startEmbeddedBroker } from '../src/broker/embedded-broker.js';
import { runCommandLine } from '../src/program.js';
import { capturedStreams } from './captured-streams.js';
import { edgebeat } from './edgebeat-process.js';
import { serveWatch } from './served-watch.js';

const folder = mkdtempSync(join(tmpdir(), 'edgebeat-wasm-'));
afterAll(() => rm(folder, { recursive: true }));

const WINDOWS = 20;

/** Windows as a model's metadata want them: of recordings where they are there. */
async function windowsFor(metadata: ReadonlyMap<string, string>): Promise<Float32Array[]> {
  const { window } = readMetadata(metadata);
  if (window?.kind === 'identity') return identityWindows(WINDOWS);
  const length = window!.samples;
  return Array.from({ length: WINDOWS }, (_, index) => {
    const { samples } = syntheticEcg({ rate: 250, seconds: length / 250 + 1, rr: 1.2 - 0.04 * index });
    const grain = noise(length, index + 1);
    return zScored(samples.slice(0, length).map((value, at) => value + 0.02 * index * grain[at]!));
  });
}

function zScored(window: Float32Array): Float32Array {
  const mean = window.reduce((sum, value) => sum + value, 0) / window.length;
  const deviation = Math.sqrt(window.reduce((sum, value) => sum + (value - mean) ** 2, 0) / window.length);
  return window.map((value) => (value - mean) / deviation);
}

async function answersOf(session: InferenceSession, windows: readonly Float32Array[]) {
  const { name, shape } = session.inputs[0]!;
  const rows = new Map<string, Float32Array[]>(session.outputs.map((output) => [output.name, []]));
  for (const data of windows) {
    const answers = await session.run({ [name]: { data, shape: [1, ...(shape.slice(1) as number[])] } });
    for (const [output, { data: elements }] of Object.entries(answers))
      rows.get(output)!.push(elements as Float32Array);
  }
  await session.close();
  return rows;
}

test('the models that a gateway runs unless told otherwise come as WebAssembly, each with its int8 graph', () => {
  expect(weightsNames('wasm')).toEqual(['deit-micro', 'dt4ecg']);
  expect(weightsNames('int8')).toEqual(weightsNames('wasm'));
});

// Where this fails, make them again: npm run weights:int8 -- --compile where the C has changed, --data FOLDER where a model has.
describe.each(weightsNames('wasm'))('%s.wasm', (name) => {
  test('says what the float model says of itself, and was made from the int8 graph beside it and the C of today', async () => {
    const [float, int8, wasm] = [
      await loadWeights(name),
      await loadWeights(name, 'int8'),
      await loadWeights(name, 'wasm'),
    ];
    const described = readWasmModel(wasm);
    expect(described.metadata).toEqual(decodeModel(int8).metadata);
    expect(described.sourceSha256).toBe(createHash('sha256').update(int8).digest('hex'));
    expect(described.codeSha256).toBe(wasmSources(decodeModel(int8)).codeSha256);
    const { ranges: _, ...metadata } = readMetadata(decodeModel(float).metadata);
    expect(readMetadata(described.metadata)).toMatchObject(metadata);
  });

  test(`gives the integer interpreter's answers to the bit, and means what the float model means`, async () => {
    const int8 = decodeModel(await loadWeights(name, 'int8'));
    const windows = await windowsFor(int8.metadata);
    expect(windows.length).toBeGreaterThan(15);
    const session = await (await createEngine('wasm')).load(await loadWeights(name, 'wasm'));
    const answers = await answersOf(session, windows);
    expect(answers).toEqual(integerAnswers(readIntegerGraph(int8), windows));
    expect(new Set(answers.get('embedding')!.map((row) => row.join())).size).toBe(windows.length);
    const float = await answersOf(await (await createEngine('ort-node')).load(await loadWeights(name)), windows);
    const cosines = answers.get('embedding')!.map((row, index) => cosine(row, float.get('embedding')![index]!));
    expect(cosines.reduce((sum, value) => sum + value, 0) / windows.length).toBeGreaterThan(0.97);
  });
});

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, at) => sum + value * y[at]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

async function expectRefusal(words: readonly string[], expected: RegExp): Promise<void> {
  const streams = capturedStreams();
  expect(await runCommandLine([...words], streams)).toBe(2);
  expect(streams.stderr.text).toMatch(/^error: .+\nhint: .+\n$/);
  expect(streams.stderr.text).toMatch(expected);
}

describe('the gateway', () => {
  let broker: EmbeddedBroker;
  afterAll(() => broker.close());

  test('serves watches with both models', async () => {
    broker = await startEmbeddedBroker();
    const address = ['--broker', broker.address.url, '--mqtt', '3.1.1'];
    const words = ['--backend', 'wasm', '--enroll', '10'];
    const { watch, gateway: served } = await serveWatch(address, words, 'deit-micro and dt4ecg loaded');
    expect(served.status).toBe(0);
    expect(served.report.devices[0]).toMatchObject({ delivered: watch.framesMade, lost: 0 });
    expect(served.report.answerLatencyMs.count).toBeGreaterThan(20);
  });

  test.each([
    [['--backend', 'wasm', '--model', 'baseline-lda'], /baseline-lda.*does not come with edgebeat as wasm/],
    [['--backend', 'wasm', '--model', weightsPath('deit-micro')], /it is no WebAssembly/],
    [['--model', weightsPath('deit-micro', 'wasm')], /it is WebAssembly\nhint: .*engine wasm/],
  ])('%j has one clear error', async (words, expected) => {
    await expectRefusal(['run', ...words], expected);
  });
});

describe('edgebeat evaluate', () => {
  test('takes a .wasm file, and finds what it finds of the int8 graph', async () => {
    const data = join(folder, 'data');
    const [may, june] = ['01.05.2005', '01.06.2005'];
    await writeEcgId(data, [
      [may, june],
      [may, june],
      [may, june],
      [may, june],
    ]);
    const evaluated = async (file: string) => {
      const words = ['evaluate', file, '--protocol', 'ecg-id/other-record', '--data', data, '--resamples', '50'];
      const { status, report } = await edgebeat([...words, '--json']);
      expect(status).toBe(0);
      return report;
    };
    const wasm = await evaluated(weightsPath('deit-micro', 'wasm'));
    const int8 = await evaluated(weightsPath('deit-micro', 'int8'));
    expect(wasm).toMatchObject({ model: 'deit-micro', subjects: int8.subjects, windows: int8.windows });
    expect(wasm.modelSha256).not.toBe(int8.modelSha256);
    expect(wasm.metrics.rank1.value).toBeCloseTo(int8.metrics.rank1.value, 1);
  });

  test.each([
    [
      ['evaluate', 'WASM', '--protocol', 'verification/unseen', '--set-thresholds', '--data', folder],
      /does not write to WebAssembly/,
    ],
    [['inspect', 'WASM'], /is WebAssembly/],
    [['export', 'WASM', '--to', 'c', '--out', folder], /is WebAssembly/],
  ])('%j has one clear error', async (words, expected) => {
    const file = weightsPath('deit-micro', 'wasm');
    await expectRefusal(
      words.map((word) => (word === 'WASM' ? file : word)),
      expected,
    );
  });
});
