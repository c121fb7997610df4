/** Equalization, bias correction and float islands, each where it has to help and where it cannot. */
import { GraphBuilder, type Model, tensor, writeMetadata } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { quantizeModel } from '../../src/quantizer/quantize-model.js';
import type { QuantizeOptions } from '../../src/quantizer/quantize-options.js';
import {
  answers,
  built,
  constant,
  constantOf,
  convolutional,
  scaledConstant,
  sqnr,
  transformer,
  windowsOf,
} from './small-networks.js';

const off: QuantizeOptions = {
  ...{ equalization: 'off', biasCorrection: 'off', sharedScales: 'off' },
  ...{ accuracyBudget: 1, threads: 1 },
};
const windows = windowsOf(40, 48);
const others = windowsOf(80, 48).slice(40);

async function gainOf(model: Model, options: QuantizeOptions) {
  const reference = await answers(model, others);
  const [without, { model: better, report }] = [
    await quantizeModel(model, windows, off),
    await quantizeModel(model, windows, { ...off, ...options }),
  ];
  const [before, after] = await Promise.all(
    [without.model, better].map(async (one) => sqnr(reference, await answers(one, others, { asWritten: true }))),
  );
  return { gain: after! - before!, report, model: better };
}

/** One channel of `first` 64 times as large as it was, and read by a 64th: the same function. */
function uneven(): Model {
  const large = (index: number, channel: number) => (channel === 3 ? index : 1);
  const first = scaledConstant(convolutional(), 'w1', (i) => large(64, Math.floor(i / 10)));
  const biased = scaledConstant(first, 'b1', (i) => large(64, i));
  return scaledConstant(biased, 'w2', (i) => large(1 / 64, Math.floor(i / 3) % 8));
}

/** The same of what a normalisation gives to a product. */
function unevenNormal(): Model {
  const large = (channel: number) => (channel === 5 ? 64 : 1);
  const gamma = scaledConstant(transformer(), 'gamma', large);
  return scaledConstant(scaledConstant(gamma, 'beta', large), 'w1', (i) => 1 / large(Math.floor(i / 16)));
}

/** A residual stream with uneven channels: sum of two layers, Relu, both read by one layer more. */
function unevenStream(): Model {
  const stream = built('stream', (g) => {
    const x = g.input('x', 'float32', ['N', 2, 24]);
    const conv = (name: string, to: typeof x, from: number) => g.conv(to, constant(g, name, [4, from, 1]));
    const a = g.relu(g.add(conv('a', x, 2), conv('b', x, 2), { name: 'a_and_b' }), { name: 'stream1' });
    const c = g.relu(g.add(conv('c', a, 4), a, { name: 'c_and_a' }), { name: 'stream2' });
    return g.conv(c, constant(g, 'd', [4, 4, 1]));
  });
  const up = (at: (i: number) => number) => (i: number) => (at(i) === 1 ? 64 : 1);
  const down = (i: number) => (i % 4 === 1 ? 1 / 64 : 1);
  const wide = scaledConstant(
    scaledConstant(
      stream,
      'a',
      up((i) => Math.floor(i / 2)),
    ),
    'b',
    up((i) => Math.floor(i / 2)),
  );
  const both = scaledConstant(wide, 'c', (i) => down(i) * up((at) => Math.floor(at / 4))(i));
  return scaledConstant(both, 'd', down);
}

describe('equalization', () => {
  test.each([
    ['of a convolution and the next', uneven, 'first'],
    ['of a normalisation and the product behind it', unevenNormal, 'normal'],
    ['of a residual stream', unevenStream, 'stream2'],
  ])('%s undoes what an uneven channel costs', async (_, network, value) => {
    const { gain, report } = await gainOf(network(), { equalization: 'auto' });
    expect(report.equalization.applied).toBe(true);
    expect(report.equalization.values.map((one) => one.value)).toContain(value);
    expect(gain).toBeGreaterThan(3);
    expect(report.equalization.after!.sqnr).toBeGreaterThan(report.equalization.before!.sqnr);
  });

  test('is tried on what an operator other than these makes or reads, or the graph gives out, to no effect', async () => {
    const model = built('gate', (g) => {
      const hidden = g.relu(g.gemm(g.input('x', 'float32', ['N', 48]), constant(g, 'w', [48, 4])), { name: 'hidden' });
      return g.gemm(g.mul(hidden, g.sigmoid(hidden)), constant(g, 'v', [4, 2]));
    });
    const { report } = await gainOf(model, { equalization: 'on' });
    expect(report.equalization.values).toEqual([]);
  });
});

describe('shared scales', () => {
  const scalesOf = (model: Model, weight: string) => {
    const reader = model.graph.nodes.find(({ inputs }) => inputs[0] === weight)!;
    return constantOf(model, reader.inputs[1]!).data.length;
  };

  test('are those of short rows whose channels are alike, and cost next to nothing', async () => {
    const { gain, report, model } = await gainOf(transformer(), { sharedScales: 'auto' });
    expect(report.sharedScales.applied).toBe(true);
    expect([...report.sharedScales.weights].sort()).toEqual(['w1', 'w2']);
    expect(['w1', 'w2'].map((weight) => scalesOf(model, weight))).toEqual([1, 1]);
    expect(gain).toBeGreaterThan(-0.3);
  });

  test('are none of a weight that loses by them', async () => {
    // Beside the channel that is 64 times as large, the others would have two bits.
    const { report, model } = await gainOf(uneven(), { sharedScales: 'auto' });
    expect(report.sharedScales.weights).not.toContain('w1');
    expect(scalesOf(model, 'w1')).toBe(8);
    const { before, after = before } = report.sharedScales;
    expect(after!.sqnr).toBeGreaterThan(before!.sqnr - 0.1);
  });
});

