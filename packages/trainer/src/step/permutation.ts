/** Dimensions of a tensor in another order, as ONNX Transpose has it: axis i of the result is axis `permutation[i]` of what it is made from. */

/**
 * A copy of the data.
 *
 * @param shape of the data as they are.
 */
export function permuted(data: Float32Array, shape: readonly number[], permutation: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const sizes = permutation.map((axis) => shape[axis]!);
  const steps = permutation.map((axis) => strides[axis]!);
  const result = new Float32Array(data.length);
  let written = 0;
  const copy = (axis: number, from: number): void => {
    const [size, step] = [sizes[axis]!, steps[axis]!];
    if (axis < sizes.length - 1) {
      for (let index = 0; index < size; index++) copy(axis + 1, from + index * step);
      return;
    }
    for (let index = 0; index < size; index++) result[written++] = data[from + index * step]!;
  };
  if (data.length > 0) copy(0, 0);
  return result;
}

export function inverseOf(permutation: readonly number[]): number[] {
  return permutation.map((_, axis) => permutation.indexOf(axis));
}
