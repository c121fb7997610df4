/** Evaluates a small graph in onnxruntime-node. */
import { encodeModel, GraphBuilder, tensor, type Value } from '@edgebeat/graph';
import { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';

export type Rows = readonly (readonly number[])[];

/** Rows of numbers as a graph input, so that nothing is computed before the graph runs. */
export type Input = (rows: Rows) => Value;

/** The elements of what is built, in float32 or int64 as numbers. */
export async function runGraph(build: (g: GraphBuilder, input: Input) => Value): Promise<number[]> {
  const g = new GraphBuilder('test');
  const feeds: Record<string, OrtTensor> = {};
  const input: Input = (rows) => {
    const name = `input ${Object.keys(feeds).length}`;
    const shape = [rows.length, rows[0]!.length];
    feeds[name] = new OrtTensor('float32', tensor(name, 'float32', shape, rows.flat()).data, shape);
    return g.input(name, 'float32', shape);
  };
  g.output('result', build(g, input));
  const session = await InferenceSession.create(encodeModel(g.build()), { intraOpNumThreads: 1, logSeverityLevel: 3 });
  try {
    const { result } = await session.run(feeds);
    return Array.from(result!.data as ArrayLike<number | bigint>, Number);
  } finally {
    await session.release();
  }
}
