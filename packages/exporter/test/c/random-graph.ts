/**
 * Random integer graphs of many operations, for what goes wrong between operations: tensors that lie in memory in all kinds of orders,
 * moves that become views, outputs in the place of inputs, several readers.
 */
import type { AnyOperation, IntegerGraph, IntegerTensor } from '../../src/integer/integer-graph.js';
import { ALL_CODES, type OperationAttributes, type OperationName } from '../../src/integer/operations.js';
import { elementCount } from '../../src/interpreter/indices.js';

/** A linear congruential generator: the same graphs everywhere. */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = Math.imul(seed + 1, 2654435761) >>> 0;
  }

  /** From `least` to `most`. */
  whole(least: number, most: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return least + Math.floor((this.state / 2 ** 32) * (most - least + 1));
  }

  of<T>(list: readonly T[]): T {
    return list[this.whole(0, list.length - 1)]!;
  }

  codes(count: number): Int8Array {
    return Int8Array.from({ length: count }, () => this.whole(-128, 127));
  }

  scale(): number {
    return Math.fround(2 ** (this.whole(-40, -20) / 8));
  }
}

class Builder {
  readonly random: Random;
  readonly tensors = new Map<string, IntegerTensor>();
  readonly operations: AnyOperation[] = [];
  /** int8 activations that later operations may read. */
  readonly pool: string[] = [];

  constructor(random: Random) {
    this.random = random;
  }

  shape(name: string): readonly number[] {
    return this.tensors.get(name)!.shape;
  }

  /** An int8 activation; of another scale unless `like` says which. */
  activation(shape: readonly number[], like?: string): string {
    const name = `t${this.tensors.size}`;
    const quantization = { scales: Float32Array.of(this.random.scale()), zeroPoint: this.random.whole(-128, 127) };
    const tensor = { name, dtype: 'int8' as const, shape, quantization };
    const source = like === undefined ? undefined : this.tensors.get(like);
    this.tensors.set(name, source?.dtype === 'int8' ? { ...tensor, quantization: source.quantization } : tensor);
    this.pool.push(name);
    return name;
  }

  fixed(shape: readonly number[], scale: number, zeroPoint: number): string {
    const name = this.activation(shape);
    this.tensors.set(name, {
      name,
      dtype: 'int8',
      shape,
      quantization: { scales: Float32Array.of(scale), zeroPoint },
    });
    return name;
  }

  weights(shape: readonly number[]): [string, string] {
    const [w, b] = [`w${this.tensors.size}`, `b${this.tensors.size}`];
    const scales = Float32Array.from({ length: shape[0]! }, () => this.random.scale() / 64);
    const quantization = { scales, zeroPoint: 0, axis: 0 };
    this.tensors.set(w, { name: w, dtype: 'int8', shape, quantization, data: this.random.codes(elementCount(shape)) });
    const data = Int32Array.from(scales, () => this.random.whole(-3000, 3000));
    this.tensors.set(b, { name: b, dtype: 'int32', shape: [shape[0]!], quantization, data });
    return [w, b];
  }

  reals(count: number): string {
    const name = `r${this.tensors.size}`;
    const data = Float32Array.from({ length: count }, () => this.random.whole(-2000, 2000) / 999);
    this.tensors.set(name, { name, dtype: 'float32', shape: [count], data });
    return name;
  }

  add<K extends OperationName>(
    operator: K,
    inputs: readonly string[],
    output: string,
    attributes: OperationAttributes[K],
  ): void {
    const name = `op.${this.operations.length}`;
    this.operations.push({ operator, name, inputs, outputs: [output], attributes } as unknown as AnyOperation);
  }
}

type Grow = (builder: Builder, x: string) => void;

const conv: Grow = (builder, x) => {
  const { random } = builder;
  const [batch, channels, ...spatial] = builder.shape(x) as [number, number, ...number[]];
  if (batch !== 1 || spatial.length < 1 || spatial.length > 2) return;
  const group = random.of([1, 1, channels]);
  const filters = group * random.whole(1, 3);
  const kernel = spatial.map(() => random.whole(1, 3));
  const strides = spatial.map(() => random.whole(1, 2));
  const dilations = spatial.map(() => random.whole(1, 2));
  const pads = [...spatial, ...spatial].map(() => random.whole(0, 2));
  const output = spatial.map((size, d) => {
    const room = size + pads[d]! + pads[d + spatial.length]! - (kernel[d]! - 1) * dilations[d]! - 1;
    return Math.floor(room / strides[d]!) + 1;
  });
  if (output.some((size) => size < 1)) return;
  const [w, b] = builder.weights([filters, channels / group, ...kernel]);
  const attributes = { strides, dilations, pads, group, clamp: ALL_CODES };
  builder.add('Conv', [x, w, b], builder.activation([1, filters, ...output]), attributes);
};

