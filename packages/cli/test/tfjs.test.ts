/** From a trained ONNX file to a TensorFlow.js model in a folder, to the gateway: the same embeddings, decisions and answers. */
import { mkdtempSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareModel, tfjsFiles, toTfjs } from '@edgebeat/exporter';
import { importModel } from '@edgebeat/graph';
import { loadWeights } from '@edgebeat/models';
import { ActivityModel, createEngine, IdentityModel } from '@edgebeat/runtime';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { noise, syntheticEcg } from '../../../testing/synthetic-ecg.js';
import { type EmbeddedBroker, startEmbeddedBroker } from '../src/broker/embedded-broker.js';
import { openModel } from '../src/gateway/open-model.js';
import { edgebeat } from './edgebeat-process.js';
import { serveWatch } from './served-watch.js';

const folder = mkdtempSync(join(tmpdir(), 'edgebeat-tfjs-'));
const pathOf = (name: string) => join(folder, `${name}.tfjs`);

beforeAll(async () => {
  for (const name of ['deit-micro', 'dt4ecg']) {
    await mkdir(pathOf(name));
    const { model } = await prepareModel(importModel(await loadWeights(name)));
    const files = tfjsFiles(toTfjs(model));
    for (const [file, bytes] of files) await writeFile(join(pathOf(name), file), bytes);
  }
});
afterAll(() => rm(folder, { recursive: true }));

/** Windows of three beats: QRS complexes of different widths and signs on different slow waves. */
function beats(count: number): Float32Array[] {
  return Array.from({ length: count }, (_, index) => {
    const sign = index % 2 === 0 ? 1 : -1;
    return Float32Array.from({ length: 900 }, (_, at) => {
      const time = (at % 300) - 150;
      return sign * Math.exp(-((time / (4 + 2 * index)) ** 2)) + 0.3 * Math.sin(time / (10 + 3 * index));
    });
  });
}

/** Windows of so many samples, of hearts that beat at different rates, in more and more noise. */
function stretches(count: number, length: number): Float32Array[] {
  return Array.from({ length: count }, (_, index) => {
    const { samples } = syntheticEcg({ rate: 250, seconds: length / 250 + 1, rr: 1.2 - 0.05 * index });
    const disturbance = noise(length, index + 1);
    return samples.slice(0, length).map((value, at) => value + 0.02 * index * disturbance[at]!);
  });
}

function zScored(window: Float32Array): Float32Array {
  const mean = window.reduce((sum, value) => sum + value, 0) / window.length;
  const deviation = Math.sqrt(window.reduce((sum, value) => sum + (value - mean) ** 2, 0) / window.length);
  return window.map((value) => (value - mean) / deviation);
}

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, at) => sum + value * y[at]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

test('who it is: embeddings within 1e-4, and every pair accepted or refused alike', async () => {
  const native = await IdentityModel.load(await openModel('deit-micro', 'ort-node'), await createEngine('ort-node'));
  const exported = await IdentityModel.load(await openModel(pathOf('deit-micro'), 'tfjs'), await createEngine('tfjs'));
  expect(exported.thresholds).toEqual(native.thresholds);
  expect(exported.normalize).toBe(native.normalize);
  const thresholds = native.thresholds.filter(({ metric }) => metric === 'cosine').map(({ value }) => value);
  const embedded: (readonly [Float32Array, Float32Array])[] = [];
  for (const window of beats(10).map(zScored))
    embedded.push([await native.embed(window), await exported.embed(window)] as const);
  for (const [a, b] of embedded)
    for (const [at, value] of a.entries()) expect(Math.abs(value - b[at]!)).toBeLessThan(1e-4);
  const decisions = (which: 0 | 1) =>
    embedded.flatMap((one, index) =>
      embedded.slice(index + 1).flatMap((two) => thresholds.map((least) => cosine(one[which], two[which]) >= least)),
    );
  expect(decisions(1)).toEqual(decisions(0));
  expect(new Set(decisions(0))).toEqual(new Set([true, false]));
  await Promise.all([native.close(), exported.close()]);
});

test('what they do: probabilities within 1e-4', async () => {
  const native = await ActivityModel.load(await openModel('dt4ecg', 'ort-node'), await createEngine('ort-node'));
  const exported = await ActivityModel.load(await openModel(pathOf('dt4ecg'), 'tfjs'), await createEngine('tfjs'));
  expect(exported.activities).toEqual(native.activities);
  for (const window of stretches(12, native.samples).map(zScored)) {
    const [a, b] = [await native.classify(window), await exported.classify(window)];
    for (const [at, value] of a.entries()) expect(Math.abs(value - b[at]!)).toBeLessThan(1e-4);
  }
  await Promise.all([native.close(), exported.close()]);
});

test('a model that is converted on the way is the one in the folder', async () => {
  const [onTheWay, inFolder, byFile] = await Promise.all(
    ['deit-micro', pathOf('deit-micro'), join(pathOf('deit-micro'), 'model.json')].map(async (path) => {
      const model = await IdentityModel.load(await openModel(path, 'tfjs'), await createEngine('tfjs'));
      await model.close();
      return model.reference;
    }),
  );
  expect(onTheWay).toEqual(inFolder);
  expect(byFile).toEqual(inFolder);
});

describe('the gateway', () => {
  let broker: EmbeddedBroker;
  beforeAll(async () => {
    broker = await startEmbeddedBroker();
  });
  afterAll(() => broker.close());

  test('serves watches with both models from folders', async () => {
    const address = ['--broker', broker.address.url, '--mqtt', '3.1.1'];
    const templates = join(folder, 'templates.json');
    const models = ['--backend', 'tfjs', '--model', pathOf('deit-micro'), '--activity-model', pathOf('dt4ecg')];
    const words = [...models, '--enroll', '10', '--templates', templates];
    const { watch, gateway: served } = await serveWatch(address, words, 'deit-micro and dt4ecg loaded');
    expect(served.status).toBe(0);
    // Nothing but what edgebeat says itself: TensorFlow.js keeps its advice.
    expect(served.stderr.trim().split('\n')).toHaveLength(1);
    expect(served.report.devices[0]).toMatchObject({ delivered: watch.framesMade, lost: 0 });
    expect(served.report.answerLatencyMs.count).toBeGreaterThan(20);
    const { templates: stored } = JSON.parse(await readFile(templates, 'utf8'));
    expect(stored).toHaveLength(1);
  });

  test.each([
    [['--model', folder, '--backend', 'tfjs'], /model\.json/],
    [['--model', 'PATH'], /it is one of TensorFlow\.js/],
    [['--model', 'baseline-sine', '--backend', 'tfjs'], /baseline-sine/],
  ])('%j has one clear error', async (words, expected) => {
    const { status, stderr } = await edgebeat([
      'run',
      ...words.map((word) => (word === 'PATH' ? pathOf('deit-micro') : word)),
    ]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: .+\nhint: .+\n$/);
    expect(stderr).toMatch(expected);
  });
});
