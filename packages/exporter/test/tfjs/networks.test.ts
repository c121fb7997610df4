/** The networks that come with edgebeat give in TensorFlow.js what they give in onnxruntime. */
import { readFileSync } from 'node:fs';
import { importModel } from '@edgebeat/graph';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { toTfjs } from '../../src/index.js';
import { backends, loadTfjs, runTfjs, useBackend } from './run-tfjs.js';

const networks = ['dt4ecg', 'resnet34', 'deit-micro', 'baseline-cosine', 'baseline-lda'] as const;
const TOLERANCE = 1e-4;

/** Beat-like bumps on slow waves, with amplitudes as min-max or z-scored windows have them. */
function windows(count: number, shape: readonly number[]): Float32Array {
  const size = shape.reduce((product, one) => product * one, 1);
  return Float32Array.from({ length: count * size }, (_, at) => {
    const time = (at % 300) - 150;
    return Math.exp(-((time / (7 + (at % 5))) ** 2)) + 0.3 * Math.sin(at / (17 + Math.floor(at / size)));
  });
}

describe.each(backends)('on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  test.each(networks)('%s', async (name) => {
    const bytes = new Uint8Array(readFileSync(new URL(`../../../models/weights/${name}.onnx`, import.meta.url)));
    const model = importModel(bytes);
    const input = model.graph.inputs[0]!;
    const shape = [3, ...(input.shape!.slice(1) as number[])];
    const data = windows(3, shape.slice(1));
    const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1, logSeverityLevel: 4 });
    const expected = await session.run({ [input.name]: new Tensor('float32', data, shape) });
    await session.release();
    const loaded = await loadTfjs(toTfjs(model));
    const names = model.graph.outputs.map((output) => output.name);
    const actual = await runTfjs(loaded, { [input.name]: { data, shape, dtype: 'float32' } }, names);
    loaded.dispose();
    for (const output of names) {
      expect(actual[output]!.shape).toEqual(expected[output]!.dims);
      const wanted = expected[output]!.data as Float32Array;
      const difference = wanted.reduce(
        (most, value, at) => Math.max(most, Math.abs(value - actual[output]!.data[at]!)),
        0,
      );
      expect(difference).toBeLessThan(TOLERANCE);
    }
  });
});
