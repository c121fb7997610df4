/** What pairs of quantization do to a network: to its values, and to nothing else. */
import {
  type ActivationRanges,
  elementCount,
  encodeModel,
  GraphBuilder,
  GraphError,
  inferShapes,
  int8Parameters,
  type Model,
  parametersOf,
  quantizedValues,
  tensor,
  type ValueInfo,
} from '@edgebeat/graph';
import { deitMicro, dt4ecg, resnet34 } from '@edgebeat/models';
import { describe, expect, test } from '@jest/globals';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { asWritten } from '../../src/inference/as-written.js';
import { fakeQuantized } from '../../src/quantization/fake-quantized.js';
import { RandomGenerator } from '../../src/random/random-generator.js';

const random = new RandomGenerator('weights');
const noise = (count: number, scale = 1) => Float32Array.from({ length: count }, () => scale * random.normal());
const constant = (g: GraphBuilder, name: string, ...shape: number[]) =>
  g.constant(tensor(name, 'float32', shape, noise(elementCount(shape))));

/** Values of a graph for one input. */
async function run({ graph, ...model }: Model, names: readonly string[], x: Float32Array): Promise<Float32Array[]> {
  const [input] = graph.inputs;
  const outputs = names.map((name): ValueInfo => ({ name, dtype: 'float32' }));
  const bytes = encodeModel({ ...model, graph: { ...graph, outputs } });
  const options = { intraOpNumThreads: 1, logSeverityLevel: 3, extra: asWritten } as const;
  const session = await InferenceSession.create(bytes, options);
  try {
    const [, ...shape] = input!.shape as number[];
    const dims = [x.length / elementCount(shape), ...shape];
    const results = await session.run({ [input!.name]: new OrtTensor('float32', x, dims) });
    return names.map((name) => results[name]!.data as Float32Array);
  } finally {
    await session.release();
  }
}

const wide: ActivationRanges[string] = { least: -4, most: 5 };
const rangesOf = (model: Model, range = wide): ActivationRanges =>
  Object.fromEntries(quantizedValues(model.graph).activations.map(({ value }) => [value, range]));

/** To an int8 code and back, as the formula has it. */
function rounded(value: number, range: ActivationRanges[string]): number {
  const { scale, zeroPoint } = int8Parameters(range);
  const code = Math.min(127, Math.max(-128, Math.round(value / scale) + zeroPoint));
  return scale * (code - zeroPoint);
}

/** [in, out]: every column to codes of its own scale and back. */
function roundedColumns(weight: Float32Array, columns: number): number[] {
  const largest = Array.from({ length: columns }, (_, column) =>
    weight.reduce((most, value, index) => (index % columns === column ? Math.max(most, Math.abs(value)) : most), 0),
  );
  return Array.from(weight, (value, index) => {
    const scale = largest[index % columns]! / 127;
    return Math.round(value / scale) * scale;
  });
}

