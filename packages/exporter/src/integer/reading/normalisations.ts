/** Softmax, LayerNormalization, LpNormalization. */
import type { Node } from '@edgebeat/graph';
import type { NodeReader } from './node-reader.js';
import type { ReadingContext } from './reading-context.js';

export const readSoftmax: NodeReader = (context, node) => {
  checkLastAxis(context, node, context.attributes(node, 'Softmax').axis);
  along(context, node, 'Softmax');
};

export const readLpNormalization: NodeReader = (context, node) => {
  const { axis, p } = context.attributes(node, 'LpNormalization');
  checkLastAxis(context, node, axis);
  if (p !== 2) context.fail(node, `has p = ${p}`, 'the Euclidean norm, p = 2, is supported');
  along(context, node, 'LpNormalization');
};

export const readLayerNormalization: NodeReader = (context, node) => {
  const [x, scale, bias = ''] = node.inputs as [string, string, string?];
  const { axis, epsilon } = context.attributes(node, 'LayerNormalization');
  checkLastAxis(context, node, axis);
  if (node.outputs.length > 1) context.fail(node, 'gives mean or deviation', 'leave these outputs out');
  const input = context.tensor(node, x);
  const [output] = node.outputs as [string];
  const target = context.target(output);
  if (target && (target.clamp.least > -128 || target.clamp.most < 127))
    context.fail(node, 'a Relu or Clip stands behind it', 'quantize before that');
  const parameters = [
    context.real(node, scale),
    bias === '' ? zeroBias(context, node, scale) : context.real(node, bias),
  ];
  const result = target?.tensor ?? context.addReal(output);
  context.addOperation('LayerNormalization', node, [input.name, ...parameters], [result], { epsilon });
};

function zeroBias(context: ReadingContext, node: Node, scale: string): string {
  const shape = context.shapeOf(scale);
  const name = `${node.outputs[0]}/bias`;
  context.tensors.set(name, { name, dtype: 'float32', shape, data: new Float32Array(shape[0]!) });
  return name;
}

function checkLastAxis(context: ReadingContext, node: Node, axis: number): void {
  const { length: rank } = context.shapeOf(node.inputs[0]!);
  if (axis !== -1 && axis !== rank - 1)
    context.fail(node, `goes along axis ${axis} of ${rank}`, 'the last axis is supported: transpose before and behind');
}

function along(context: ReadingContext, node: Node, operator: 'Softmax' | 'LpNormalization'): void {
  const input = context.codes(node, node.inputs[0]!);
  const target = input && context.target(node.outputs[0]!);
  if (!target)
    context.fail(node, 'its input or its output is not quantized', 'quantize both: it has no float32 kernel');
  context.addOperation(operator, node, [input.name], [target.tensor], {});
}
