/** Layers in onnxruntime-node against the formulas of their papers, written out in loops. */
import { GraphBuilder, type Model, type Tensor } from '@edgebeat/graph';
import { expect, test } from '@jest/globals';
import { multiHeadAttention } from '../src/layers/multi-head-attention.js';
import { residualBlock } from '../src/layers/residual-block.js';
import { transformerBlock } from '../src/layers/transformer-block.js';
import { largestDeviation, runModel } from './run-model.js';
import { seededSource } from './seeded-source.js';

type Matrix = number[][];

const signal = (seed: number, shape: readonly number[], scale = 1) => {
  const source = seededSource(seed);
  const count = shape.reduce((product, size) => product * size, 1);
  return { data: Float32Array.from({ length: count }, () => scale * source.normal()), shape };
};

/** Larger weights than those of the start, so that attention is far from uniform, and biases that are not zero. */
function enlivened(model: Model): Model {
  const source = seededSource(99);
  const initializers = model.graph.initializers.map((initializer): Tensor => {
    if (initializer.dtype !== 'float32' || initializer.shape.length === 0) return initializer;
    const positive = initializer.name.endsWith('running_var') || initializer.name.includes('norm');
    const data = initializer.data.map(() => (positive ? 0.5 + source.uniform() : 0.5 * source.normal()));
    return { ...initializer, data };
  });
  return { ...model, graph: { ...model.graph, initializers } };
}

function matrix(model: Model, name: string): Matrix {
  const { data, shape } = model.graph.initializers.find((initializer) => initializer.name === name)!;
  const [rows, columns] = shape.length === 1 ? [1, shape[0]!] : (shape as [number, number]);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => Number(data[row * columns + column])),
  );
}

const product = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) => b[0]!.map((_, column) => row.reduce((sum, value, inner) => sum + value * b[inner]![column]!, 0)));

const linear = (model: Model, x: Matrix, name: string): Matrix => {
  const [bias] = matrix(model, `${name}.bias`);
  return product(x, matrix(model, `${name}.weight`)).map((row) => row.map((value, index) => value + bias![index]!));
};

/** Attention as formula (1) of the paper has it, one head after the other. */
function attention(model: Model, x: Matrix, name: string, heads: number): Matrix {
  const width = x[0]!.length;
  const head = width / heads;
  const qkv = linear(model, x, `${name}.qkv`);
  const joined: Matrix = x.map(() => []);
  for (let h = 0; h < heads; h++) {
    const part = (which: number) =>
      qkv.map((row) => row.slice(which * width + h * head, which * width + (h + 1) * head));
    const [q, k, v] = [part(0), part(1), part(2)];
    for (const [token, query] of q.entries()) {
      const exponentials = k.map((key) =>
        Math.exp(key.reduce((sum, value, index) => sum + value * query[index]!, 0) / Math.sqrt(head)),
      );
      const sum = exponentials.reduce((total, value) => total + value, 0);
      joined[token]!.push(...product([exponentials.map((value) => value / sum)], v)[0]!);
    }
  }
  return linear(model, joined, `${name}.proj`);
}

function layerNorm(model: Model, x: Matrix, name: string): Matrix {
  const [[scale], [bias]] = [matrix(model, `${name}.weight`), matrix(model, `${name}.bias`)] as [
    [number[]],
    [number[]],
  ];
  return x.map((row) => {
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
    return row.map((value, index) => ((value - mean) / Math.sqrt(variance + 1e-5)) * scale[index]! + bias[index]!);
  });
}

/** x · Φ(x), Φ by the integral of the density. */
function gelu(x: number): number {
  const steps = 400;
  let area = 0;
  for (let step = 0; step < steps; step++) {
    area += Math.exp(-((x * ((step + 0.5) / steps)) ** 2) / 2) * (x / steps);
  }
  return x * (0.5 + area / Math.sqrt(2 * Math.PI));
}

const addTo = (a: Matrix, b: Matrix): Matrix => a.map((row, i) => row.map((value, j) => value + b[i]![j]!));

function transformer(model: Model, x: Matrix, name: string, heads: number): Matrix {
  const y = addTo(x, attention(model, layerNorm(model, x, `${name}.norm1`), `${name}.attn`, heads));
  const hidden = linear(model, layerNorm(model, y, `${name}.norm2`), `${name}.mlp.fc1`).map((row) => row.map(gelu));
  return addTo(y, linear(model, hidden, `${name}.mlp.fc2`));
}

const tokensOf = (row: readonly number[], width: number): Matrix =>
  Array.from({ length: row.length / width }, (_, token) => row.slice(token * width, (token + 1) * width));

