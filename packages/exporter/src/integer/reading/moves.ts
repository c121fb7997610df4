/** What only moves elements about: codes stay codes, real numbers real numbers. */
import type { Node } from '@edgebeat/graph';
import type { CodeTensor } from '../integer-graph.js';
import type { OperationAttributes } from '../operations.js';
import type { NodeReader } from './node-reader.js';
import type { ReadingContext } from './reading-context.js';

type Move = 'Reshape' | 'Transpose' | 'Slice' | 'Gather' | 'Pad' | 'Expand';

function move<K extends Move>(
  context: ReadingContext,
  node: Node,
  operator: K,
  attributes: OperationAttributes[K],
  output = node.outputs[0]!,
): void {
  const source = context.tensor(node, node.inputs[0]!);
  if (source.dtype === 'int32') context.fail(node, 'moves a bias', 'fold constants first');
  const target = source.dtype === 'int8' ? context.addCodes(output, source.quantization) : context.addReal(output);
  context.addOperation(operator, node, [source.name], [target], attributes);
}

/** Reshape, Flatten, Squeeze, Unsqueeze: the output's shape says all. */
export const readReshape: NodeReader = (context, node) => move(context, node, 'Reshape', {});

export const readIdentity: NodeReader = (context, node) => {
  const [input] = node.inputs as [string];
  const [output] = node.outputs as [string];
  // A name of its own is wanted for outputs alone.
  if (context.index.onlyReader(output)) context.alias(context.tensor(node, input).name, output);
  else move(context, node, 'Reshape', {});
};

export const readTranspose: NodeReader = (context, node) => {
  const { length: rank } = context.shapeOf(node.inputs[0]!);
  const { perm = Array.from({ length: rank }, (_, axis) => rank - 1 - axis) } = context.attributes(node, 'Transpose');
  move(context, node, 'Transpose', { perm });
};

export const readSlice: NodeReader = (context, node) => {
  const shape = context.shapeOf(node.inputs[0]!);
  const given = context.integers(node, 1)!;
  const axes = (context.integers(node, 3) ?? given.map((_, axis) => axis)).map((axis) =>
    axis < 0 ? axis + shape.length : axis,
  );
  const stepsGiven = context.integers(node, 4) ?? given.map(() => 1);
  const starts = shape.map(() => 0);
  const steps = shape.map(() => 1);
  for (const [index, axis] of axes.entries()) {
    const [size, start, step] = [shape[axis]!, given[index]!, stepsGiven[index]!];
    const fromBegin = start < 0 ? start + size : start;
    starts[axis] = Math.min(Math.max(fromBegin, 0), step > 0 ? size : size - 1);
    steps[axis] = step;
  }
  move(context, node, 'Slice', { starts, steps });
};

/** Each piece is a slice. */
export const readSplit: NodeReader = (context, node) => {
  const { length: rank } = context.shapeOf(node.inputs[0]!);
  const { axis: given } = context.attributes(node, 'Split');
  const axis = given < 0 ? given + rank : given;
  let start = 0;
  for (const output of node.outputs) {
    const size = context.shapeOf(output)[axis]!;
    const zeros = Array<number>(rank).fill(0);
    move(
      context,
      { ...node, name: output },
      'Slice',
      { starts: zeros.with(axis, start), steps: zeros.map(() => 1) },
      output,
    );
    start += size;
  }
};

export const readGather: NodeReader = (context, node) => {
  const shape = context.shapeOf(node.inputs[0]!);
  const { axis: given } = context.attributes(node, 'Gather');
  const axis = given < 0 ? given + shape.length : given;
  const indices = context.integers(node, 1)!.map((index) => (index < 0 ? index + shape[axis]! : index));
  move(context, node, 'Gather', { axis, indices });
};

export const readPad: NodeReader = (context, node) => {
  const { length: rank } = context.shapeOf(node.inputs[0]!);
  const { mode } = context.attributes(node, 'Pad');
  const value = node.inputs[2] ? context.index.realConstant(node.inputs[2])?.data[0] : 0;
  if (mode !== 'constant' || value !== 0) context.fail(node, 'pads with something else than zeros', 'pad with zeros');
  const given = context.integers(node, 1)!;
  const axes = context.integers(node, 3) ?? Array.from({ length: rank }, (_, axis) => axis);
  const pads = Array<number>(2 * rank).fill(0);
  for (const [index, axis] of axes.entries()) {
    const at = axis < 0 ? axis + rank : axis;
    pads[at] = given[index]!;
    pads[at + rank] = given[index + axes.length]!;
  }
  if (pads.some((pad) => pad < 0)) context.fail(node, 'cuts elements off', 'use Slice');
  move(context, node, 'Pad', { pads });
};

export const readExpand: NodeReader = (context, node) => move(context, node, 'Expand', {});

/** Inputs of one scale, or a pair behind it that says the common one. */
export const readConcat: NodeReader = (context, node) => {
  const [output] = node.outputs as [string];
  const { length: rank } = context.shapeOf(output);
  const { axis: given } = context.attributes(node, 'Concat');
  const attributes = { axis: given < 0 ? given + rank : given };
  const codes = node.inputs.map((value) => context.codes(node, value));
  const target = codes.every((one) => one !== undefined) ? context.target(output) : undefined;
  if (target) {
    if (target.clamp.least > -128 || target.clamp.most < 127)
      context.fail(node, 'a Relu or Clip stands behind it', 'quantize before that');
    const names = (codes as CodeTensor[]).map(({ name }) => name);
    context.addOperation('Concat', node, names, [target.tensor], attributes);
    return;
  }
  const names = node.inputs.map((value) => context.real(node, value));
  context.addOperation('Concat', node, names, [context.addReal(output)], attributes);
};
