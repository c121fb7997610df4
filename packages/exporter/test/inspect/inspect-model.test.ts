/** Layers, costs and memory of models small enough to count by hand. */
import { GraphBuilder, tensor, type Value } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { ExportError, inspectModel } from '../../src/index.js';
import { QdqBuilder } from '../integer/qdq-builder.js';

function ones(g: GraphBuilder, name: string, ...shape: number[]): Value {
  const count = shape.reduce((product, size) => product * size, 1);
  return g.constant(tensor(name, 'float32', shape, new Float32Array(count).fill(1)));
}

/** A residual block and a classifier: x [N, 2, 8] to y [N, 3]. */
function residual() {
  const g = new GraphBuilder('residual');
  const x = g.input('x', 'float32', ['N', 2, 8]);
  const conv = (value: Value, name: string) =>
    g.conv(value, ones(g, `${name}.w`, 2, 2, 3), ones(g, `${name}.b`, 2), { pads: [1, 1], name });
  const inner = g.relu(conv(x, 'a'), { name: 'relu' });
  const sum = g.add(conv(inner, 'b'), x, { name: 'sum' });
  const flat = g.reshape(sum, g.int64([0, 16]), { name: 'flat' });
  g.output('y', g.gemm(flat, ones(g, 'head.w', 3, 16), ones(g, 'head.b', 3), { transB: true, name: 'head' }));
  return g.build();
}

describe('a float network', () => {
  const report = inspectModel(residual());

  test('has layers in order, with what each costs', () => {
    const rows = report.layers.map(({ name, operator, parameters, macs, weightBytes, activationBytes }) => [
      ...[name, operator, parameters, macs, weightBytes, activationBytes],
    ]);
    const conv = (name: string) => [name, 'Conv', 12 + 2, 2 * 8 * 6, 4 * 14, 64];
    expect(rows).toEqual([
      conv('a'),
      ['relu', 'Relu', 0, 0, 0, 64],
      conv('b'),
      ['sum', 'Add', 0, 0, 0, 64],
      ['flat', 'Reshape', 0, 0, 16, 64],
      ['head', 'Gemm', 48 + 3, 48, 4 * 51, 12],
    ]);
    expect(report.totals).toEqual({
      parameters: 14 + 14 + 51,
      macs: 96 + 96 + 48,
      weightBytes: 4 * (14 + 14 + 51) + 16,
    });
    expect(report).toMatchObject({ schema: 'edgebeat.inspect/1', model: 'residual', numbers: 'float32' });
    expect(report.islands).toBeUndefined();
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  test('keeps each activation from its making to its last reading, and a view in the memory of what it shows', () => {
    const { steps, peakBytes, peakStep } = report.memory;
    expect(steps.map(({ live }) => live)).toEqual([
      ['x', 'a'],
      ['x', 'a', 'relu'],
      ['x', 'relu', 'b'],
      ['x', 'b', 'sum'],
      ['sum'],
      ['sum', 'y'],
    ]);
    expect(steps.map(({ bytes }) => bytes)).toEqual([128, 192, 192, 192, 64, 76]);
    // While the inner layers run, x is only kept for the sum.
    expect(steps.map(({ ownBytes }) => ownBytes)).toEqual([128, 128, 128, 192, 64, 76]);
    expect([peakBytes, peakStep]).toEqual([192, 1]);
  });

  test('a weight that two layers read is stored once, one that was computed is what it was computed from', () => {
    const g = new GraphBuilder('shared');
    const w = g.transpose(ones(g, 'w', 4, 5), { perm: [1, 0] });
    const square = ones(g, 'square', 4, 4);
    const x = g.gemm(g.input('x', 'float32', ['N', 5]), w);
    g.output('y', g.gemm(g.gemm(x, square), square));
    const { layers } = inspectModel(g.build());
    expect(layers.map(({ parameters, weightBytes }) => [parameters, weightBytes])).toEqual([
      [20, 80],
      [16, 64],
      [0, 0],
    ]);
  });
});

describe('an int8 graph', () => {
  test('counts a byte for a code, weights with their scales, and products with bias and Relu as one layer', () => {
    const q = new QdqBuilder();
    const x = q.input('x', ['N', 2, 8]);
    const product = q.g.conv(x, q.weight([4, 2, 3], 0), q.bias([1, 2, 3, 4], [5e-4, 1e-3, 1.5e-3, 2e-3]), {
      pads: [1, 1],
      name: 'conv',
    });
    const y = q.pair(q.g.relu(product), 0.05, -128, 'relu');
    const report = inspectModel(q.build({ y }));
    const [conv, ...others] = report.layers;
    expect(conv).toMatchObject({ name: 'y', operator: 'Conv', parameters: 24 + 4, macs: 4 * 8 * 6, isFloat: false });
    expect(conv!.weightBytes).toBe(24 + 4 * 4 + 4 * 4);
    expect(conv!.activationBytes).toBe(32);
    expect(others.filter(({ operator }) => operator !== 'DequantizeLinear')).toEqual([]);
    expect(report.memory.steps[0]!.bytes).toBe(16 + 32);
    expect(report).toMatchObject({ numbers: 'int8', islands: { macShare: 0 } });
  });

  test('tells which layers compute with float32 numbers, and what share of the work they have', () => {
    const q = new QdqBuilder();
    const x = q.input('x', ['N', 4]);
    const first = q.pair(q.g.gemm(x, q.weight([4, 4], 1), undefined, { name: 'first' }));
    const scale = q.real([4], [1, 1, 1, 1]);
    const norm = q.g.layerNormalization(first, scale, q.real([4], [0, 0, 0, 0]), { name: 'norm' });
    const y = q.pair(norm, 0.02, 0, 'y');
    const report = inspectModel(q.build({ out: y }));
    expect(report.islands).toEqual({ layers: ['out'], macShare: 0 });
    expect(report.layers.find(({ operator }) => operator === 'LayerNormalization')).toMatchObject({
      isFloat: true,
      parameters: 8,
    });
  });

  test('that is none is refused by name', () => {
    const q = new QdqBuilder();
    const model = q.build({ y: q.g.gemm(q.input('x', ['N', 4]), q.weight([4, 4], 1), undefined, { name: 'loose' }) });
    expect(() => inspectModel(model)).toThrow(ExportError);
    expect(() => inspectModel(model)).toThrow(/"loose" \(Gemm\)/);
  });
});
