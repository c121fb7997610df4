/** Every operator gives in TensorFlow.js what it gives in onnxruntime, for data laid out either way. */
import { encodeModel, GraphBuilder, INFERENCE_OPERATOR_NAMES, type Model, tensor, type Value } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { toTfjs } from '../../src/index.js';
import { type Bench, type Case, cases } from './operator-cases.js';
import { backends, loadTfjs, runTfjs, useBackend } from './run-tfjs.js';

const BATCH = 2;
const SEEDS = [1, 2];
const TOLERANCE = 1e-4;

/** Numbers of [0, 1) without order, the same for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param asImages whether what the caller gives goes through a pooling of one element first, behind which it is an image */
function build(make: Case, seed: number, asImages: boolean): Model {
  const random = generator(seed);
  const g = new GraphBuilder('one operator');
  let count = 0;
  const int = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const numbers = (shape: readonly number[], least: number) => {
    const size = shape.reduce((product, one) => product * one, 1);
    const data = Float32Array.from({ length: size }, () => least + random() * (1.5 - least));
    return g.constant(tensor(`constant ${count++}`, 'float32', shape, data));
  };
  const input = (shape: readonly (number | string)[]) => g.input(`input ${count++}`, 'float32', shape);
  const spatial = (value: Value) =>
    asImages ? g.maxPool(value, { kernel_shape: value.shape.slice(2).map(() => 1) }) : value;
  const bench: Bench = {
    g,
    int,
    input,
    signal: (channels = int(2, 5), length = int(6, 12)) => spatial(input(['N', channels, length])),
    picture: (channels = int(2, 5), height = int(4, 8), width = int(4, 8)) =>
      spatial(input(['N', channels, height, width])),
    weights: (shape) => numbers(shape, -1.5),
    positive: (shape) => numbers(shape, 0.5),
  };
  const made = make(bench);
  const outputs = 'dtype' in made ? [made] : made;
  outputs.forEach((value, index) => {
    g.output(`output ${index}`, value);
  });
  return g.build();
}

/** Feeds of a model, drawn: fractions of either sign, and small whole numbers. */
function feeds(model: Model, seed: number) {
  const random = generator(seed + 1000);
  return model.graph.inputs.map(({ name, dtype, shape }) => {
    const sizes = shape!.map((size) => (typeof size === 'string' ? BATCH : size));
    const length = sizes.reduce((product, size) => product * size, 1);
    const whole = dtype === 'int64';
    const data = Array.from({ length }, () => (whole ? Math.floor(random() * 5) : random() * 3 - 1.5));
    return { name, dtype, shape: sizes, data };
  });
}

/** What onnxruntime and every back end of TensorFlow.js give for a model; they must agree. */
async function compare(model: Model, seed: number): Promise<void> {
  const given = feeds(model, seed);
  const session = await InferenceSession.create(encodeModel(model), { intraOpNumThreads: 1, logSeverityLevel: 4 });
  const expected = await session.run(
    Object.fromEntries(
      given.map(({ name, dtype, shape, data }) => [
        name,
        dtype === 'int64'
          ? new Tensor('int64', BigInt64Array.from(data, BigInt), shape)
          : new Tensor('float32', Float32Array.from(data), shape),
      ]),
    ),
  );
  await session.release();
  const exported = toTfjs(model);
  const inputs = Object.fromEntries(
    given.map(({ name, dtype, shape, data }) => [
      name,
      { data: Float32Array.from(data), shape, dtype: dtype === 'int64' ? ('int32' as const) : ('float32' as const) },
    ]),
  );
  for (const backend of backends) {
    await useBackend(backend);
    const loaded = await loadTfjs(exported);
    const actual = await runTfjs(loaded, inputs, Object.keys(expected));
    loaded.dispose();
    for (const [name, { dims, data }] of Object.entries(expected)) {
      expect(actual[name]!.shape).toEqual(dims);
      Array.from(data as ArrayLike<number>, Number).forEach((value, at) => {
        const difference = Math.abs(value - actual[name]!.data[at]!);
        if (!(difference <= TOLERANCE * Math.max(1, Math.abs(value)))) {
          throw new Error(`${backend}: ${name}[${at}] is ${actual[name]!.data[at]}, onnxruntime has ${value}`);
        }
      });
    }
  }
}

describe.each(INFERENCE_OPERATOR_NAMES.filter((name) => Object.keys(cases[name]).length > 0))('%s', (operator) => {
  test.each(Object.entries(cases[operator]))('%s', async (_, make) => {
    for (const seed of SEEDS) for (const asImages of [false, true]) await compare(build(make, seed, asImages), seed);
  });
});