const maxPool: Grow = (builder, x) => {
  const [batch, channels, ...spatial] = builder.shape(x) as [number, number, ...number[]];
  if (batch !== 1 || spatial.length < 1 || spatial.length > 2) return;
  const kernel = spatial.map((size) => Math.min(size, 2));
  const strides = spatial.map(() => 1);
  const output = spatial.map((size, d) => size - kernel[d]! + 1);
  const pads = [...spatial, ...spatial].map(() => 0);
  const operator = builder.random.of(['MaxPool', 'AveragePool'] as const);
  builder.add(operator, [x], builder.activation([1, channels, ...output], x), {
    kernel,
    strides,
    dilations: strides,
    pads,
  });
};

const gemm: Grow = (builder, x) => {
  const shape = builder.shape(x);
  const width = builder.random.whole(1, 5);
  const [w, b] = builder.weights([width, shape.at(-1)!]);
  builder.add('Gemm', [x, w, b], builder.activation([...shape.slice(0, -1), width]), { clamp: ALL_CODES });
};

const matMul: Grow = (builder, x) => {
  const shape = builder.shape(x);
  const swapped = [...shape.slice(0, -2), shape.at(-1)!, shape.at(-2)!];
  const other = builder.pool.filter((name) => builder.shape(name).join() === swapped.join());
  if (shape.length < 2 || other.length === 0) return;
  const y = builder.activation([...shape.slice(0, -1), shape.at(-2)!]);
  builder.add('MatMul', [x, builder.random.of(other)], y, { clamp: ALL_CODES });
};

const transpose: Grow = (builder, x) => {
  const shape = builder.shape(x);
  const perm = shape.map((_, d) => d);
  for (let d = perm.length - 1; d > 0; d--) {
    const other = builder.random.whole(0, d);
    [perm[d], perm[other]] = [perm[other]!, perm[d]!];
  }
  const output = perm.map((axis) => shape[axis]!);
  builder.add('Transpose', [x], builder.activation(output, x), { perm });
};

const reshape: Grow = (builder, x) => {
  let rest = elementCount(builder.shape(x));
  const shape = [1];
  for (let d = 0; d < 2; d++) {
    const divisor = builder.random.of([1, 2, 3, 4, 6].filter((size) => rest % size === 0));
    shape.push(divisor);
    rest /= divisor;
  }
  builder.add('Reshape', [x], builder.activation([...shape, rest], x), {});
};

const slice: Grow = (builder, x) => {
  const shape = builder.shape(x);
  const steps = shape.map((size) => (size > 2 ? builder.random.of([1, 1, 2, -1]) : 1));
  const counts = shape.map((size, d) => builder.random.whole(1, Math.ceil(size / Math.abs(steps[d]!))));
  const starts = shape.map((size, d) => {
    const reach = (counts[d]! - 1) * Math.abs(steps[d]!);
    const first = builder.random.whole(0, size - 1 - reach);
    return steps[d]! > 0 ? first : first + reach;
  });
  builder.add('Slice', [x], builder.activation(counts, x), { starts, steps });
};

const pairwise: Grow = (builder, x) => {
  const shape = builder.shape(x);
  const fits = (own: readonly number[]) =>
    own.length <= shape.length && own.every((size, d) => size === 1 || size === shape[d + shape.length - own.length]);
  const other = builder.random.of(builder.pool.filter((name) => fits(builder.shape(name))));
  const operator = builder.random.of(['Add', 'Sub', 'Mul'] as const);
  builder.add(
    operator,
    builder.random.of([
      [x, other],
      [other, x],
    ]),
    builder.activation(shape),
    { clamp: ALL_CODES },
  );
};

const table: Grow = (builder, x) => {
  const y = builder.activation(builder.shape(x));
  builder.add('LookUp', [x], y, { function: 'Gelu', table: builder.random.codes(256) });
};

