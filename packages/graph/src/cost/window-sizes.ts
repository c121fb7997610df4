/** Sizes of all values while one window is computed. */
import { inferShapes } from '../inference/infer-shapes.js';
import { type Graph, type TensorType, UNKNOWN_DIMENSION, type ValueInfo } from '../model.js';

/** Element type and sizes of a value. */
export interface SizedType extends TensorType {
  readonly shape: readonly number[];
}

/**
 * The type of every value with every symbolic dimension at 1: that of one window, where the batch is symbolic.
 *
 * @throws GraphError for a graph whose shapes cannot be inferred
 */
export function windowSizes(graph: Graph): ReadonlyMap<string, SizedType> {
  const types = inferShapes({ ...graph, inputs: graph.inputs.map(withUnitBatch) });
  return types as ReadonlyMap<string, TensorType> as ReadonlyMap<string, SizedType>;
}

function withUnitBatch(input: ValueInfo): ValueInfo {
  if (!input.shape) return input;
  // A dimension left open is no batch: shape inference says so.
  const shape = input.shape.map((size) => (typeof size === 'string' && size !== UNKNOWN_DIMENSION ? 1 : size));
  return { ...input, shape };
}
