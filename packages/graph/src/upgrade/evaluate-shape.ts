/** Follows shapes through the nodes that exporters write around them: Shape, Gather, Concat, arithmetic, Where and their like. */
import { inferNode, type KnownValues } from '../inference/infer-node.js';
import type { Node } from '../model.js';
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

type Evaluation = (
  node: Node,
  inputs: readonly (ShapeValue | undefined)[],
  known: KnownShapes,
) => ShapeValue | undefined;

const evaluations: Readonly<Record<string, Evaluation>> = {
  Shape: shapeOf,
  Size: sizeOf,
  ConstantOfShape: constantOfShape,
  Range: range,
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

/** The value of a node's first output, undefined where it is not known while importing. */
export function evaluateShape(node: Node, known: KnownShapes): ShapeValue | undefined {
  const evaluation = node.domain === undefined && Object.hasOwn(evaluations, node.operator);
  if (!evaluation || node.inputs.some((name) => name !== '' && !known.type(name))) return undefined;
  const inputs = node.inputs.map((name) => (name === '' ? undefined : known.shapeValue(name)));
  return evaluations[node.operator]!(node, inputs, known);
}

function shapeOf(node: Node, _inputs: readonly (ShapeValue | undefined)[], known: KnownShapes): ShapeValue | undefined {
  const shape = known.type(node.inputs[0] ?? '')?.shape;
  if (!shape) return undefined;
  const end = attributeValue(node, 'end', 'int');
  const elements = shape.slice(attributeValue(node, 'start', 'int') ?? 0, end ?? shape.length).map(elementOf);
  return { dtype: 'int64', shape: [elements.length], elements };
}

function sizeOf(node: Node, _inputs: readonly (ShapeValue | undefined)[], known: KnownShapes): ShapeValue | undefined {
  const shape = known.type(node.inputs[0] ?? '')?.shape;
  const size = shape?.reduce<Element | undefined>(
    (count, dimension) => count && elementArithmetic.Mul!(count, elementOf(dimension)),
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

function range(_node: Node, inputs: readonly (ShapeValue | undefined)[]): ShapeValue | undefined {
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
function moved(node: Node, [data]: readonly (ShapeValue | undefined)[], known: KnownShapes): ShapeValue | undefined {
  const type = data && inferNode(node, known)[0]!;
  if (!type || (type.dtype !== 'int64' && type.dtype !== 'int32')) return undefined;
  return { dtype: type.dtype, shape: type.shape as number[], elements: data.elements };
}

function gathered(_node: Node, [data, indices]: readonly (ShapeValue | undefined)[]): ShapeValue | undefined {
  if (!data || !indices || !isKnown(indices) || data.shape.length !== 1) return undefined;
  const elements = indices.elements.map((index) => data.elements.at(index));
  return complete(data.dtype, indices.shape, elements);
}

function sliced(node: Node, inputs: readonly (ShapeValue | undefined)[], known: KnownShapes): ShapeValue | undefined {
  const [data, starts, ends, axes, steps] = inputs;
  if (!data || !starts || !ends) return undefined;
  const { shape } = inferNode(node, known)[0]!;
  const from = data.shape.map(() => ({ start: 0, step: 1 }));
  (starts.elements as readonly number[]).forEach((start, index) => {
    const axis = ((axes?.elements[index] as number | undefined) ?? index) as number;
    const at = axis < 0 ? axis + data.shape.length : axis;
    const step = (steps?.elements[index] as number | undefined) ?? 1;
    const size = data.shape[at]!;
    const first = Math.min(Math.max(start < 0 ? start + size : start, 0), step < 0 ? size - 1 : size);
    from[at] = { start: first, step };
  });
  return picked(data, shape as number[], (place) => place.map((at, axis) => from[axis]!.start + at * from[axis]!.step));
}

function transposed(
  node: Node,
  [data]: readonly (ShapeValue | undefined)[],
  known: KnownShapes,
): ShapeValue | undefined {
  if (!data) return undefined;
  const { shape } = inferNode(node, known)[0]!;
  const perm = attributeValue(node, 'perm', 'ints') ?? data.shape.map((_, axis) => data.shape.length - 1 - axis);
  return picked(data, shape as number[], (place) => data.shape.map((_, axis) => place[perm.indexOf(axis)]!));
}

function concatenated(_node: Node, inputs: readonly (ShapeValue | undefined)[]): ShapeValue | undefined {
  const known = inputs.filter((value) => value !== undefined);
  if (known.length !== inputs.length || known.some((value) => value.shape.length !== 1)) return undefined;
  const elements = known.flatMap((value) => value.elements);
  return { dtype: known[0]!.dtype, shape: [elements.length], elements };
}

function combined(node: Node, [a, b]: readonly (ShapeValue | undefined)[], known: KnownShapes): ShapeValue | undefined {
  if (!a || !b) return undefined;
  const { dtype, shape } = inferNode(node, known)[0]!;
  if (elementCount(shape as number[]) > MOST_ELEMENTS) return undefined;
  const [x, y] = [spread(a, shape as number[]), spread(b, shape as number[])];
  const elements = x.map((element, index) => elementArithmetic[node.operator]!(element, y[index]!));
  return complete(dtype as ShapeValue['dtype'], shape as number[], elements);
}

function chosen(node: Node, inputs: readonly (ShapeValue | undefined)[], known: KnownShapes): ShapeValue | undefined {
  const [condition, a, b] = inputs;
  if (!condition || !a || !b) return undefined;
  const shape = inferNode(node, known)[0]!.shape as number[];
  if (elementCount(shape) > MOST_ELEMENTS) return undefined;
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
