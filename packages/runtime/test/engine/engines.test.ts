/**
 * The engines that compute in float32, in node: the same numbers as the definition of the model, and clear words for wrong use. What
 * `wasm` gives is in wasm.test.ts.
 */

import { encodeModel, GraphBuilder } from '@edgebeat/graph';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createEngine, type InferenceEngine, type InferenceSession } from '../../src/engine/index.js';
import { loadPeer } from '../../src/load-peer.js';
import { RuntimeError } from '../../src/runtime-error.js';
import { embeddings, expectedEmbeddings, largestDifference, modelFor, TOLERANCE, windows } from './baseline-cosine.js';

const names = ['ort-node', 'ort-web', 'tfjs'] as const;

describe.each(names)('%s', (name) => {
  let engine: InferenceEngine;
  let session: InferenceSession;

  beforeAll(async () => {
    engine = await createEngine(name);
    session = await engine.load(modelFor(name));
  });
  afterAll(() => session.close());

  const input = (count = 1) => ({ beats: { data: windows(count), shape: [count, 3, 300] } });

  test('says what the model takes and gives', () => {
    expect(engine.name).toBe(name);
    expect(session.inputs).toEqual([{ name: 'beats', dtype: 'float32', shape: ['N', 3, 300] }]);
    expect(session.outputs).toEqual([{ name: 'embedding', dtype: 'float32', shape: ['N', 300] }]);
  });

  test.each([1, 5])('embeds %d windows as the definition has it', async (count) => {
    const beats = windows(count);
    const actual = await embeddings(engine, modelFor(name), beats);
    expect(largestDifference(actual, expectedEmbeddings(beats).flat())).toBeLessThan(TOLERANCE);
  });

  test('outputs carry type and shape', async () => {
    const { embedding } = await session.run(input(2));
    expect(embedding).toMatchObject({ dtype: 'float32', shape: [2, 300] });
  });

  test('runs that overlap do not disturb each other', async () => {
    const alone = await Promise.all([1, 2, 3].map(async (count) => (await session.run(input(count))).embedding!.data));
    for (const [index, data] of alone.entries())
      expect((await session.run(input(index + 1))).embedding!.data).toEqual(data);
  });

  test('closing waits for runs under way, and is final', async () => {
    const own = await engine.load(modelFor(name));
    const run = own.run(input());
    await Promise.all([own.close(), own.close()]);
    expect((await run).embedding!.data).toHaveLength(300);
    await expect(own.run(input())).rejects.toThrow('the session is closed');
  });

  test.each<[string, Parameters<InferenceSession['run']>[0], RegExp]>([
    ['a missing input', {}, /^input beats is missing/],
    ['an unknown input', { ...input(), rate: input().beats }, /^the model has no input rate/],
    ['another type', { beats: { data: new Float64Array(900), shape: [1, 3, 300] } }, /^input beats is in Float64Array/],
    [
      'another shape',
      { beats: { data: new Float32Array(900), shape: [3, 1, 300] } },
      /^input beats has shape \[3, 1, 300\]/,
    ],
    ['another rank', { beats: { data: new Float32Array(900), shape: [3, 300] } }, /^input beats has shape/],
    ['too few elements', { beats: { data: new Float32Array(899), shape: [1, 3, 300] } }, /900|899 elements/],
  ])('refuses %s', async (_, inputs, message) => {
    const error = await session.run(inputs).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RuntimeError);
    expect((error as RuntimeError).message).toMatch(message);
    expect((error as RuntimeError).hint).not.toBe('');
  });

  test('refuses what is no model', async () => {
    const error = await engine.load(new TextEncoder().encode('not a model')).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RuntimeError);
    expect((error as RuntimeError).message).toMatch(/^(onnxruntime|TensorFlow\.js) does not take the model/);
  });
});

test.each(['ort-node', 'ort-web'])('%s takes and gives integers', async (name) => {
  const engine = await createEngine(name);
  const g = new GraphBuilder('integers');
  g.output('y', g.add(g.input('x', 'int64', ['N']), g.int64([1])));
  const integers = await engine.load(encodeModel(g.build()));
  const { y } = await integers.run({ x: { data: BigInt64Array.of(41n, -1n), shape: [2] } });
  expect(y).toEqual({ dtype: 'int64', shape: [2], data: BigInt64Array.of(42n, 0n) });
  await integers.close();
});

test('the engines agree', async () => {
  const beats = windows(4);
  const [native, ...others] = await Promise.all(
    names.map(async (name) => embeddings(await createEngine(name), modelFor(name), beats)),
  );
  for (const other of others) expect(largestDifference(native!, other)).toBeLessThan(TOLERANCE);
});

test.each(['ort-web', 'tfjs'] as const)('%s has one thread', async (name) => {
  const engine = await createEngine(name);
  await expect(engine.load(modelFor(name), { threads: 2 })).rejects.toThrow(`${name} runs on one thread, not on 2`);
});

test.each(['ort-node', 'ort-web'])('%s says that it runs no TensorFlow.js model', async (name) => {
  const engine = await createEngine(name);
  await expect(engine.load(modelFor('tfjs'))).rejects.toThrow('it is one of TensorFlow.js');
});

test('an engine that does not exist is named, with those that do', async () => {
  const error = await createEngine('tensorrt').catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(RuntimeError);
  expect((error as RuntimeError).message).toBe('there is no engine tensorrt');
  expect((error as RuntimeError).hint).toBe('Engines are ort-node, ort-web, tfjs, wasm.');
});

test('a peer that is not installed is named, with the command that installs it', async () => {
  const missing = 'edgebeat-peer-that-is-not-installed';
  const error = await loadPeer(missing, '1.0.0', () => import(missing)).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(RuntimeError);
  expect((error as RuntimeError).message).toMatch(`the package ${missing} cannot be loaded`);
  expect((error as RuntimeError).hint).toBe(`Install it: npm install ${missing}@1.0.0`);
});