test.each([1, 2, 4])('multi-head attention with %i heads', async (heads) => {
  const graph = new GraphBuilder('attention');
  const x = graph.input('x', 'float32', ['N', 5, 8]);
  graph.output('y', multiHeadAttention({ graph, weights: seededSource(1) }, x, 'attn', heads));
  const model = enlivened(graph.build());
  const feed = signal(heads, [3, 5, 8]);
  const [{ y }] = await runModel(model, feed);
  y!.rows.forEach((row, index) => {
    const window = tokensOf([...feed.data.subarray(index * 40, (index + 1) * 40)], 8);
    expect(largestDeviation(row, attention(model, window, 'attn', heads).flat())).toBeLessThan(1e-5);
  });
});

test('heads must divide the width', () => {
  const graph = new GraphBuilder('attention');
  const network = { graph, weights: seededSource(1) };
  expect(() => multiHeadAttention(network, graph.input('x', 'float32', ['N', 5, 8]), 'attn', 3)).toThrow(
    'attention "attn": 3 heads for a width of 8',
  );
});

test('transformer block', async () => {
  const graph = new GraphBuilder('block');
  const x = graph.input('x', 'float32', ['N', 4, 6]);
  graph.output('y', transformerBlock({ graph, weights: seededSource(1) }, x, 'blocks.0', { heads: 2, mlpRatio: 3 }));
  const model = enlivened(graph.build());
  const feed = signal(5, [2, 4, 6]);
  const [{ y }] = await runModel(model, feed);
  y!.rows.forEach((row, index) => {
    const window = tokensOf([...feed.data.subarray(index * 24, (index + 1) * 24)], 6);
    expect(largestDeviation(row, transformer(model, window, 'blocks.0', 2).flat())).toBeLessThan(1e-5);
  });
});

/** Convolution and normalisation of [channels][samples], filters as [filters][channels][kernel]. */
function convBatchNorm(model: Model, x: Matrix, name: string, stride: number, padding: number): Matrix {
  const weight = model.graph.initializers.find((initializer) => initializer.name === `${name}.weight`)!;
  const [filters, channels, kernel] = weight.shape as [number, number, number];
  const [scale, bias, mean, variance] = ['weight', 'bias', 'running_mean', 'running_var'].map(
    (part) => matrix(model, `${name}.bn.${part}`)[0]!,
  ) as [number[], number[], number[], number[]];
  const length = Math.floor((x[0]!.length + 2 * padding - kernel) / stride) + 1;
  return Array.from({ length: filters }, (_, filter) =>
    Array.from({ length }, (_, at) => {
      let sum = 0;
      for (let channel = 0; channel < channels; channel++) {
        for (let tap = 0; tap < kernel; tap++) {
          const sample = x[channel]![at * stride + tap - padding] ?? 0;
          sum += sample * Number(weight.data[(filter * channels + channel) * kernel + tap]);
        }
      }
      const normalised = (sum - mean[filter]!) / Math.sqrt(variance[filter]! + 1e-5);
      return normalised * scale[filter]! + bias[filter]!;
    }),
  );
}

const relu = (x: Matrix): Matrix => x.map((row) => row.map((value) => Math.max(0, value)));

test.each([
  { filters: 3, stride: 1 },
  { filters: 3, stride: 2 },
  { filters: 5, stride: 1 },
  { filters: 6, stride: 2 },
])('residual block from 3 channels to $filters, stride $stride', async ({ filters, stride }) => {
  const graph = new GraphBuilder('block');
  const x = graph.input('x', 'float32', ['N', 3, 11]);
  graph.output('y', residualBlock({ graph, weights: seededSource(1) }, x, 'block', { filters, stride }));
  const model = enlivened(graph.build());
  const feed = signal(6, [2, 3, 11]);
  const [{ y }] = await runModel(model, feed);
  y!.rows.forEach((row, index) => {
    const window = tokensOf([...feed.data.subarray(index * 33, (index + 1) * 33)], 11);
    const inner = relu(convBatchNorm(model, window, 'block.conv1', stride, 1));
    const branch = convBatchNorm(model, inner, 'block.conv2', 1, 1);
    const projected = filters !== 3 || stride !== 1;
    const shortcut = projected ? convBatchNorm(model, window, 'block.shortcut', stride, 0) : window;
    expect(largestDeviation(row, relu(addTo(branch, shortcut)).flat())).toBeLessThan(1e-5);
  });
});

test('a residual block that starts as its shortcut', async () => {
  const graph = new GraphBuilder('block');
  const x = graph.input('x', 'float32', ['N', 3, 11]);
  const options = { filters: 3, zeroInit: true };
  graph.output('y', residualBlock({ graph, weights: seededSource(1) }, x, 'block', options));
  const feed = signal(7, [2, 3, 11]);
  const [{ y }] = await runModel(graph.build(), feed);
  expect(y!.rows.flat()).toEqual([...feed.data].map((value) => Math.max(0, value)));
});
