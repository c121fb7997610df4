/** Which element goes where: maps of indices between row-major tensors, made once and used at every run. */

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Distance in memory between neighbours along each dimension. */
export function strides(shape: readonly number[]): number[] {
  const result = new Array<number>(shape.length);
  let stride = 1;
  for (let d = shape.length - 1; d >= 0; d--) {
    result[d] = stride;
    stride *= shape[d]!;
  }
  return result;
}

/**
 * For each position of `shape`, in row-major order, offset + Σ position[d] · steps[d].
 *
 * @param steps one for each dimension; 0 where the position does not matter
 */
export function affineIndices(shape: readonly number[], steps: readonly number[], offset = 0): Int32Array {
  let indices = Int32Array.of(offset);
  for (const [d, size] of shape.entries()) {
    const next = new Int32Array(indices.length * size);
    for (let i = 0; i < indices.length; i++) {
      for (let position = 0; position < size; position++)
        next[i * size + position] = indices[i]! + position * steps[d]!;
    }
    indices = next;
  }
  return indices;
}

/**
 * For each element of `output`, the element of an input that spreads to it by numpy's rules; undefined where the input cannot.
 */
export function spreadIndices(input: readonly number[], output: readonly number[]): Int32Array | undefined {
  const missing = output.length - input.length;
  if (missing < 0) return undefined;
  if (input.some((size, d) => size !== 1 && size !== output[d + missing])) return undefined;
  const own = strides(input);
  return affineIndices(
    output,
    output.map((_, d) => (d < missing || input[d - missing] === 1 ? 0 : own[d - missing]!)),
  );
}

/** For each element of `shape`, the element of the tensor without `axes` that it is reduced to. */
export function reducedIndices(shape: readonly number[], axes: ReadonlySet<number>): Int32Array {
  const kept = strides(shape.map((size, d) => (axes.has(d) ? 1 : size)));
  return affineIndices(
    shape,
    shape.map((_, d) => (axes.has(d) ? 0 : kept[d]!)),
  );
}