const rowWise: Grow = (builder, x) => {
  const shape = builder.shape(x);
  const operator = builder.random.of(['Softmax', 'LpNormalization', 'LayerNormalization'] as const);
  if (operator === 'Softmax') builder.add('Softmax', [x], builder.fixed(shape, 1 / 256, -128), {});
  else if (operator === 'LpNormalization') builder.add(operator, [x], builder.fixed(shape, 1 / 128, 0), {});
  else {
    const inputs = [x, builder.reals(shape.at(-1)!), builder.reals(shape.at(-1)!)];
    builder.add(operator, inputs, builder.activation(shape), { epsilon: 1e-5 });
  }
};

const reduce: Grow = (builder, x) => {
  const shape = builder.shape(x);
  const axes = shape.flatMap((_, d) => (builder.random.whole(0, 1) ? [d] : []));
  const output = shape.map((size, d) => (axes.includes(d) ? 1 : size));
  const operator = builder.random.of(['ReduceMean', 'ReduceSum', 'ReduceMax'] as const);
  const y = operator === 'ReduceMax' ? builder.activation(output, x) : builder.activation(output);
  builder.add(operator, [x], y, { axes });
};

const concat: Grow = (builder, x) => {
  const shape = builder.shape(x);
  const axis = builder.random.whole(0, shape.length - 1);
  if (shape[axis]! > 8) return;
  const alike = builder.pool.filter((name) => builder.shape(name).join() === shape.join());
  const y = builder.activation(shape.with(axis, 2 * shape[axis]!), builder.random.of([x, undefined]));
  builder.add('Concat', [x, builder.random.of(alike)], y, { axis });
};

const pad: Grow = (builder, x) => {
  const shape = builder.shape(x);
  const pads = [...shape, ...shape].map((size) => (size < 6 ? builder.random.whole(0, 1) : 0));
  const output = shape.map((size, d) => size + pads[d]! + pads[d + shape.length]!);
  builder.add('Pad', [x], builder.activation(output, x), { pads });
};

const gather: Grow = (builder, x) => {
  const shape = builder.shape(x);
  const axis = builder.random.whole(0, shape.length - 1);
  const indices = Array.from({ length: builder.random.whole(1, 4) }, () => builder.random.whole(0, shape[axis]! - 1));
  builder.add('Gather', [x], builder.activation(shape.with(axis, indices.length), x), { axis, indices });
};

const expand: Grow = (builder, x) => {
  const shape = builder.shape(x);
  const output = shape.map((size) => (size === 1 ? builder.random.whole(1, 3) : size));
  builder.add('Expand', [x], builder.activation(output, x), {});
};

const island: Grow = (builder, x) => {
  const shape = builder.shape(x);
  const [real, root] = [`f${builder.tensors.size}`, `g${builder.tensors.size}`];
  for (const name of [real, root]) builder.tensors.set(name, { name, dtype: 'float32', shape });
  builder.add('DequantizeLinear', [x], real, {});
  builder.add('Mul', [real, real], root, { clamp: ALL_CODES });
  builder.add('QuantizeLinear', [root], builder.activation(shape), {});
};

const GROW: readonly Grow[] = [
  ...[conv, conv, maxPool, gemm, matMul, matMul, transpose, transpose, reshape, reshape, slice, pairwise, pairwise],
  ...[table, rowWise, reduce, concat, pad, gather, expand, island],
];

/** Operations on operations; the last tensors, and one of the others, are outputs. */
export function randomGraph(seed: number): IntegerGraph {
  const random = new Random(seed);
  const builder = new Builder(random);
  const shape = random.of([
    [1, 2, 6],
    [1, 3, 4, 5],
    [1, 4, 12],
    [2, 3, 4],
    [1, 1, 5, 5],
  ]);
  builder.activation(shape);
  while (builder.operations.length < 14) {
    const x = random.of(builder.pool.slice(-5));
    if (elementCount(builder.shape(x)) <= 400) random.of(GROW)(builder, x);
    else reduce(builder, x);
  }
  const [input, ...made] = builder.pool as [string, ...string[]];
  const outputs = new Set([made.at(-1)!, made.at(-2)!, random.of(made), random.of(builder.pool)]);
  return {
    name: `random ${seed}`,
    tensors: builder.tensors,
    inputs: [input],
    outputs: [...outputs].map((tensor, index) => ({ name: `out${index}`, tensor })),
    operations: builder.operations,
  };
}
