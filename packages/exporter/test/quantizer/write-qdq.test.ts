/** The int8 graph as a file: what is integer in it, what it computes, and that onnxruntime takes it. */
import { encodeModel, GraphBuilder, inferShapes, type Model, tensor } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { ExportError } from '../../src/export-error.js';
import { quantizeModel } from '../../src/quantizer/quantize-model.js';
import type { QuantizeOptions } from '../../src/quantizer/quantize-options.js';
import { withUnsignedActivations } from '../../src/quantizer/unsigned-activations.js';
import { answers, built, constant, constantOf, convolutional, sqnr, transformer, windowsOf } from './small-networks.js';

const plain: QuantizeOptions = {
  ...{ equalization: 'off', biasCorrection: 'off', sharedScales: 'off' },
  ...{ accuracyBudget: 1, threads: 1 },
};
const windows = windowsOf(40, 48);
const others = windowsOf(80, 48).slice(40);

const makersOf = ({ graph }: Model) => new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node])));

/** The constants behind an input of the node that makes a value. */
function behind(model: Model, value: string, input: number) {
  const makers = makersOf(model);
  const quantize = makers.get(makers.get(value)!.inputs[0]!)!;
  const last = makers.get(quantize.inputs[0]!)!;
  const product = last.operator === 'Relu' ? makers.get(last.inputs[0]!)! : last;
  const dequantized = makers.get(product.inputs[input]!)!;
  expect(dequantized.operator).toBe('DequantizeLinear');
  return dequantized.inputs.map((name) => constantOf(model, name));
}

describe.each([
  ['convolutional', convolutional],
  ['transformer', transformer],
])('the %s network', (_, network) => {
  test('answers in int8 nearly what it answers in float32', async () => {
    const { model } = await quantizeModel(network(), windows, plain);
    const reference = await answers(network(), others);
    const asWritten = await answers(model, others, { asWritten: true });
    expect(sqnr(reference, asWritten)).toBeGreaterThan(26);
    expect(sqnr(asWritten, await answers(model, others))).toBeGreaterThan(35);
  });

  test('answers the same with unsigned activations, to the bit', async () => {
    const { model } = await quantizeModel(network(), windows, plain);
    const unsigned = withUnsignedActivations(model);
    expect(await answers(unsigned, others, { asWritten: true })).toEqual(
      await answers(model, others, { asWritten: true }),
    );
    expect([...inferShapes(unsigned.graph).values()].filter(({ dtype }) => dtype === 'uint8').length).toBeGreaterThan(
      5,
    );
    expect(sqnr(await answers(model, others), await answers(unsigned, others))).toBeGreaterThan(35);
  });

  test('keeps inputs, outputs and names, and is the same twice', async () => {
    const [a, b] = await Promise.all([quantizeModel(network(), windows), quantizeModel(network(), windows)]);
    expect(Buffer.compare(encodeModel(a.model), encodeModel(b.model))).toBe(0);
    const { graph, opset } = a.model;
    expect(opset).toBe(21);
    expect(graph.inputs).toEqual(network().graph.inputs);
    expect(graph.outputs).toEqual(network().graph.outputs);
    const types = inferShapes(graph);
    for (const { value } of a.report.activations) expect(types.get(value)?.dtype).toBe('float32');
  });
});

