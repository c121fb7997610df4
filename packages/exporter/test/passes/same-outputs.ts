/** Runs a model before and after a rewrite in onnxruntime on the same random inputs. */
import { encodeModel, type Graph, type Model, type TensorData } from '@edgebeat/graph';
import { InferenceSession, Tensor } from 'onnxruntime-node';

/** The size that tests give to an open batch. */
export const N = 3;

/** Numbers between −2 and 2, the same for the same seed (a linear congruential generator). */
export function randomNumbers(count: number, seed = 1): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 30 - 2;
  });
}

function feedsOf(graph: Graph): Record<string, Tensor> {
  const feeds = graph.inputs.map(({ name, shape }, index) => {
    const dims = shape!.map((size) => (typeof size === 'string' ? N : size));
    const count = dims.reduce((product, size) => product * size, 1);
    return [name, new Tensor('float32', randomNumbers(count, index + 7), dims)] as const;
  });
  return Object.fromEntries(feeds);
}

export interface Outputs {
  readonly [name: string]: { readonly dims: readonly number[]; readonly data: TensorData };
}

/** Outputs of a model, or of the bytes of one whose inputs are those of `graph`. */
export async function outputsOf(model: Model | Uint8Array, graph: Graph): Promise<Outputs> {
  const bytes = model instanceof Uint8Array ? model : encodeModel(model);
  // Without rewrites of its own, some of which fold alike and one of which is wrong (LayerNormalization over two dimensions, behind Add).
  const session = await InferenceSession.create(bytes, {
    intraOpNumThreads: 1,
    graphOptimizationLevel: 'disabled',
    logSeverityLevel: 4,
  });
  try {
    return (await session.run(feedsOf(graph))) as unknown as Outputs;
  } finally {
    await session.release();
  }
}

/** Largest difference of any output element, relative to 1 or to the largest element of that output, whichever is more. */
export function difference(a: Outputs, b: Outputs): number {
  if (Object.keys(a).sort().join() !== Object.keys(b).sort().join()) throw new Error('outputs of other names');
  let worst = 0;
  for (const [name, { dims, data }] of Object.entries(a)) {
    const other = b[name]!;
    if (dims.join() !== other.dims.join()) throw new Error(`${name} is [${dims}] and [${other.dims}]`);
    const values = data as Float32Array;
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    values.forEach((value, index) => {
      worst = Math.max(worst, Math.abs(value - (other.data as Float32Array)[index]!) / largest);
    });
    if (!values.every(Number.isFinite)) throw new Error(`${name} is not finite`);
  }
  return worst;
}
