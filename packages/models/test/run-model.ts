/** Runs models in onnxruntime-node and gives each output as rows. */
import { encodeModel, type Model } from '@edgebeat/graph';
import { InferenceSession, Tensor } from 'onnxruntime-node';

/** The only input, its elements in row-major order. */
export interface Feed {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** One output: its shape, and its elements per row of the batch. */
export interface Output {
  readonly shape: readonly number[];
  readonly rows: readonly (readonly number[])[];
}

/** The outputs of each feed. */
type Runs<F extends readonly Feed[]> = { -readonly [K in keyof F]: Record<string, Output> };

/** Runs a model on one thread, once for each feed. */
export async function runModel<const F extends readonly Feed[]>(model: Model, ...feeds: F): Promise<Runs<F>> {
  const session = await InferenceSession.create(encodeModel(model), { intraOpNumThreads: 1, logSeverityLevel: 3 });
  try {
    const results: Record<string, Output>[] = [];
    for (const { data, shape } of feeds) {
      const outputs = await session.run({ [session.inputNames[0]!]: new Tensor('float32', data, [...shape]) });
      results.push(
        Object.fromEntries(
          Object.entries(outputs).map(([name, { dims, data }]) => [name, toOutput(dims, data as Float32Array)]),
        ),
      );
    }
    return results as Runs<F>;
  } finally {
    await session.release();
  }
}

function toOutput(shape: readonly number[], data: Float32Array): Output {
  const size = data.length / shape[0]!;
  const rows = Array.from({ length: shape[0]! }, (_, row) => [...data.subarray(row * size, (row + 1) * size)]);
  return { shape: [...shape], rows };
}

/** Root of the mean square. */
export function rms(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

/** The largest difference, as a fraction of the root mean square of the others. */
export function largestDeviation(values: readonly number[], others: readonly number[]): number {
  return Math.max(...values.map((value, index) => Math.abs(value - others[index]!))) / rms(others);
}