describe('integers', () => {
  test('of a weight reach from −127 to 127 in every channel, without zero points', async () => {
    const { model } = await quantizeModel(convolutional(), windows, plain);
    const [codes, scales, ...zeroPoints] = behind(model, 'first', 1);
    expect(zeroPoints).toEqual([]);
    expect([codes!.name, codes!.dtype, scales!.shape]).toEqual(['w1', 'int8', [8]]);
    const original = constantOf(convolutional(), 'w1').data as Float32Array;
    for (let channel = 0; channel < 8; channel++) {
      const its = Array.from(codes!.data as Int8Array).slice(10 * channel, 10 * channel + 10);
      expect(Math.max(...its.map(Math.abs))).toBe(127);
      its.forEach((code, i) => {
        const scale = scales!.data[channel] as number;
        expect(Math.abs(scale * code - original[10 * channel + i]!)).toBeLessThanOrEqual(scale / 2 + 1e-6);
      });
    }
  });

  test('of a bias are int32, in units of input scale · weight scale, rounded once', async () => {
    const { model, report } = await quantizeModel(convolutional(), windows, plain);
    const [, weightScales] = behind(model, 'first', 1);
    const [codes, scales] = behind(model, 'first', 2);
    const { scale } = report.activations.find(({ value }) => value === 'x')!;
    expect([codes!.name, codes!.dtype]).toEqual(['b1', 'int32']);
    expect(scales!.data).toEqual((weightScales!.data as Float32Array).map((one) => Math.fround(one * scale)));
    const original = constantOf(convolutional(), 'b1').data as Float32Array;
    original.forEach((real, i) => {
      expect(codes!.data[i]).toBe(Math.round(real / (scales!.data[i] as number)));
    });
  });

  test('stand in place of the weights of a MatMul and of added constants, but not of what is added behind a product', async () => {
    const { model } = await quantizeModel(transformer(), windows, plain);
    for (const name of ['w1', 'w2', 'positions']) expect(constantOf(model, name).dtype).toBe('int8');
    for (const name of ['b1', 'b2', 'gamma', 'beta']) expect(constantOf(model, name).dtype).toBe('float32');
  });

  test('hold the bias of a channel whose weights are all but zero', async () => {
    const model = built('dead', (g) => {
      const x = g.input('x', 'float32', ['N', 4]);
      const weight = g.constant(tensor('w', 'float32', [4, 2], [1, 0, 1, 0, 1, 0, 1, 1e-30]));
      return g.gemm(x, weight, g.constant(tensor('b', 'float32', [2], [0.5, 3])));
    });
    const { model: int8 } = await quantizeModel(model, windowsOf(20, 4), plain);
    const [[, dead]] = [await answers(int8, windowsOf(1, 4), { asWritten: true })].map(([row]) => [...row!]) as [
      number[],
    ];
    expect(dead).toBeCloseTo(3, 1);
  });

  test('of a weight that two layers share stand once', async () => {
    const shared = built('shared', (g) => {
      const weight = constant(g, 'w', [4, 4]);
      return g.gemm(g.relu(g.gemm(g.input('x', 'float32', ['N', 4]), weight), { name: 'hidden' }), weight);
    });
    const { model } = await quantizeModel(shared, windowsOf(20, 4), plain);
    expect(model.graph.initializers.filter(({ dtype, shape }) => dtype === 'int8' && shape.length === 2)).toHaveLength(
      1,
    );
    const given = windowsOf(30, 4).slice(20);
    expect(sqnr(await answers(shared, given), await answers(model, given))).toBeGreaterThan(25);
  });
});

describe('refused are', () => {
  const gemm = (attributes: { alpha?: number; beta?: number }) =>
    built('gemm', (g) =>
      g.gemm(g.input('x', 'float32', ['N', 4]), constant(g, 'w', [4, 2]), constant(g, 'b', [2]), attributes),
    );

  test('a Gemm that does more than x · w + b', async () => {
    await expect(quantizeModel(gemm({ alpha: 2 }), windowsOf(4, 4), plain)).rejects.toThrow(/\(Gemm\): alpha is 2/);
    await expect(quantizeModel(gemm({}), windowsOf(4, 4), plain)).resolves.toBeDefined();
  });

  test('weights that are computed from constants', async () => {
    const g = new GraphBuilder('unprepared');
    const weight = g.transpose(constant(g, 'w', [2, 4]), { perm: [1, 0] });
    g.output('y', g.matMul(g.input('x', 'float32', ['N', 4]), weight));
    await expect(quantizeModel(g.build(), windowsOf(4, 4), plain)).rejects.toThrow('is no float32 initializer');
  });

  test('other operator sets, and a graph that is quantized already', async () => {
    await expect(quantizeModel({ ...gemm({}), opset: 20 }, windowsOf(4, 4))).rejects.toThrow('is of opset 20');
    const { model } = await quantizeModel(gemm({}), windowsOf(4, 4), plain);
    await expect(quantizeModel(model, windowsOf(4, 4))).rejects.toThrow('is quantized already');
  });

  test('no windows, and options that are none', async () => {
    await expect(quantizeModel(gemm({}), [])).rejects.toThrow(ExportError);
    for (const [option, message] of [
      [{ budget: 0.1 }, 'option "budget": is not known'],
      [{ equalization: true }, 'option equalization: is true'],
      [{ accuracyBudget: 2 }, 'option accuracyBudget: is 2'],
      [{ judgedWindows: 0 }, 'option judgedWindows: is 0'],
      [{ threads: 1.5 }, 'option threads: is 1.5'],
    ] as const)
      await expect(quantizeModel(gemm({}), windowsOf(4, 4), option as QuantizeOptions)).rejects.toThrow(message);
  });
});
