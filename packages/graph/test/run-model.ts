/** Runs models in onnxruntime-node, which is the judge of everything this package claims about ONNX. */
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import { arrayOf, encodeModel, type Graph, type Model, type Shape, type TensorData } from '../src/index.js';

/** The size that tests give to symbolic dimensions. */
export const N = 2;

export interface Result {
  dtype: string;
  shape: readonly number[];
  data: TensorData;
}

export function resolve(shape: Shape): number[] {
  return shape.map((size) => (typeof size === 'string' ? N : size));
}

/** Positive numbers without order, so that no operator is out of its domain and no two elements agree by accident. */
export function feedsOf(graph: Graph): Record<string, OrtTensor> {
  const feeds: Record<string, OrtTensor> = {};
  for (const { name, dtype, shape } of graph.inputs) {
    const dims = resolve(shape!);
    const count = dims.reduce((product, size) => product * size, 1);
    const data = new (arrayOf(dtype))(count);
    for (let index = 0; index < count; index++) {
      const value = ((index * 7919 + 13) % 101) + 1;
      const element = dtype === 'float32' || dtype === 'float64' ? value / 101 : dtype === 'bool' ? value % 2 : value;
      data[index] = (dtype === 'int64' || dtype === 'uint64' ? BigInt(element) : element) as never;
    }
    feeds[name] = new OrtTensor(dtype as 'float32', data as Float32Array, dims);
  }
  return feeds;
}

export async function run(
  model: Model | Uint8Array,
  feeds: Record<string, OrtTensor>,
): Promise<Record<string, Result>> {
  const bytes = model instanceof Uint8Array ? model : encodeModel(model);
  // What fails throws: printed once more, it would hide among the results of tests that expect it.
  const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1, logSeverityLevel: 4 });
  try {
    const outputs = await session.run(feeds);
    return Object.fromEntries(
      Object.entries(outputs).map(([name, { type, dims, data }]) => [
        name,
        { dtype: type, shape: [...dims], data: data as TensorData },
      ]),
    );
  } finally {
    await session.release();
  }
}