describe('a product with bias', () => {
  const [weight, bias] = [noise(12), noise(3)];
  const g = new GraphBuilder('product');
  const x = g.input('x', 'float32', ['N', 4]);
  const product = g.matMul(x, g.constant(tensor('w', 'float32', [4, 3], weight)));
  g.output('y', g.relu(g.add(product, g.constant(tensor('b', 'float32', [3], bias)))));
  const model = g.build();
  const ranges = { x: { least: -2, most: 2 }, y: { least: 0, most: 3 } };
  const rows = noise(40, 1.5);

  test('computes with rounded input and weights, and rounds the result behind bias and Relu', async () => {
    const [y] = await run(fakeQuantized(model, ranges), ['y'], rows);
    const columns = roundedColumns(weight, 3);
    const { scale } = int8Parameters(ranges.y);
    let clipped = 0;
    for (let row = 0; row < 10; row++) {
      for (let column = 0; column < 3; column++) {
        const sum = [0, 1, 2, 3].reduce(
          (total, i) => total + rounded(rows[4 * row + i]!, ranges.x) * columns[3 * i + column]!,
          bias[column]!,
        );
        const result = y![3 * row + column]!;
        // Float32 may round to the next code what lies just between two.
        expect(Math.abs(result - rounded(Math.max(0, sum), ranges.y))).toBeLessThan(
          1e-4 + (nearTie(sum / scale) ? scale : 0),
        );
        expect(result).toBeGreaterThanOrEqual(0);
        if (sum > 3) clipped++;
      }
    }
    expect(clipped).toBeGreaterThan(0);
  });

  test('keeps the names of input, output and initializers, and what is trained', () => {
    const { graph } = fakeQuantized(model, ranges);
    expect(graph.inputs).toEqual(model.graph.inputs);
    expect(graph.outputs).toEqual(model.graph.outputs);
    expect(graph.initializers.slice(0, 2)).toEqual(model.graph.initializers);
    expect(parametersOf(graph)).toEqual(parametersOf(model.graph));
    expect(() => inferShapes(graph)).not.toThrow();
  });

  test('follows its weights: other weights have other scales', async () => {
    const quantized = fakeQuantized(model, ranges);
    const grown = weight.map((value, index) => (index === 0 ? 3 * value : value));
    const initializers = quantized.graph.initializers.map((one) =>
      one.name === 'w' ? tensor('w', 'float32', [4, 3], grown) : one,
    );
    const changed = { ...quantized, graph: { ...quantized.graph, initializers } };
    const [own] = await run(changed, ['w/dequantized'], rows);
    expect([...own!]).toEqual(roundedColumns(grown, 3).map((value) => expect.closeTo(value, 5)));
  });

  test('wants a range for every activation, and passes others over', () => {
    expect(() => fakeQuantized(model, { x: ranges.x })).toThrow(GraphError);
    expect(() => fakeQuantized(model, { x: ranges.x })).toThrow('value "y": has no range');
    expect(fakeQuantized(model, { ...ranges, other: wide })).toEqual(fakeQuantized(model, ranges));
  });

  test('is not quantized twice', () => {
    expect(() => fakeQuantized(fakeQuantized(model, ranges), ranges)).toThrow('the graph is quantized already');
  });
});

const nearTie = (steps: number) => Math.abs(Math.abs(steps - Math.trunc(steps)) - 0.5) < 1e-3;

test('weights of 0 alone stay 0', async () => {
  const g = new GraphBuilder('nothing');
  const zero = g.constant(tensor('w', 'float32', [4, 3], new Float32Array(12)));
  g.output('y', g.matMul(g.input('x', 'float32', ['N', 4]), zero));
  const model = g.build();
  const [y] = await run(fakeQuantized(model, rangesOf(model)), ['y'], noise(8));
  expect([...y!]).toEqual([0, 0, 0, 0, 0, 0]);
});

test('names that the pairs would take are left to those who have them', async () => {
  const g = new GraphBuilder('taken');
  const x = g.input('x', 'float32', ['N', 4]);
  const other = g.relu(x, { name: 'x/dequantized' });
  g.output('y', g.add(other, constant(g, 'x/scale', 4), { name: 'y/float' }));
  const model = g.build();
  const quantized = fakeQuantized(model, rangesOf(model));
  expect(() => inferShapes(quantized.graph)).not.toThrow();
  const [[y], [plain]] = [await run(quantized, ['y'], noise(4)), await run(model, ['y'], noise(4))];
  expect(y!.length).toBe(plain!.length);
});