describe('bias correction', () => {
  /** Weights that all round up by nearly half a step, and inputs that are positive. */
  const shifting = () => {
    const g = new GraphBuilder('shifting');
    const x = g.relu(g.add(g.input('x', 'float32', ['N', 48]), g.float32(1)), { name: 'positive' });
    const weights = Float32Array.from({ length: 48 * 2 }, (_, i) => (i < 2 ? 1 : 0.6 / 127));
    const weight = g.constant(tensor('w', 'float32', [48, 2], weights));
    g.output('y', g.gemm(x, weight, g.constant(tensor('b', 'float32', [2], [0, -1]))));
    return g.build();
  };

  test('takes back what rounding shifts the mean by', async () => {
    const { gain, report, model } = await gainOf(shifting(), { biasCorrection: 'auto' });
    expect(report.biasCorrection).toMatchObject({ asked: 'auto', applied: true, operators: 1 });
    expect(gain).toBeGreaterThan(3);
    expect(constantOf(model, 'b').dtype).toBe('int32');
  });

  test('gives a layer without a bias one', async () => {
    const { report, model } = await gainOf(convolutional(), { biasCorrection: 'on' });
    expect(report.biasCorrection.operators).toBe(3);
    const conv = model.graph.nodes.filter(({ operator }) => operator === 'Conv');
    expect(conv.map(({ inputs }) => inputs.length)).toEqual([3, 3]);
  });
});

describe('float islands', () => {
  /** A sum whose large half goes away in the normalisation that reads it: in int8 it takes the small half its codes. */
  const fragile = () =>
    built('fragile', (g) => {
      const x = g.input('x', 'float32', ['N', 6, 8]);
      const wide = g.constant(tensor('wide', 'float32', [1, 6, 1], [40, -40, 30, -30, 20, -20]));
      const sum = g.add(g.matMul(x, constant(g, 'w', [8, 8])), wide, { name: 'sum' });
      const ones = (name: string, of: number) => g.constant(tensor(name, 'float32', [8], new Float32Array(8).fill(of)));
      const normal = g.layerNormalization(sum, ones('gamma', 1), ones('beta', 0), { axis: -1, name: 'normal' });
      return g.matMul(normal, constant(g, 'v', [8, 4]));
    });

  test('are looked for where the error is beyond the budget, and the few that help are kept', async () => {
    const { gain, report, model } = await gainOf(fragile(), { accuracyBudget: 0.0015 });
    const { islands } = report;
    expect(islands.before.error).toBeGreaterThan(islands.budget);
    expect(islands.values).toEqual(['sum']);
    expect(islands.steps.map(({ added }) => added)).toEqual(islands.values);
    expect(report.error).toEqual(islands.after);
    expect(islands.workShare).toBeLessThanOrEqual(0.1);
    expect(gain).toBeGreaterThan(6);
    const readers = model.graph.nodes.filter(({ inputs }) => inputs.includes('sum')).map(({ operator }) => operator);
    expect(readers).toEqual(['LayerNormalization']);
    const read = new Set(model.graph.nodes.flatMap(({ inputs }) => inputs));
    expect(model.graph.initializers.filter(({ name }) => !read.has(name))).toEqual([]);
  });

  test('are none where the budget is met', async () => {
    const { report } = await gainOf(fragile(), { accuracyBudget: 0.5 });
    expect(report.islands).toMatchObject({ met: true, values: [], candidates: [], steps: [] });
  });

  test('are never what a product of matrices makes or what goes out, and one that reads them gets codes', async () => {
    const { report, model } = await gainOf(transformer(), { accuracyBudget: 0 });
    // Nor what the graph gives out.
    expect(report.islands.candidates.map(({ value }) => value)).toEqual(['embedded']);
    const makers = new Map(model.graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node.operator])));
    for (const { operator, inputs } of model.graph.nodes)
      if (operator === 'MatMul') for (const name of inputs) expect(makers.get(name)).toBe('DequantizeLinear');
  });
});

describe('a network that was trained for int8', () => {
  test('keeps its ranges, is not equalized, and leaves them to its scales', async () => {
    const metadata = writeMetadata({ name: 'm', ranges: { first: { least: 0, most: 7 } } });
    const { model, report } = await quantizeModel({ ...convolutional(), metadata }, windows, { threads: 1 });
    const byValue = new Map(report.activations.map((one) => [one.value, one]));
    expect(byValue.get('first')).toMatchObject({ method: 'trained', range: { least: 0, most: 7 }, zeroPoint: -128 });
    expect(byValue.get('x')!.method).toBe('percentile 0.9999');
    expect(report.equalization.skipped).toBeDefined();
    expect([...model.metadata.keys()]).toEqual(['edgebeat.name']);
  });
});
