/** Tensors with data: initializers of a graph and tensor attributes. */
import { arrayOf, type DataType, type TensorData } from './data-type.js';
import { GraphError } from './graph-error.js';
import type { Annotated } from './model.js';

/** A constant tensor of element type `D`, elements in row-major order. */
export interface TensorOf<D extends DataType> extends Annotated {
  readonly name: string;
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly data: TensorData<D>;
}

/** A constant tensor; `dtype` tells which typed array `data` is. */
export type Tensor = { [D in DataType]: TensorOf<D> }[DataType];

/** Number of elements of a static shape; 1 for a scalar. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((count, size) => count * size, 1);
}

/**
 * Makes a constant tensor. Plain numbers are converted to the element type; integers must be whole and in range,
 * `float16` and `bfloat16` want their bit patterns.
 *
 * @param data elements in row-major order: the typed array of `dtype` (kept, not copied) or plain numbers
 * @throws GraphError where the number of elements is not that of the shape, or a number does not fit the type
 */
export function tensor<D extends DataType>(
  name: string,
  dtype: D,
  shape: readonly number[],
  data: TensorData<D> | readonly number[],
): Extract<Tensor, { dtype: D }> {
  const where = `tensor "${name}"`;
  for (const size of shape) {
    if (!Number.isSafeInteger(size) || size < 0) {
      throw new GraphError(where, `dimension ${size} is not a size`, 'dimensions are whole numbers from 0 on');
    }
  }
  if (data.length !== elementCount(shape)) {
    throw new GraphError(
      where,
      `shape [${shape.join(', ')}] wants ${elementCount(shape)} elements, the data has ${data.length}`,
      'give as many elements as the shape has',
    );
  }
  const elements = Array.isArray(data) ? convert(where, dtype, data) : data;
  return { name, dtype, shape: [...shape], data: elements } as unknown as Extract<Tensor, { dtype: D }>;
}

function convert<D extends DataType>(where: string, dtype: D, values: readonly number[]): TensorData<D> {
  const result = new (arrayOf(dtype))(values.length);
  const isFloat = dtype === 'float32' || dtype === 'float64';
  const isLong = dtype === 'int64' || dtype === 'uint64';
  values.forEach((value, index) => {
    const element = isLong && Number.isSafeInteger(value) ? BigInt(value) : value;
    const storable = isFloat || (Number.isSafeInteger(value) && (dtype !== 'bool' || value === 0 || value === 1));
    if (storable) result[index] = element as never;
    if (!storable || (!isFloat && result[index] !== element)) {
      throw new GraphError(
        where,
        `element ${index} is ${value}, which ${dtype} cannot hold`,
        `give values of ${dtype}`,
      );
    }
  });
  return result;
}

/**
 * The elements of an integer tensor as numbers; beyond ±2^53 they are rounded (files write the largest int64 for "to the
 * end", which stays true of the rounded number).
 *
 * @throws GraphError for a tensor that is not of an integer type
 */
export function integersOf(constant: Tensor): number[] {
  const { name, dtype } = constant;
  if (dtype === 'float32' || dtype === 'float64' || dtype === 'float16' || dtype === 'bfloat16' || dtype === 'bool') {
    throw new GraphError(`tensor "${name}"`, `holds ${dtype}, integers are wanted`, 'store it as int64');
  }
  return Array.from(constant.data as ArrayLike<number | bigint>, Number);
}
