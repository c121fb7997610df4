/** Means, sums and maxima over dimensions; pooling. */
import type { Node } from '@edgebeat/graph';
import type { NodeReader } from './node-reader.js';
import type { ReadingContext } from './reading-context.js';
import { explicitWindow } from './sliding-windows.js';

export const readReduction =
  (operator: 'ReduceMean' | 'ReduceSum'): NodeReader =>
  (context, node) =>
    reduce(context, node, operator, axesOf(context, node, operator));

export const readGlobalAveragePool: NodeReader = (context, node) => {
  const { length: rank } = context.shapeOf(node.inputs[0]!);
  reduce(
    context,
    node,
    'ReduceMean',
    Array.from({ length: rank - 2 }, (_, index) => index + 2),
  );
};

export const readReduceMax: NodeReader = (context, node) => {
  const source = context.codes(node, node.inputs[0]!);
  if (!source) return context.fail(node, 'its input is not quantized', 'quantize it: it has no float32 kernel');
  const output = context.addCodes(node.outputs[0]!, source.quantization);
  context.addOperation('ReduceMax', node, [source.name], [output], { axes: axesOf(context, node, 'ReduceMax') });
};

function reduce(
  context: ReadingContext,
  node: Node,
  operator: 'ReduceMean' | 'ReduceSum',
  axes: readonly number[],
): void {
  const [output] = node.outputs as [string];
  const source = context.tensor(node, node.inputs[0]!);
  const target = source.dtype === 'int8' ? context.target(output) : undefined;
  if (target && (target.clamp.least > -128 || target.clamp.most < 127))
    context.fail(node, 'a Relu or Clip stands behind it', 'quantize before that');
  if (!target && operator === 'ReduceSum')
    context.fail(node, 'its input or its output is not quantized', 'quantize both: it has no float32 kernel');
  const input = target ? source.name : context.real(node, node.inputs[0]!);
  context.addOperation(operator, node, [input], [target?.tensor ?? context.addReal(output)], { axes });
}

function axesOf(context: ReadingContext, node: Node, operator: 'ReduceMean' | 'ReduceSum' | 'ReduceMax'): number[] {
  const { length: rank } = context.shapeOf(node.inputs[0]!);
  const { noop_with_empty_axes } = context.attributes(node, operator);
  const axes = context.integers(node, 1) ?? [];
  if (axes.length > 0) return axes.map((axis) => (axis < 0 ? axis + rank : axis)).sort((a, b) => a - b);
  if (noop_with_empty_axes) context.fail(node, 'reduces nothing', 'leave it out');
  return Array.from({ length: rank }, (_, axis) => axis);
}

export const readMaxPool: NodeReader = (context, node) => {
  if (node.outputs.length > 1) context.fail(node, 'gives indices', 'leave that output out');
  const source = context.codes(node, node.inputs[0]!);
  if (!source) return context.fail(node, 'its input is not quantized', 'quantize it: it has no float32 kernel');
  const { kernel_shape: kernel } = context.attributes(node, 'MaxPool');
  const window = explicitWindow(context, node, 'MaxPool', kernel);
  const output = context.addCodes(node.outputs[0]!, source.quantization);
  context.addOperation('MaxPool', node, [source.name], [output], { ...window, kernel });
};

export const readAveragePool: NodeReader = (context, node) => {
  const source = context.codes(node, node.inputs[0]!);
  if (!source) return context.fail(node, 'its input is not quantized', 'quantize it: it has no float32 kernel');
  const { kernel_shape: kernel, count_include_pad } = context.attributes(node, 'AveragePool');
  const window = explicitWindow(context, node, 'AveragePool', kernel);
  if (count_include_pad && window.pads.some((pad) => pad > 0))
    context.fail(node, 'counts its padding (count_include_pad)', 'put a Pad before it');
  // In the input's scale; a pair behind it that has another one is read for itself.
  const output = context.addCodes(node.outputs[0]!, source.quantization);
  context.addOperation('AveragePool', node, [source.name], [output], { ...window, kernel });
};
