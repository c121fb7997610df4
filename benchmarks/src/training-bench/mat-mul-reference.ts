/** What the machine can do: a float32 matrix product of 1024³ in the same onnxruntime with as many threads. */
import { encodeModel, GraphBuilder } from '@edgebeat/graph';
import { RandomGenerator } from '@edgebeat/trainer';
import * as ort from 'onnxruntime-node';

const SIZE = 1024;
const GFLOP = (2 * SIZE ** 3) / 1e9;
/** Products in a row, of which the fastest counts: the first one wakes the threads. */
const RUNS = 3;

export class MatMulReference {
  readonly #session: ort.InferenceSession;
  readonly #feeds: Readonly<Record<string, ort.Tensor>>;

  private constructor(session: ort.InferenceSession) {
    const random = new RandomGenerator(3);
    const matrix = () =>
      new ort.Tensor('float32', Float32Array.from({ length: SIZE ** 2 }, random.uniform.bind(random)), [SIZE, SIZE]);
    this.#session = session;
    this.#feeds = { a: matrix(), b: matrix() };
  }

  static async create(threads: number): Promise<MatMulReference> {
    const g = new GraphBuilder('reference');
    const matrix = (name: string) => g.input(name, 'float32', [SIZE, SIZE]);
    g.output('product', g.matMul(matrix('a'), matrix('b')));
    const session = await ort.InferenceSession.create(encodeModel(g.build()), {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
    });
    return new MatMulReference(session);
  }

  /** GFLOP/s at this moment. */
  async measure(): Promise<number> {
    let best = Number.POSITIVE_INFINITY;
    for (let run = 0; run < RUNS; run++) {
      const started = performance.now();
      await this.#session.run(this.#feeds);
      best = Math.min(best, performance.now() - started);
    }
    return GFLOP / (best / 1000);
  }

  async release(): Promise<void> {
    await this.#session.release();
  }
}
