/**
 * The rewrites that bring a node of an older operator set to opset 21. Operators that are not in the table kept their
 * meaning for all inputs of the supported subset since opset 7.
 */
import { GraphError } from '../graph-error.js';
import { type Attribute, describeNode, type Node } from '../model.js';
import type { OperatorName } from '../operators/index.js';
import { attributeValue, type UpgradeContext } from './upgrade-context.js';

export interface Rewrite {
  /** Applies to nodes of operator sets before this one. */
  readonly before: number;
  readonly apply: (node: Node, context: UpgradeContext) => Node;
}

const LARGEST_FLOAT = 3.4028234663852886e38;

/** In the order in which they apply. */
export const rewrites: { readonly [K in OperatorName]?: readonly Rewrite[] } = {
  BatchNormalization: [{ before: 14, apply: upgradeBatchNormalization }],
  Clip: [{ before: 11, apply: upgradeClip }],
  LogSoftmax: [{ before: 13, apply: upgradeSoftmax }],
  Pad: [{ before: 11, apply: upgradePad }],
  ReduceL2: [{ before: 18, apply: axesToInput }],
  ReduceMax: [{ before: 18, apply: axesToInput }],
  ReduceMean: [{ before: 18, apply: axesToInput }],
  ReduceMin: [{ before: 18, apply: axesToInput }],
  ReduceSum: [{ before: 13, apply: axesToInput }],
  Slice: [{ before: 10, apply: upgradeSlice }],
  Softmax: [{ before: 13, apply: upgradeSoftmax }],
  Split: [
    { before: 13, apply: splitToInput },
    { before: 18, apply: countSplitOutputs },
  ],
  Squeeze: [{ before: 13, apply: axesToInput }],
  Unsqueeze: [{ before: 13, apply: axesToInput }],
};

/** Attribute `axes` became an input: at 13 for Squeeze, Unsqueeze and ReduceSum, at 18 for the other reductions. */
function axesToInput(node: Node, context: UpgradeContext): Node {
  return intsToInput(node, context, 'axes', 1);
}

/** Attribute `split` became an input at 13. */
function splitToInput(node: Node, context: UpgradeContext): Node {
  return intsToInput(node, context, 'split', 1);
}

/** Since 18 equal pieces must be asked for. */
function countSplitOutputs(node: Node): Node {
  if ((node.inputs[1] ?? '') !== '') return node;
  return withAttributes(node, new Map([['num_outputs', { kind: 'int', value: node.outputs.length }]]));
}

/** Attributes of Slice became inputs at 10. */
function upgradeSlice(node: Node, context: UpgradeContext): Node {
  return ['starts', 'ends', 'axes'].reduce(
    (upgraded, name, index) => intsToInput(upgraded, context, name, index + 1),
    node,
  );
}

/** Before 13 Softmax and LogSoftmax ran over all dimensions from `axis` (1) on: the same thing only where that is the last one. */
function upgradeSoftmax(node: Node, context: UpgradeContext): Node {
  const axis = attributeValue(node, 'axis', 'int') ?? 1;
  const rank = context.type(node.inputs[0] ?? '')?.shape.length;
  if (axis !== -1 && axis + 1 !== rank) {
    throw new GraphError(
      describeNode(node),
      `runs over all dimensions from axis ${axis} on, as before opset 13`,
      'export the model at opset 13 or later',
    );
  }
  return withAttributes(node, new Map([['axis', { kind: 'int', value: -1 }]]));
}

/** Limits of Clip became inputs at 11. */
function upgradeClip(node: Node, context: UpgradeContext): Node {
  const limits = (['min', 'max'] as const).map((name) => {
    const value = attributeValue(node, name, 'float');
    // Exporters write the largest float for "no limit".
    if (value === undefined || Math.abs(value) >= LARGEST_FLOAT) return '';
    return context.addConstant(node, name, floatTypeOf(node, context), [], [value]);
  });
  return { ...withoutAttributes(node, ['min', 'max']), inputs: [node.inputs[0] ?? '', ...limits] };
}

/** Attributes of Pad became inputs at 11. */
function upgradePad(node: Node, context: UpgradeContext): Node {
  const value = attributeValue(node, 'value', 'float') ?? 0;
  const upgraded = withoutAttributes(intsToInput(node, context, 'pads', 1), ['value']);
  if (value === 0) return upgraded;
  const constant = context.addConstant(node, 'constant_value', floatTypeOf(node, context), [], [value]);
  return { ...upgraded, inputs: [...upgraded.inputs, constant] };
}

/** Before 14 extra outputs meant training; before 9 there was an attribute `spatial`. */
function upgradeBatchNormalization(node: Node): Node {
  if (node.outputs.length > 1 || attributeValue(node, 'spatial', 'int') === 0) {
    throw new GraphError(describeNode(node), 'is in a form that opset 14 dropped', 'export the model for inference');
  }
  return withoutAttributes(node, ['spatial']);
}

function floatTypeOf(node: Node, context: UpgradeContext): 'float32' | 'float64' {
  const dtype = context.type(node.inputs[0] ?? '')?.dtype;
  if (dtype === 'float32' || dtype === 'float64') return dtype;
  throw new GraphError(
    describeNode(node),
    dtype ? `cannot be upgraded for ${dtype}` : 'cannot be upgraded: the type of its input is not known',
    'export the model at opset 11 or later',
  );
}

/** Moves a list of integers from an attribute to input `position`. */
function intsToInput(node: Node, context: UpgradeContext, name: string, position: number): Node {
  const values = attributeValue(node, name, 'ints');
  if (!values) return node;
  const inputs = [...node.inputs];
  while (inputs.length < position) inputs.push('');
  inputs[position] = context.addConstant(node, name, 'int64', [values.length], values);
  return { ...withoutAttributes(node, [name]), inputs };
}

function withAttributes(node: Node, attributes: ReadonlyMap<string, Attribute>): Node {
  return { ...node, attributes: new Map([...node.attributes, ...attributes]) };
}

function withoutAttributes(node: Node, names: readonly string[]): Node {
  return { ...node, attributes: new Map([...node.attributes].filter(([name]) => !names.includes(name))) };
}
