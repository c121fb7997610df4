/** Conv, Gemm and MatMul: int8 products with int32 biases. */
import type { Node } from '@edgebeat/graph';
import type { BiasTensor, CodeTensor, Quantization } from '../integer-graph.js';
import { roundHalfAwayFromZero } from '../quantize.js';
import type { NodeReader } from './node-reader.js';
import type { ReadingContext, Target } from './reading-context.js';
import { explicitWindow } from './sliding-windows.js';

export const readConv: NodeReader = (context, node) => {
  const [x, w, b = ''] = node.inputs as [string, string, string?];
  const { group } = context.attributes(node, 'Conv');
  const input = activation(context, node, x);
  const weight = perChannel(context, node, constantCodes(context, node, w), 0);
  const kernel = weight.shape.slice(2);
  const window = explicitWindow(context, node, 'Conv', kernel);
  finish(context, node, node.outputs[0]!, ({ tensor, clamp }) => {
    const bias = biasOf(context, node, b, input, weight);
    context.addOperation('Conv', node, [input.name, weight.name, bias], [tensor], { ...window, group, clamp });
  });
};

export const readGemm: NodeReader = (context, node) => {
  const [a, b, c = ''] = node.inputs as [string, string, string?];
  const { alpha, beta, transA, transB } = context.attributes(node, 'Gemm');
  if (transA || alpha !== 1 || beta !== 1)
    context.fail(node, 'has transA, alpha or beta', 'fold them into its constants first');
  if (!context.index.isConstant(b)) context.fail(node, `weight "${b}" is an activation`, 'use MatMul');
  fullyConnected(context, node, { x: a, weight: b, bias: c, isTransposed: transB, output: node.outputs[0]! });
};

export const readMatMul: NodeReader = (context, node) => {
  const [a, b] = node.inputs as [string, string];
  const [output] = node.outputs as [string];
  if (context.index.isConstant(b) && context.shapeOf(b).length === 2) {
    const bias = biasBehind(context, output);
    if (bias) context.markDone(bias.node);
    fullyConnected(context, node, {
      ...{ x: a, weight: b, isTransposed: false },
      ...(bias ? { bias: bias.value, output: bias.node.outputs[0]! } : { bias: '', output }),
    });
    return;
  }
  const [left, right] = [a, b].map((value) => activation(context, node, value)) as [CodeTensor, CodeTensor];
  const outer = ({ shape }: CodeTensor) => shape.slice(0, -2);
  if (left.shape.length !== right.shape.length || outer(left).join() !== outer(right).join()) {
    const shapes = [left, right].map(({ shape }) => `[${shape.join(', ')}]`).join(' and ');
    context.fail(node, `multiplies ${shapes}`, 'leading dimensions must be equal');
  }
  finish(context, node, output, ({ tensor, clamp }) =>
    context.addOperation('MatMul', node, [left.name, right.name], [tensor], { clamp }),
  );
};

interface FullyConnected {
  readonly x: string;
  readonly weight: string;
  /** Empty where there is none. */
  readonly bias: string;
  /** Whether the weight is [O, I] already. */
  readonly isTransposed: boolean;
  readonly output: string;
}

function fullyConnected(
  context: ReadingContext,
  node: Node,
  { x, weight, bias, isTransposed, output }: FullyConnected,
) {
  const input = activation(context, node, x);
  const stored = constantCodes(context, node, weight);
  const channels = perChannel(context, node, isTransposed ? stored : transposed(context, stored), 0);
  finish(context, node, output, ({ tensor, clamp }) => {
    const name = biasOf(context, node, bias, input, channels);
    context.addOperation('Gemm', node, [input.name, channels.name, name], [tensor], { clamp });
  });
}

/** The Add of a constant row behind a product, if nothing else reads the product. */
function biasBehind(context: ReadingContext, product: string): { node: Node; value: string } | undefined {
  const node = context.index.onlyReader(product);
  if (node?.operator !== 'Add') return undefined;
  const value = node.inputs[0] === product ? node.inputs[1]! : node.inputs[0]!;
  const shape = context.index.isConstant(value) ? context.shapeOf(value) : undefined;
  const isRow = shape?.slice(0, -1).every((size) => size === 1) && shape.at(-1) === context.shapeOf(product).at(-1);
  return isRow && shape!.length <= context.shapeOf(product).length ? { node, value } : undefined;
}

/** Codes that are computed or constant. */
function activation(context: ReadingContext, node: Node, value: string): CodeTensor {
  const codes = context.codes(node, value);
  if (!codes) context.fail(node, `reads real numbers "${value}"`, 'quantize what goes into products');
  if (codes.quantization.scales.length > 1)
    context.fail(node, `"${value}" has a scale for each channel`, 'activations have one scale');
  return codes;
}

