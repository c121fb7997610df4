/** The error of every layer of a small network, against what the definitions say. */
import { GraphBuilder, type Model, type Tensor, tensor } from '@edgebeat/graph';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { compareLayers, type LayerErrors, ModelRunner, quantizeModel } from '../../src/index.js';

/** Numbers between −1 and 1 that look like chance. */
function waves(length: number, seed: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(12.9898 * (i + 1) + 78.233 * seed));
}

const weight = (name: string, shape: readonly number[], seed: number) =>
  tensor(
    name,
    'float32',
    shape,
    waves(
      shape.reduce((a, b) => a * b, 1),
      seed,
    ),
  );

/** Two layers and a Relu: x [N, 8] to y [N, 4]. */
function network(): Model {
  const g = new GraphBuilder('network');
  const first = g.gemm(g.input('x', 'float32', ['N', 8]), g.constant(weight('w1', [8, 16], 1)), undefined, {
    name: 'first',
  });
  const inner = g.relu(first, { name: 'inner' });
  g.output('y', g.gemm(inner, g.constant(weight('w2', [16, 4], 2)), undefined, { name: 'second' }));
  return g.build();
}

/** Without what the quantizer tries to make the error smaller. */
const plain = { method: 'min-max', equalization: 'off', biasCorrection: 'off', accuracyBudget: 1 } as const;

const windows = Array.from({ length: 60 }, (_, index) => waves(8, 10 + index));

function withInitializer(model: Model, name: string, change: (one: Tensor) => Tensor): Model {
  const initializers = model.graph.initializers.map((one) => (one.name === name ? change(one) : one));
  return { ...model, graph: { ...model.graph, initializers } };
}

/** Error figures by definition. */
function errorOf(truth: readonly Float32Array[], approximate: readonly Float32Array[]) {
  let [signal, noise, most] = [0, 0, 0];
  truth.forEach((row, index) => {
    row.forEach((value, i) => {
      const difference = Math.abs(value - approximate[index]![i]!);
      signal += value ** 2;
      noise += difference ** 2;
      most = Math.max(most, difference);
    });
  });
  return { sqnr: 10 * Math.log10(signal / noise), maxError: most };
}

async function elementsOf(model: Model, value: string): Promise<readonly Float32Array[]> {
  const runner = await ModelRunner.open(model, { values: [value], asWritten: true });
  const rows = (await runner.run(windows)).get(value)!;
  await runner.release();
  return rows;
}

const layerOf = ({ layers }: LayerErrors, value: string) => layers.find((layer) => layer.value === value)!;

describe('a network and the int8 graph made of it', () => {
  const float = network();
  let int8: Model;
  let errors: LayerErrors;
  beforeAll(async () => {
    int8 = (await quantizeModel(float, windows, plain)).model;
    errors = await compareLayers(float, int8, windows);
  });

  test('every quantized value is there, with the node that makes it', () => {
    const rows = [...errors.layers].sort((a, b) => a.position - b.position);
    expect(rows.map(({ value, node, operator }) => [value, node, operator])).toEqual([
      ['x', 'x', 'input'],
      ['inner', 'inner', 'Relu'],
      ['y', expect.any(String), 'Gemm'],
    ]);
    expect(errors.windows).toBe(60);
    const sorted = [...errors.layers].sort((a, b) => a.local.sqnr - b.local.sqnr);
    expect(errors.layers).toEqual(sorted);
  });

  test.each(['inner', 'y'])('the error up to %s is that of the int8 graph as a whole', async (value) => {
    const expected = errorOf(await elementsOf(float, value), await elementsOf(int8, value));
    const { cumulated } = layerOf(errors, value);
    expect(cumulated.sqnr).toBeCloseTo(expected.sqnr, 3);
    expect(cumulated.maxError).toBeCloseTo(expected.maxError, 6);
    expect(cumulated.cosine).toBeGreaterThan(0.999);
    expect(cumulated.sqnr).toBeGreaterThan(25);
  });

  test('behind the input alone both errors are one', () => {
    for (const value of ['x', 'inner']) {
      const { local, cumulated } = layerOf(errors, value);
      expect(local).toEqual(cumulated);
    }
  });

  test('what a layer does wrong is its own error, and that of the layers behind it only up to there', async () => {
    const wrecked = withInitializer(int8, 'w1', (one) =>
      tensor('w1', 'int8', one.shape, new Int8Array(one.data.length).fill(1)),
    );
    const after = await compareLayers(float, wrecked, windows);
    expect(layerOf(after, 'inner').local.sqnr).toBeLessThan(5);
    expect(layerOf(after, 'y').cumulated.sqnr).toBeLessThan(5);
    expect(layerOf(after, 'y').local).toEqual(layerOf(errors, 'y').local);
    expect(after.layers[0]!.value).toBe('inner');
  });

  test('channels that equalization scaled are taken for what they are', async () => {
    const factors = Float32Array.from({ length: 16 }, (_, i) => 0.4 + 0.2 * i);
    const scaled = [
      ['w1', (i: number) => 1 / factors[i % 16]!],
      ['w2', (i: number) => factors[Math.floor(i / 4)]!],
    ] as const;
    const equalized = scaled.reduce(
      (model, [name, factor]) =>
        withInitializer(model, name, (one) =>
          tensor(
            name,
            'float32',
            one.shape,
            Float32Array.from(one.data as Float32Array, (value, i) => value * factor(i)),
          ),
        ),
      float,
    );
    const graph = (await quantizeModel(equalized, windows, plain)).model;
    const found = await compareLayers(float, graph, windows);
    expect(found.layers.filter(({ isScaled }) => isScaled).map(({ value }) => value)).toEqual(['inner']);
    const exact = await compareLayers(equalized, graph, windows);
    expect(exact.layers.some(({ isScaled }) => isScaled)).toBe(false);
    for (const value of ['x', 'inner', 'y']) {
      const [one, other] = [layerOf(found, value), layerOf(exact, value)];
      expect(Math.abs(one.cumulated.sqnr - other.cumulated.sqnr)).toBeLessThan(1);
      expect(Math.abs(one.local.sqnr - other.local.sqnr)).toBeLessThan(1);
    }
  });

  test('codes: calibrated on all, none is out of range; of a range half as wide, some are', async () => {
    for (const { codes } of errors.layers) expect(codes.saturated).toBe(0);
    const { codes } = layerOf(errors, 'x');
    expect(codes.histogram).toHaveLength(32);
    expect(codes.histogram.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(codes.used).toBeGreaterThan(64);
    const halved = windows.map((window) => window.map((value) => value / 2));
    const narrow = (await quantizeModel(float, halved, plain)).model;
    const x = layerOf(await compareLayers(float, narrow, windows), 'x');
    const beyond = windows.flatMap((window) => [...window]).filter((value) => Math.abs(value) > 0.51).length;
    expect(x.codes.saturated).toBeCloseTo(beyond / (60 * 8), 1);
    expect(x.codes.histogram[0]!).toBeGreaterThan(0.2);
  });

  test('refused are no windows, windows of another size, and another graph', async () => {
    await expect(compareLayers(float, int8, [])).rejects.toThrow('there are no windows');
    await expect(compareLayers(float, int8, [new Float32Array(7)])).rejects.toThrow(/7 elements .* takes 8/);
    await expect(compareLayers(float, float, windows)).rejects.toThrow('no value of "network" is held as codes');
  });
});
