/** Follows shapes through the nodes that exporters write around them: Shape, Gather, Concat, arithmetic, Where and their like. */

import type { DataType } from '../data-type.js';
import { inferNode, type KnownValues } from '../inference/infer-node.js';
import type { Node, Shape } from '../model.js';
import { elementCount, integersOf, type Tensor } from '../tensor.js';
import { type Element, elementArithmetic, elementOf, isKnown, MOST_ELEMENTS, type ShapeValue } from './shape-value.js';
import { attributeValue } from './upgrade-context.js';

/** What is known of the values before a node, those that are shapes included. */
export interface KnownShapes extends KnownValues {
  /** The elements of a small integer tensor, constant or not. */
  shapeValue(name: string): ShapeValue | undefined;
}

/** The value of a small integer or bool constant. */
export function shapeValueOf(constant: Tensor): ShapeValue | undefined {
  const { dtype, shape, data } = constant;
  if (data.length > MOST_ELEMENTS) return undefined;
  if (dtype === 'bool') return { dtype, shape, elements: Array.from(data as Uint8Array) };
  if (dtype !== 'int64' && dtype !== 'int32') return undefined;
  return { dtype, shape, elements: integersOf(constant) };
}

/** One evaluation: a node that its operator's rule allows, what is known of its inputs, and the type of its output. */
type Evaluation = (node: Node, inputs: readonly (ShapeValue | undefined)[], type: OutputType) => ShapeValue | undefined;

/** Type of an output that follows from static shapes alone. */
interface OutputType {
  readonly dtype: DataType;
  readonly shape: readonly number[];
}

/** By operators of the supported subset, all of which have a value first. */
const evaluations: Readonly<Record<string, Evaluation>> = {
  Identity: moved,
  Squeeze: moved,
  Unsqueeze: moved,
  Reshape: moved,
  Flatten: moved,
  Cast: moved,
  Gather: gathered,
  Slice: sliced,
  Transpose: transposed,
  Concat: concatenated,
  Add: combined,
  Sub: combined,
  Mul: combined,
  Div: combined,
  Equal: combined,
  Where: chosen,
};

/**
 * The value of a node's first output, undefined where it is not known while importing.
 *
 * @throws GraphError for a node that its operator's rule refuses
 */
export function evaluateShape(node: Node, known: KnownShapes): ShapeValue | undefined {
  if (node.domain !== undefined || node.inputs.some((name) => name !== '' && !known.type(name))) return undefined;
  const data = known.type(node.inputs[0] ?? '');
  if (node.operator === 'Shape') return data && shapeOf(node, data.shape);
  if (node.operator === 'Size') return data && sizeOf(data.shape);
  const inputs = node.inputs.map((name) => (name === '' ? undefined : known.shapeValue(name)));
  if (node.operator === 'ConstantOfShape') return constantOfShape(node, inputs);
  if (node.operator === 'Range') return range(inputs);
  if (inputs[0] === undefined || !Object.hasOwn(evaluations, node.operator)) return undefined;
  const [type] = inferNode(node, known);
  const shape = type!.shape.filter((size) => typeof size === 'number');
  if (shape.length !== type!.shape.length || elementCount(shape) > MOST_ELEMENTS) return undefined;
  return evaluations[node.operator]!(node, inputs, { dtype: type!.dtype, shape });
}

function shapeOf(node: Node, shape: Shape): ShapeValue {
  const end = attributeValue(node, 'end', 'int');
  const elements = shape.slice(attributeValue(node, 'start', 'int') ?? 0, end ?? shape.length).map(elementOf);
  return { dtype: 'int64', shape: [elements.length], elements };
}

function sizeOf(shape: Shape): ShapeValue | undefined {
  const size = shape.reduce<Element | undefined>(
    (count, dimension) => (count === undefined ? undefined : elementArithmetic.Mul!(count, elementOf(dimension))),
    1,
  );
  return size === undefined ? undefined : { dtype: 'int64', shape: [], elements: [size] };
}

function constantOfShape(node: Node, [wanted]: readonly (ShapeValue | undefined)[]): ShapeValue | undefined {
  if (!wanted || !isKnown(wanted) || wanted.elements.some((size) => size < 0)) return undefined;
  const value = attributeValue(node, 'value', 'tensor');
  const filled = value && shapeValueOf(value);
  const count = elementCount(wanted.elements);
  // Without a value it is a float32 zero, which is no shape.
  if (filled?.elements.length !== 1 || count > MOST_ELEMENTS) return undefined;
  return { ...filled, shape: wanted.elements, elements: Array<Element>(count).fill(filled.elements[0]!) };
}

function range(inputs: readonly (ShapeValue | undefined)[]): ShapeValue | undefined {
  const [start, limit, delta] = inputs.map((value) => (value && isKnown(value) ? value.elements[0] : undefined));
  if (start === undefined || limit === undefined || !delta) return undefined;
  const count = Math.max(0, Math.ceil((limit - start) / delta));
  if (count > MOST_ELEMENTS) return undefined;
  return {
    dtype: inputs[0]!.dtype,
    shape: [count],
    elements: Array.from({ length: count }, (_, i) => start + i * delta),
  };
}

