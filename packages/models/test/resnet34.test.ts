/** `resnet34`: lengths and channels of its stages, names of its weights, what it looks at, how it ends. */
import { encodeModel, GraphError, type Model, tensor } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { type ResNet34Options, resnet34 } from '../src/index.js';
import { largestDeviation, runModel } from './run-model.js';
import { seededSource } from './seeded-source.js';

const build = (options: Partial<ResNet34Options> = {}) =>
  resnet34({ classes: 3, width: 8, ...options }, seededSource(1));

const shapesOf = ({ graph }: Model, names: readonly string[]) =>
  names.map((name) => graph.valueInfo.find((value) => value.name === name)!.shape!.slice(1));

const lastOfStages = ['stage1.block2.relu', 'stage2.block3.relu', 'stage3.block5.relu', 'stage4.block2.relu'];

test.each([
  [4, [75, 38, 19, 10]],
  [2, [150, 75, 38, 19]],
  [1, [300, 150, 75, 38]],
] as const)('a stem of stride %i leaves stages of %j samples', (stemStride, lengths) => {
  const channels = [8, 16, 32, 64];
  expect(shapesOf(build({ stemStride }), lastOfStages)).toEqual(
    channels.map((count, stage) => [count, lengths[stage]]),
  );
});

test('shortcuts are convolutions where a stage begins anew, and nowhere else', () => {
  const names = build().graph.initializers.map(({ name }) => name);
  expect(names.filter((name) => name.endsWith('shortcut.weight'))).toEqual([
    'stage2.block0.shortcut.weight',
    'stage3.block0.shortcut.weight',
    'stage4.block0.shortcut.weight',
  ]);
  expect(names.filter((name) => /conv\d\.weight$/.test(name))).toHaveLength(32);
});

test('zeroInitResidual silences the last normalisation of every block, and nothing else', () => {
  const silent = build({ zeroInitResidual: true }).graph.initializers.filter(
    ({ name, data }) => name.endsWith('bn.weight') && data.every((value) => value === 0),
  );
  expect(silent.map(({ name }) => name.replace(/stage\d\.block\d/, ''))).toEqual(Array(16).fill('.conv2.bn.weight'));
});

test.each([0, 1.5])('refuses a width of %d', (width) => {
  expect(() => build({ width })).toThrow(`resnet34: width is ${width}`);
});

/** Two windows of noise, z-scored as beats are. */
function windows() {
  const source = seededSource(5);
  return { data: Float32Array.from({ length: 2 * 3 * 300 }, () => source.normal()), shape: [2, 3, 300] };
}

/** The same windows, but for these samples of each beat. */
function changed(...places: readonly number[]) {
  const { data, shape } = windows();
  const chosen = new Set(places);
  return { data: data.map((value, index) => (chosen.has(index % 300) ? value + 3 : value)), shape };
}

describe('crop', () => {
  test('shortens what the stages see, and leaves the weights as they are', () => {
    const model = build({ crop: [60, 240] });
    expect(shapesOf(model, lastOfStages).map(([, length]) => length)).toEqual([45, 23, 12, 6]);
    expect(model.graph.initializers.filter(({ dtype }) => dtype === 'float32')).toEqual(build().graph.initializers);
    expect(model.graph.inputs[0]).toMatchObject({ name: 'beats', shape: ['N', 3, 300] });
  });

  test('ignores the samples outside, and no other', async () => {
    const outside = Array.from({ length: 300 }, (_, at) => at).filter((at) => at < 60 || at >= 240);
    const [original, unseen, first, last] = await runModel(
      build({ crop: [60, 240] }),
      windows(),
      changed(...outside),
      changed(60),
      changed(239),
    );
    expect(unseen).toEqual(original);
    for (const seen of [first, last]) {
      expect(seen.embedding!.rows[0]).not.toEqual(original.embedding!.rows[0]);
      expect(seen.logits!.rows[1]).not.toEqual(original.logits!.rows[1]);
    }
  });

  test('of the whole beat is none', async () => {
    expect(Buffer.compare(encodeModel(build({ crop: [0, 300] })), encodeModel(build()))).toBe(0);
    const [original, start, end] = await runModel(build(), windows(), changed(0), changed(299));
    for (const seen of [start, end]) expect(seen.embedding!.rows[0]).not.toEqual(original.embedding!.rows[0]);
  });

  test.each<[first: number, last: number, message: string]>([
    [-1, 300, 'first sample + 1 is 0'],
    [0.5, 240, 'first sample + 1 is 1.5'],
    [240, 240, 'number of samples is 0'],
    [240, 60, 'number of samples is -180'],
    [60, 239.5, 'number of samples is 179.5'],
    [60, 301, 'cannot look at sample 301 of 300'],
  ])('[%d, %d) is refused', (first, last, message) => {
    expect(() => build({ crop: [first, last] })).toThrow(GraphError);
    expect(() => build({ crop: [first, last] })).toThrow(`resnet34: ${message}`);
  });
});

describe('neck', () => {
  const outputsOf = ({ graph }: Model) => graph.outputs.map(({ name, shape }) => [name, shape]);

  test('is a normalisation behind the mean over time, which becomes an output', () => {
    const model = build({ neck: true });
    expect(outputsOf(model).sort()).toEqual([
      ['embedding', ['N', 64]],
      ['logits', ['N', 3]],
      ['pooled', ['N', 64]],
    ]);
    expect(outputsOf(build()).map(([name]) => name)).toEqual(['logits', 'embedding']);
    const names = ({ graph }: Model) => graph.initializers.map(({ name }) => name);
    const without = names(build());
    expect(names(model).filter((name) => !without.includes(name))).toEqual([
      'neck.weight',
      'neck.bias',
      'neck.running_mean',
      'neck.running_var',
    ]);
  });

  test('gives as the embedding the normalised mean, and the logits from it', async () => {
    const model = build({ neck: true });
    const source = seededSource(9);
    const values = new Map(
      ['neck.weight', 'neck.running_mean', 'neck.running_var'].map((name) => [
        name,
        Float32Array.from({ length: 64 }, () => 0.5 + source.uniform()),
      ]),
    );
    const initializers = model.graph.initializers.map((one) => {
      const data = values.get(one.name);
      return data ? tensor(one.name, 'float32', one.shape, data) : one;
    });
    const [{ pooled, embedding, logits }] = await runModel(
      { ...model, graph: { ...model.graph, initializers } },
      windows(),
    );
    const [scale, mean, variance] = [...values.values()] as [Float32Array, Float32Array, Float32Array];
    const head = initializers.find(({ name }) => name === 'head.weight')!.data as Float32Array;
    for (const [row, vector] of embedding!.rows.entries()) {
      const normalised = pooled!.rows[row]!.map(
        (value, i) => (scale[i]! * (value - mean[i]!)) / Math.sqrt(variance[i]! + 1e-5),
      );
      expect(largestDeviation(vector, normalised)).toBeLessThan(1e-5);
      const products = [0, 1, 2].map((k) => vector.reduce((sum, value, i) => sum + value * head[3 * i + k]!, 0));
      expect(largestDeviation(logits!.rows[row]!, products)).toBeLessThan(1e-5);
    }
  });

  test('leaves the mean over time as it was', async () => {
    const [[plain], [ended]] = await Promise.all([
      runModel(build(), windows()),
      runModel(build({ neck: true }), windows()),
    ]);
    expect(ended!.pooled).toEqual(plain!.embedding);
  });
});