function constantCodes(context: ReadingContext, node: Node, value: string): CodeTensor & { data: Int8Array } {
  const tensor = context.tensor(node, value);
  if (tensor.dtype !== 'int8' || !tensor.data)
    context.fail(node, `weight "${value}" has no int8 constant`, 'quantize it: run edgebeat export on the float model');
  if (tensor.quantization.zeroPoint !== 0)
    context.fail(node, `weight "${value}" has zero point ${tensor.quantization.zeroPoint}`, 'weights are symmetric');
  return { ...tensor, data: tensor.data };
}

/** Spreads one scale over all output channels. */
function perChannel(
  context: ReadingContext,
  node: Node,
  weight: CodeTensor & { data: Int8Array },
  axis: number,
): CodeTensor & { data: Int8Array } {
  const { scales, axis: given } = weight.quantization;
  const count = weight.shape[axis]!;
  if (scales.length === count && (given === axis || count === 1)) return weight;
  if (scales.length !== 1)
    context.fail(node, `weight "${weight.name}" has scales along dimension ${given}`, 'scale output channels');
  const quantization: Quantization = { scales: new Float32Array(count).fill(scales[0]!), zeroPoint: 0, axis };
  const spread = { ...weight, quantization };
  context.tensors.set(weight.name, spread);
  return spread;
}

/** [I, O] to [O, I]; the tensor keeps its name. */
function transposed(context: ReadingContext, weight: CodeTensor & { data: Int8Array }) {
  const name = `${weight.name}/transposed`;
  const known = context.tensors.get(name);
  if (known) return known as CodeTensor & { data: Int8Array };
  const [rows, columns] = weight.shape as [number, number];
  const data = new Int8Array(weight.data.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) data[column * rows + row] = weight.data[row * columns + column]!;
  }
  const { scales, axis } = weight.quantization;
  const quantization = { ...weight.quantization, ...(axis !== undefined && { axis: 1 - axis }), scales };
  const turned = { ...weight, name, shape: [columns, rows], data, quantization };
  context.tensors.set(name, turned);
  return turned;
}

/** The bias as int32 in units of input scale · weight scale; zeros where there is none. */
function biasOf(context: ReadingContext, node: Node, value: string, input: CodeTensor, weight: CodeTensor): string {
  const count = weight.shape[0]!;
  const scales = weight.quantization.scales.map((scale) => input.quantization.scales[0]! * scale);
  const name = `${weight.name}/bias`;
  const known = context.tensors.get(name);
  const data = value === '' ? new Int32Array(count) : biasCodes(context, node, value, scales);
  if (data.length !== count) context.fail(node, `has ${data.length} biases for ${count} channels`, 'give one for each');
  const quantization: Quantization = count === 1 ? { scales, zeroPoint: 0 } : { scales, zeroPoint: 0, axis: 0 };
  const bias: BiasTensor = {
    name: known ? `${name}/${node.outputs[0]}` : name,
    dtype: 'int32',
    shape: [count],
    quantization,
    data,
  };
  context.tensors.set(bias.name, bias);
  return bias.name;
}

function biasCodes(context: ReadingContext, node: Node, value: string, scales: Float32Array): Int32Array {
  const quantized = context.index.quantizedConstant(value);
  const real = context.index.realConstant(value);
  if (quantized?.initializer.dtype === 'int32') {
    const codes = quantized.initializer.data as Int32Array;
    const { scales: given } = quantized.quantization;
    if (given.length === scales.length && given.every((scale, index) => scale === scales[index])) return codes;
    return Int32Array.from(codes, (code, index) =>
      inUnits(code * given[given.length > 1 ? index : 0]!, scales[index]!),
    );
  }
  if (!real) context.fail(node, `bias "${value}" is no constant of int32 or float32`, 'fold constants first');
  return Int32Array.from(real.data as Float32Array, (number, index) => inUnits(number, scales[index]!));
}

const MOST_BIAS = 2 ** 31 - 1;

function inUnits(real: number, scale: number): number {
  return Math.min(MOST_BIAS, Math.max(-MOST_BIAS, roundHalfAwayFromZero(real / scale)));
}

function finish(context: ReadingContext, node: Node, output: string, add: (target: Target) => void): void {
  const target = context.target(output);
  if (!target) {
    context.fail(
      node,
      `its output "${output}" is not quantized, or read before it is`,
      'put QuantizeLinear and DequantizeLinear behind every product',
    );
  }
  add(target);
}