/** The same elements, in the shape and of the type that the operator's own rule gives. */
function moved(
  _node: Node,
  [data]: readonly (ShapeValue | undefined)[],
  { dtype, shape }: OutputType,
): ShapeValue | undefined {
  return data && (dtype === 'int64' || dtype === 'int32') ? { dtype, shape, elements: data.elements } : undefined;
}

function gathered(_node: Node, [data, indices]: readonly (ShapeValue | undefined)[]): ShapeValue | undefined {
  if (!data || !indices || !isKnown(indices) || data.shape.length !== 1) return undefined;
  const elements = indices.elements.map((index) => data.elements.at(index));
  return complete(data.dtype, indices.shape, elements);
}

function sliced(
  _node: Node,
  inputs: readonly (ShapeValue | undefined)[],
  { shape }: OutputType,
): ShapeValue | undefined {
  const [data, starts, ends, axes, steps] = inputs;
  if (!data || !starts || !ends) return undefined;
  const from = data.shape.map(() => ({ start: 0, step: 1 }));
  (starts.elements as readonly number[]).forEach((start, index) => {
    const axis = ((axes?.elements[index] as number | undefined) ?? index) as number;
    const at = axis < 0 ? axis + data.shape.length : axis;
    const step = (steps?.elements[index] as number | undefined) ?? 1;
    const size = data.shape[at]!;
    const first = Math.min(Math.max(start < 0 ? start + size : start, 0), step < 0 ? size - 1 : size);
    from[at] = { start: first, step };
  });
  return picked(data, shape, (place) => place.map((at, axis) => from[axis]!.start + at * from[axis]!.step));
}

function transposed(
  node: Node,
  [data]: readonly (ShapeValue | undefined)[],
  { shape }: OutputType,
): ShapeValue | undefined {
  if (!data) return undefined;
  const perm = attributeValue(node, 'perm', 'ints') ?? data.shape.map((_, axis) => data.shape.length - 1 - axis);
  return picked(data, shape, (place) => data.shape.map((_, axis) => place[perm.indexOf(axis)]!));
}

function concatenated(_node: Node, inputs: readonly (ShapeValue | undefined)[]): ShapeValue | undefined {
  const known = inputs.filter((value) => value !== undefined);
  if (known.length !== inputs.length || known.some((value) => value.shape.length !== 1)) return undefined;
  const elements = known.flatMap((value) => value.elements);
  return { dtype: known[0]!.dtype, shape: [elements.length], elements };
}

function combined(
  node: Node,
  [a, b]: readonly (ShapeValue | undefined)[],
  { dtype, shape }: OutputType,
): ShapeValue | undefined {
  if (!a || !b) return undefined;
  const [x, y] = [spread(a, shape), spread(b, shape)];
  const elements = x.map((element, index) => elementArithmetic[node.operator]!(element, y[index]!));
  return complete(dtype as ShapeValue['dtype'], shape, elements);
}

function chosen(
  _node: Node,
  inputs: readonly (ShapeValue | undefined)[],
  { shape }: OutputType,
): ShapeValue | undefined {
  const [condition, a, b] = inputs;
  if (!condition || !a || !b) return undefined;
  const [holds, x, y] = [spread(condition, shape), spread(a, shape), spread(b, shape)];
  return complete(
    a.dtype,
    shape,
    holds.map((truth, index) => (truth === 1 ? x[index] : y[index])),
  );
}

function complete(
  dtype: ShapeValue['dtype'],
  shape: readonly number[],
  elements: readonly (Element | undefined)[],
): ShapeValue | undefined {
  const known = elements.filter((element) => element !== undefined);
  return known.length === elements.length && known.length <= MOST_ELEMENTS
    ? { dtype, shape, elements: known }
    : undefined;
}

/** The elements of a value broadcast to a shape. */
function spread(value: ShapeValue, shape: readonly number[]): readonly Element[] {
  const missing = shape.length - value.shape.length;
  return picked(value, shape, (place) => value.shape.map((size, axis) => (size === 1 ? 0 : place[axis + missing]!)))
    .elements;
}

/** A value of `shape` whose element at each place is that of `value` at `from(place)`. */
function picked(
  value: ShapeValue,
  shape: readonly number[],
  from: (place: readonly number[]) => readonly number[],
): ShapeValue {
  const elements = Array.from({ length: elementCount(shape) }, (_, index) => {
    const place: number[] = [];
    let rest = index;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place[axis] = rest % shape[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    const at = from(place).reduce((offset, position, axis) => offset * value.shape[axis]! + position, 0);
    return value.elements[at]!;
  });
  return { dtype: value.dtype, shape, elements };
}