describe('a convolution and its normalisation', () => {
  const [filters, channels, taps] = [3, 2, 3];
  const weight = noise(filters * channels * taps);
  // A channel turned round, one large, one small.
  const scale = [-1.5, 20, 0.01];
  const [mean, variance, offset] = [
    [0.3, -0.2, 0.1],
    [0.5, 2, 1],
    [0.1, -1, 0.2],
  ];
  const factor = scale.map((value, index) => value / Math.sqrt(variance[index]! + 1e-5));

  function network(isFolded: boolean): Model {
    const g = new GraphBuilder('convolution');
    const vector = (name: string, values: readonly number[]) => g.constant(tensor(name, 'float32', [filters], values));
    const x = g.input('x', 'float32', ['N', channels, 8]);
    const perFilter = channels * taps;
    const own = isFolded ? weight.map((value, index) => value * factor[Math.floor(index / perFilter)]!) : weight;
    const w = g.constant(tensor('w', 'float32', [filters, channels, taps], own));
    const bias = offset.map((value, index) => value - mean[index]! * factor[index]!);
    const folded = isFolded ? g.conv(x, w, vector('b', bias)) : g.conv(x, w);
    g.output(
      'y',
      isFolded
        ? folded
        : g.batchNormalization(
            folded,
            vector('scale', scale),
            vector('offset', offset),
            vector('mean', mean),
            vector('variance', variance),
          ),
    );
    return g.build();
  }

  test('have the codes of the folded convolution', async () => {
    const range = { least: -60, most: 60 };
    const x = noise(5 * channels * 8);
    const [apart, folded] = await Promise.all(
      [network(false), network(true)].map(
        async (model) => (await run(fakeQuantized(model, rangesOf(model, range)), ['y'], x))[0]!,
      ),
    );
    const step = int8Parameters(range).scale;
    const different = apart!.filter((value, index) => Math.abs(value - folded![index]!) > 1e-4);
    // Rounding of float32 decides a code now and then.
    expect(different.length).toBeLessThanOrEqual(1);
    expect(new Set(apart!.map((value) => Math.round(value / step))).size).toBeGreaterThan(20);
    const [plain] = await run(network(false), ['y'], x);
    expect(plain!.some((value, index) => Math.abs(value - apart![index]!) > 0.1 * step)).toBe(true);
  });
});

describe('a whole network', () => {
  const weights = () => new RandomGenerator(3);
  const networks: Record<string, () => Model> = {
    resnet34: () => resnet34({ classes: 5, width: 4, crop: [60, 240], neck: true }, weights()),
    'deit-micro': () => deitMicro({ classes: 5, separateLogits: true, tokensAfter: [1, 4] }, weights()),
    'deit-micro of patches': () => deitMicro({ classes: 5, stem: 'patch' }, weights()),
    dt4ecg: () => dt4ecg({ persons: 4, activities: 3, samples: 251, channels: [8, 8, 12, 16] }, weights()),
  };

  test.each(Object.entries(networks))(
    '%s: every product has codes to multiply, and gives at most 256 values',
    async (_, build) => {
      const model = build();
      const { weights: held, activations } = quantizedValues(model.graph);
      const quantized = fakeQuantized(model, rangesOf(model));
      const [, ...shape] = model.graph.inputs[0]!.shape as number[];
      const names = activations.slice(1).map(({ value }) => value);
      const values = await run(quantized, names, noise(2 * elementCount(shape)));
      for (const [index, name] of names.entries()) {
        const { range = wide } = activations[index + 1]!;
        const { scale } = int8Parameters(range);
        const codes = values[index]!.map((value) => value / scale);
        expect([name, codes.every((code) => Math.abs(code - Math.round(code)) < 1e-3)]).toEqual([name, true]);
        expect([name, new Set(codes.map(Math.round)).size <= 256]).toEqual([name, true]);
      }
      // Weights and products: whatever is multiplied comes from codes, directly or rearranged.
      const products = quantized.graph.nodes.filter(({ operator }) => ['Conv', 'Gemm', 'MatMul'].includes(operator));
      expect(products.length).toBeGreaterThan(10);
      const makers = new Map(
        quantized.graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)),
      );
      const moving = [
        'Transpose',
        'Reshape',
        'Slice',
        'Split',
        'Flatten',
        'MaxPool',
        'Pad',
        'Mul',
        'Unsqueeze',
        'Squeeze',
      ];
      const sourceOf = (value: string): string => {
        const maker = makers.get(value);
        return maker && moving.includes(maker.operator)
          ? sourceOf(maker.inputs[0]!)
          : (maker?.operator ?? `float ${value}`);
      };
      const sources = products.flatMap(({ inputs }) => inputs.slice(0, 2).map(sourceOf));
      expect(new Set(sources)).toEqual(new Set(['DequantizeLinear']));
      const constants = new Set(model.graph.initializers.map(({ name }) => name));
      const multiplied = model.graph.nodes.filter(({ operator }) => ['Conv', 'Gemm', 'MatMul'].includes(operator));
      const own = multiplied.flatMap(({ inputs }) => inputs.slice(0, 2)).filter((name) => constants.has(name));
      expect(held.map(({ value }) => value)).toEqual(expect.arrayContaining(own));
    },
  );
});
