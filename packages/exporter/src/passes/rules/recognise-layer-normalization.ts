/**
 * LayerNormalization written out, as exporters before opset 17 do: ReduceMean, Sub, square (Pow or Mul), ReduceMean, Add ε, Sqrt, Div,
 * and Mul and Add where it has weights.
 */
import { elementCount, integersOf, type Node, type Tensor, type TensorOf } from '@edgebeat/graph';
import type { GraphView } from '../graph-view.js';
import { attributesIf, float, floats, int, node as makeNode, nameOf } from '../nodes.js';
import type { Rule } from '../rule.js';

/** Larger vectors of ones are not made up. */
const MOST_ELEMENTS = 2 ** 20;

interface Normalised {
  readonly x: string;
  /** First of the dimensions that are normalised together. */
  readonly axis: number;
  readonly epsilon: number;
}

export const recogniseLayerNormalization: Rule = {
  name: 'recognise-layer-normalization',
  match(node, view) {
    const found = normalised(node, view);
    const sizes = found && view.shape(found.x)!.slice(found.axis);
    if (!found || !sizes?.every((size) => typeof size === 'number') || elementCount(sizes) > MOST_ELEMENTS)
      return undefined;
    const multiplication = view.onlyReader(node.outputs[0], 'Mul');
    const scale = multiplication && vector(multiplication, sizes, view);
    const scaled = scale ? multiplication : node;
    const addition = view.onlyReader(scaled.outputs[0], 'Add');
    const bias = addition && vector(addition, sizes, view);
    const last = bias ? addition : scaled;
    const initializers: Tensor[] = [];
    const given = (what: string, constant: TensorOf<'float32'> | undefined, otherwise: number) => {
      const name = view.freeName(`${nameOf(node)}/${what}`);
      initializers.push(floats(name, sizes, constant?.data ?? new Float32Array(elementCount(sizes)).fill(otherwise)));
      return name;
    };
    const inputs = [found.x, given('scale', scale, 1), ...(bias ? [given('bias', bias, 0)] : [])];
    const attributes = { axis: int(found.axis - view.shape(found.x)!.length), epsilon: float(found.epsilon) };
    return {
      remove: [...new Set([node, scaled, last])],
      add: [makeNode('LayerNormalization', nameOf(node), inputs, last.outputs[0]!, attributes)],
      initializers,
    };
  },
};

/** The constant operand that has one number for each normalised element. */
function vector(node: Node, sizes: readonly number[], view: GraphView): TensorOf<'float32'> | undefined {
  const constant = view.operands(node)?.constant;
  const shape = constant?.shape ?? [];
  const inner = shape.slice(Math.max(0, shape.length - sizes.length));
  return constant && inner.join() === sizes.join() && elementCount(shape) === elementCount(sizes)
    ? constant
    : undefined;
}

/** (x − mean) / √(variance + ε), or the same times an inverse. */
function normalised(node: Node, view: GraphView): Normalised | undefined {
  if (node.domain !== undefined) return undefined;
  const [a, b] = node.inputs;
  if (node.operator === 'Div') return ratio(a, b, view);
  if (node.operator !== 'Mul') return undefined;
  return ratio(a, inverted(b, view), view) ?? ratio(b, inverted(a, view), view);
}

/** What a value is the inverse of. */
function inverted(name: string | undefined, view: GraphView): string | undefined {
  const reciprocal = view.maker(name, 'Reciprocal', 'Div');
  if (reciprocal?.operator !== 'Div') return reciprocal?.inputs[0];
  return view.scalar(reciprocal.inputs[0]) === 1 ? reciprocal.inputs[1] : undefined;
}

function ratio(difference: string | undefined, deviation: string | undefined, view: GraphView): Normalised | undefined {
  const centred = centredValue(difference, view);
  const variance = underRoot(deviation, view);
  const sum = variance === undefined ? undefined : view.maker(variance, 'Add');
  const epsilon = sum && view.operands(sum);
  const mean = epsilon && meanOf(epsilon.value, view);
  if (!centred || !mean || mean.axis !== centred.axis || epsilon.constant.data.length !== 1) return undefined;
  const squared = squareOf(mean.x, view);
  const again = squared === undefined ? undefined : centredValue(squared, view);
  if (again?.x !== centred.x || again.axis !== centred.axis) return undefined;
  return { ...centred, epsilon: epsilon.constant.data[0]! };
}

function underRoot(name: string | undefined, view: GraphView): string | undefined {
  const node = view.maker(name, 'Sqrt', 'Pow');
  if (node?.operator === 'Pow') return view.scalar(node.inputs[1]) === 0.5 ? node.inputs[0] : undefined;
  return node?.inputs[0];
}

/** x and its axis where a value is x minus its own mean. */
function centredValue(name: string | undefined, view: GraphView): { x: string; axis: number } | undefined {
  const node = view.maker(name, 'Sub');
  const mean = node && meanOf(node.inputs[1], view);
  return mean && mean.x === node.inputs[0] ? mean : undefined;
}

/** What a value is the mean of, over all dimensions from `axis` on, which are kept. */
function meanOf(name: string | undefined, view: GraphView): { x: string; axis: number } | undefined {
  const node = view.maker(name, 'ReduceMean');
  const attributes = attributesIf(node, 'ReduceMean');
  const stated = view.constant(node?.inputs[1]);
  const rank = view.shape(node?.inputs[0])?.length;
  if (!node || !attributes?.keepdims || !stated || rank === undefined) return undefined;
  const axes = integersOf(stated).map((axis) => (axis < 0 ? axis + rank : axis));
  const axis = Math.min(...axes);
  const reachesTheEnd = axes.length > 0 && axes.length === rank - axis;
  return reachesTheEnd ? { x: node.inputs[0]!, axis } : undefined;
}

function squareOf(name: string, view: GraphView): string | undefined {
  const node = view.maker(name, 'Pow', 'Mul');
  const [a, b] = node?.inputs ?? [];
  if (node?.operator === 'Mul') return a === b ? a : undefined;
  return node && squaring(b, view) ? a : undefined;
}

/** Exponents may be of any type. */
function squaring(name: string | undefined, view: GraphView): boolean {
  const constant = view.constant(name);
  return constant?.data.length === 1 && Number(constant.data[0]) === 2;
}
