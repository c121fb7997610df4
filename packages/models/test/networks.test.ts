/** What every network owes: it runs for any batch, window by window, the same for the same seed, with sound outputs. */
import { decodeModel, encodeModel, inferShapes, type Model, type Node } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { deitMicro, deitTiny, resnet34, type WeightSource } from '../src/index.js';
import { largestDeviation, rms, runModel } from './run-model.js';
import { seededSource } from './seeded-source.js';

interface Network {
  readonly build: (weights: WeightSource) => Model;
  /** Sizes of the outputs after the batch. */
  readonly outputs: Readonly<Record<string, readonly number[]>>;
}

const classes = 7;
const training = { separateLogits: true, tokensAfter: [1, 4] };
const heads = { class_logits: [classes], distillation_logits: [classes] };

const networks: Readonly<Record<string, Network>> = {
  resnet34: { build: (w) => resnet34({ classes }, w), outputs: { logits: [classes], embedding: [512] } },
  'resnet34, width 16, stem of stride 2': {
    build: (w) => resnet34({ classes, width: 16, stemStride: 2, zeroInitResidual: true }, w),
    outputs: { logits: [classes], embedding: [128] },
  },
  'resnet34, width 16, stem of stride 1': {
    build: (w) => resnet34({ classes, width: 16, stemStride: 1 }, w),
    outputs: { logits: [classes], embedding: [128] },
  },
  'deit-tiny': { build: (w) => deitTiny({ classes }, w), outputs: { logits: [classes], embedding: [192] } },
  'deit-tiny for training, patch stem': {
    build: (w) => deitTiny({ classes, stem: 'patch', ...training }, w),
    outputs: { logits: [classes], embedding: [192], ...heads, tokens_after_1: [22, 192], tokens_after_4: [22, 192] },
  },
  'deit-micro': { build: (w) => deitMicro({ classes }, w), outputs: { logits: [classes], embedding: [64] } },
  'deit-micro for training': {
    build: (w) => deitMicro({ classes, ...training }, w),
    outputs: { logits: [classes], embedding: [64], ...heads, tokens_after_1: [22, 64], tokens_after_4: [22, 64] },
  },
};

const WINDOW = 3 * 300;

/** z-scored noise: what the network sees at most differs from it by being smoother. */
function windows(seed: number, count: number) {
  const source = seededSource(seed);
  return { data: Float32Array.from({ length: count * WINDOW }, () => source.normal()), shape: [count, 3, 300] };
}

/** The same network as it runs while it is trained: normalised by the statistics of the batch. */
function inTrainingMode(model: Model): Model {
  const nodes = model.graph.nodes.map((node): Node => {
    if (node.operator !== 'BatchNormalization') return node;
    const [y] = node.outputs as [string];
    const attributes = new Map([...node.attributes, ['training_mode', { kind: 'int', value: 1 } as const]]);
    return { ...node, outputs: [y, `${y}.mean`, `${y}.var`], attributes };
  });
  return { ...model, graph: { ...model.graph, nodes } };
}

describe.each(Object.entries(networks))('%s', (_, { build, outputs }) => {
  const model = build(seededSource(1));

  test('takes one window or five, and each answer is that of its window alone', async () => {
    const five = windows(2, 5);
    const single = { data: five.data.subarray(2 * WINDOW, 3 * WINDOW), shape: [1, 3, 300] };
    const others = windows(3, 5);
    others.data.set(single.data, 2 * WINDOW);
    const [together, alone, amongOthers] = await runModel(model, five, single, others);
    expect(Object.keys(together).sort()).toEqual(Object.keys(outputs).sort());
    for (const [name, shape] of Object.entries(outputs)) {
      expect(together[name]!.shape).toEqual([5, ...shape]);
      expect(alone[name]!.shape).toEqual([1, ...shape]);
      // The same batch size takes the same way through onnxruntime's kernels; another one may sum in another order.
      expect(amongOthers[name]!.rows[2]).toEqual(together[name]!.rows[2]);
      expect(amongOthers[name]!.rows[1]).not.toEqual(together[name]!.rows[1]);
      expect(largestDeviation(alone[name]!.rows[0]!, together[name]!.rows[2]!)).toBeLessThan(1e-4);
    }
  });

  test('starts with embeddings of unit scale and logits that are no larger', async () => {
    const [{ logits, embedding }] = await runModel(inTrainingMode(model), windows(4, 16));
    const scale = rms(embedding!.rows.flat());
    expect(scale).toBeGreaterThan(0.3);
    expect(scale).toBeLessThan(3);
    expect(rms(logits!.rows.flat())).toBeGreaterThan(0.03);
    expect(rms(logits!.rows.flat())).toBeLessThan(1);
    // Windows are told apart from the start.
    expect(largestDeviation(embedding!.rows[0]!, embedding!.rows[1]!)).toBeGreaterThan(0.01);
  });

  test('has full shapes when the batch is a number', () => {
    const inputs = model.graph.inputs.map((input) => ({ ...input, shape: input.shape!.with(0, 6) }));
    const types = inferShapes({ ...model.graph, inputs });
    for (const { shape } of types.values()) expect(shape.every((size) => typeof size === 'number')).toBe(true);
    for (const [name, shape] of Object.entries(outputs)) expect(types.get(name)!.shape).toEqual([6, ...shape]);
  });

  test('is the same bytes for the same seed, and comes back from them', () => {
    const bytes = encodeModel(model);
    expect(Buffer.compare(encodeModel(build(seededSource(1))), bytes)).toBe(0);
    expect(Buffer.compare(encodeModel(build(seededSource(2))), bytes)).not.toBe(0);
    expect(Buffer.compare(encodeModel(decodeModel(bytes)), bytes)).toBe(0);
  });
});

describe.each([
  ['resnet34', resnet34],
  ['deit-tiny', deitTiny],
  ['deit-micro', deitMicro],
] as const)('%s refuses', (name, build) => {
  test.each([0, -1, 2.5, Number.NaN])('%d classes', (count) => {
    expect(() => build({ classes: count }, seededSource(1))).toThrow(`${name}: classes is ${count}`);
  });
});
