/** Small networks that the quantizer is tried on, their windows, and how they answer. */
import { elementCount, GraphBuilder, type Model, type Tensor, tensor, type Value } from '@edgebeat/graph';
import { noise } from '../../../../testing/synthetic-ecg.js';
import { ModelRunner, type RunnerOptions } from '../../src/runner/model-runner.js';

let seed = 100;

/** Reproducible numbers from −`scale` to `scale`. */
export function constant(g: GraphBuilder, name: string, shape: readonly number[], scale = 1): Value {
  seed += 1;
  return g.constant(
    tensor(
      name,
      'float32',
      shape,
      noise(elementCount(shape), seed).map((one) => one * scale),
    ),
  );
}

export const windowsOf = (count: number, size: number) =>
  Array.from({ length: count }, (_, index) => noise(size, index + 1));

/** Builds with the same numbers every time. */
export function built(name: string, make: (g: GraphBuilder) => Value): Model {
  seed = 100;
  const g = new GraphBuilder(name);
  g.output('y', make(g));
  return g.build();
}

/** Two convolutions, mean over time, linear: [N, 2, 24] to [N, 4]; a Slice first, no bias in the second. */
export const convolutional = () =>
  built('convolutional', (g) => {
    const x = g.input('x', 'float32', ['N', 2, 24]);
    const cut = g.slice(x, g.int64([2]), g.int64([22]), g.int64([2]), { name: 'cut' });
    const first = g.relu(g.conv(cut, constant(g, 'w1', [8, 2, 5]), constant(g, 'b1', [8])), { name: 'first' });
    const second = g.relu(g.conv(first, constant(g, 'w2', [6, 8, 3], 0.3)), { name: 'second' });
    const pooled = g.flatten(g.globalAveragePool(second, { name: 'pooled' }), { axis: 1 });
    return g.gemm(pooled, constant(g, 'w3', [4, 6]), constant(g, 'b3', [4]), { transB: true, name: 'scores' });
  });

/** Positions, normalisation, product with bias, Gelu, product, residual: [N, 6, 8] to the same. */
export const transformer = () =>
  built('transformer', (g) => {
    const x = g.input('x', 'float32', ['N', 6, 8]);
    const embedded = g.add(x, constant(g, 'positions', [1, 6, 8], 0.2), { name: 'embedded' });
    const normal = g.layerNormalization(embedded, constant(g, 'gamma', [8]), constant(g, 'beta', [8], 0.1), {
      axis: -1,
      name: 'normal',
    });
    const inner = g.add(g.matMul(normal, constant(g, 'w1', [8, 16], 0.4)), constant(g, 'b1', [16]), { name: 'inner' });
    const outer = g.matMul(g.gelu(inner, { name: 'gelu' }), constant(g, 'w2', [16, 8], 0.4));
    return g.add(embedded, g.add(outer, constant(g, 'b2', [8]), { name: 'outer' }), { name: 'sum' });
  });

export async function answers(model: Model, windows: readonly Float32Array[], options: RunnerOptions = {}) {
  const runner = await ModelRunner.open(model, { threads: 1, ...options });
  try {
    return (await runner.run(windows)).get('y')!;
  } finally {
    await runner.release();
  }
}

/** Signal to noise in dB. */
export function sqnr(reference: readonly Float32Array[], given: readonly Float32Array[]): number {
  let [signal, noisePower] = [0, 0];
  for (const [index, row] of reference.entries()) {
    row.forEach((x, i) => {
      signal += x ** 2;
      noisePower += (x - given[index]![i]!) ** 2;
    });
  }
  return 10 * Math.log10(signal / noisePower);
}

export const constantOf = ({ graph }: Model, name: string): Tensor => {
  const found = graph.initializers.find((one) => one.name === name);
  if (!found) throw new Error(`no initializer "${name}"`);
  return found;
};

/** Elements of a constant, each multiplied. */
export function scaledConstant(model: Model, name: string, factor: (index: number) => number): Model {
  const initializers = model.graph.initializers.map((one) =>
    one.name === name
      ? tensor(
          name,
          'float32',
          one.shape,
          Float32Array.from(one.data as Float32Array, (x, i) => x * factor(i)),
        )
      : one,
  );
  return { ...model, graph: { ...model.graph, initializers } };
}
