/** The engine `wasm` in node: what it takes and gives, and what it refuses. Its bits are compared in packages/cli/test/wasm.test.ts. */
import { readFileSync } from 'node:fs';
import { readWasmModel, writeWasmModel } from '@edgebeat/graph';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createEngine, type InferenceEngine, type InferenceSession } from '../../src/engine/index.js';
import { ActivityModel } from '../../src/model/activity-model.js';
import { IdentityModel } from '../../src/model/identity-model.js';
import { RuntimeError } from '../../src/runtime-error.js';
import { model as onnxModel } from './baseline-cosine.js';
import { tfjsModel } from './baseline-cosine-tfjs.js';
import { identityWindows } from './identity-windows.js';

const weights = new URL('../../../models/weights/int8/', import.meta.url);
const deitMicro = new Uint8Array(readFileSync(new URL('deit-micro.wasm', weights)));
const dt4ecg = new Uint8Array(readFileSync(new URL('dt4ecg.wasm', weights)));

let engine: InferenceEngine;
let session: InferenceSession;
let windows: Float32Array[];
beforeAll(async () => {
  engine = await createEngine();
  session = await engine.load(deitMicro);
  windows = await identityWindows(6);
});
afterAll(() => session.close());

const batch = (from: number, to: number) => {
  const data = new Float32Array(windows.slice(from, to).flatMap((window) => [...window]));
  return { beats: { data, shape: [to - from, 3, 300] } };
};

test('is the engine that needs no name, and says what the model takes and gives', () => {
  expect(engine.name).toBe('wasm');
  expect(session.inputs).toEqual([{ name: 'beats', dtype: 'float32', shape: ['N', 3, 300] }]);
  expect(session.outputs.map(({ name, dtype }) => [name, dtype])).toEqual([
    ['logits', 'float32'],
    ['embedding', 'float32'],
  ]);
});

test('a batch is its windows, one after the other', async () => {
  const { embedding } = await session.run(batch(0, 6));
  expect(embedding).toMatchObject({ dtype: 'float32', shape: [6, 64] });
  const rows = await Promise.all(windows.map((_, i) => session.run(batch(i, i + 1))));
  expect(embedding!.data).toEqual(new Float32Array(rows.flatMap((row) => [...(row.embedding!.data as Float32Array)])));
  expect(new Set(rows.map((row) => row.embedding!.data.join())).size).toBe(6);
  expect((await session.run(batch(0, 0))).embedding).toMatchObject({ shape: [0, 64], data: new Float32Array(0) });
});

test('answers belong to the caller, and sessions do not share memory', async () => {
  const other = await engine.load(deitMicro);
  const first = await session.run(batch(0, 1));
  const kept = first.embedding!.data.slice();
  await Promise.all([session.run(batch(1, 2)), other.run(batch(2, 3))]);
  expect(first.embedding!.data).toEqual(kept);
  await other.close();
});

test('closing waits for runs under way, and is final', async () => {
  const own = await engine.load(deitMicro);
  const run = own.run(batch(0, 1));
  await Promise.all([own.close(), own.close()]);
  expect((await run).embedding!.data).toHaveLength(64);
  await expect(own.run(batch(0, 1))).rejects.toThrow('the session is closed');
});

test('models of both kinds are what their metadata say', async () => {
  const identity = await IdentityModel.load(deitMicro, engine);
  expect(identity.reference).toMatchObject({ name: 'deit-micro', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(identity.normalize).toBe('z-score');
  expect(identity.thresholds.length).toBeGreaterThan(0);
  expect(await identity.embed(windows[0]!)).toHaveLength(64);
  const activity = await ActivityModel.load(dt4ecg, engine);
  expect(activity.activities).toContain('walking');
  const { samples } = activity;
  const probabilities = await activity.classify(Float32Array.from({ length: samples }, (_, i) => Math.sin(i / 20)));
  expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
  await Promise.all([identity.close(), activity.close()]);
});

describe('refuses', () => {
  const described = readWasmModel(deitMicro);
  const refusal = async (promise: Promise<unknown>) => {
    const error = await promise.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RuntimeError);
    expect((error as RuntimeError).hint).not.toBe('');
    return (error as RuntimeError).message;
  };

  test.each<[string, () => Parameters<InferenceEngine['load']>[0], RegExp]>([
    ['an ONNX model', onnxModel, /^the engine wasm does not take the model: it is no WebAssembly/],
    ['a TensorFlow.js model', tfjsModel, /^the engine wasm does not take the model: it is no WebAssembly/],
    ['a file cut short', () => deitMicro.subarray(0, 100_000), /^the engine wasm does not take the model/],
    ['a module of somebody else', () => deitMicro.subarray(0, 8), /no custom section/],
    ['a module that exports nothing', () => writeWasmModel(deitMicro.subarray(0, 8), described), /does not take/],
    [
      'outputs beyond the memory',
      () => {
        const outputs = described.outputs.map((output) => ({ ...output, shape: ['N', 10_000_000] }));
        return writeWasmModel(deitMicro, { ...described, outputs });
      },
      /does not take the model/,
    ],
  ])('%s', async (_, bytes, message) => {
    expect(await refusal(engine.load(bytes()))).toMatch(message);
  });

  test.each<[string, Parameters<InferenceSession['run']>[0], RegExp]>([
    ['a missing input', {}, /^input beats is missing/],
    ['another type', { beats: { data: new Float64Array(900), shape: [1, 3, 300] } }, /is in Float64Array/],
    ['another shape', { beats: { data: new Float32Array(900), shape: [3, 1, 300] } }, /has shape \[3, 1, 300\]/],
  ])('%s', async (_, inputs, message) => {
    expect(await refusal(session.run(inputs))).toMatch(message);
  });

  test('more than one thread', async () => {
    expect(await refusal(engine.load(deitMicro, { threads: 2 }))).toBe('wasm runs on one thread, not on 2');
  });

  test.each(['ort-node', 'ort-web', 'tfjs'])('as a model for %s', async (name) => {
    expect(await refusal((await createEngine(name)).load(deitMicro))).toMatch(
      /^(onnxruntime|TensorFlow\.js) does not take the model: it/,
    );
  });
});
