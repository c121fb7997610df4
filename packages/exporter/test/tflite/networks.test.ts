/** Networks that come with edgebeat, quantized here: TFLite's interpreters beside the integer interpreter. */
import { readFileSync } from 'node:fs';
import { importModel } from '@edgebeat/graph';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { noise } from '../../../../testing/synthetic-ecg.js';
import { type Tensors, tfliteInterpreters } from '../../src/backends/tflite/interpreters.js';
import {
  describeTflite,
  type IntegerGraph,
  IntegerInterpreter,
  prepareModel,
  quantize,
  quantizeModel,
  readIntegerGraph,
  toTflite,
} from '../../src/index.js';
import { sizeOf } from './integer-graphs.js';

const CALIBRATION = 6;
const WINDOWS = 3;
/** Codes as they come: what the quantizer can do for accuracy is not the question here. */
const PLAIN = { equalization: 'off', biasCorrection: 'off', accuracyBudget: 1, threads: 1 } as const;

interface Network {
  readonly name: string;
  readonly file: string;
  /** TRANSPOSE in the file. */
  readonly transposes: number;
  /** Greatest difference of an output's code: a step in each of many operators, rounded differently by XNNPACK, adds up. */
  readonly within: number;
  /** Outputs that are decisions: their greatest element counts. */
  readonly decisions: readonly string[];
}

const NETWORKS: readonly Network[] = [
  { name: 'deit-micro', file: 'deit-micro', transposes: 9, within: 5, decisions: ['logits'] },
  { name: 'dt4ecg', file: 'dt4ecg', transposes: 0, within: 3, decisions: ['identity', 'activity'] },
  { name: 'baseline-lda', file: 'baseline-lda', transposes: 0, within: 2, decisions: [] },
];

/** Beats in noise: a bump in the middle of each 300 samples on slow waves, from about 0 to 1. */
function windows(count: number, shape: readonly number[], seed: number): Float32Array[] {
  return Array.from({ length: count }, (_, window) => {
    const [phase, width] = noise(2, seed + window) as unknown as [number, number];
    const grain = noise(sizeOf(shape), seed + 100 * window + 7);
    return grain.map((x, i) => {
      const time = (i % 300) - 150 - 5 * phase;
      return 0.3 + 0.6 * Math.exp(-((time / (8 + 3 * width)) ** 2)) + 0.1 * Math.sin(i / 17 + 3 * phase) + 0.03 * x;
    });
  });
}

describe.each(NETWORKS)('$name', ({ file, transposes, within, decisions }) => {
  let graph: IntegerGraph;
  let inputs: Record<string, Int8Array>[];
  let expected: Tensors[];

  beforeAll(async () => {
    const bytes = readFileSync(new URL(`../../../models/weights/${file}.onnx`, import.meta.url));
    const { model } = await prepareModel(importModel(bytes));
    const shape = model.graph.inputs[0]!.shape!.slice(1) as number[];
    const { model: qdq } = await quantizeModel(model, windows(CALIBRATION, shape, 1), PLAIN);
    graph = readIntegerGraph(qdq);
    const [input] = graph.inputs as [string];
    const tensor = graph.tensors.get(input)!;
    if (tensor.dtype !== 'int8') throw new Error('the input is no int8 tensor');
    inputs = windows(WINDOWS, shape, 500).map((window) => ({ [input]: quantize(window, tensor) }));
    const norm = new IntegerInterpreter(graph);
    expected = inputs.map((codes) => norm.run(codes));
  });

  test('is transposed as rarely as it can be', () => {
    const { operators } = describeTflite(toTflite(graph));
    expect(operators.filter(({ operator }) => operator === 'TRANSPOSE')).toHaveLength(transposes);
  });

  test.each(Object.entries(tfliteInterpreters))('in %s', async (_, load) => {
    const interpreter = await load(toTflite(graph));
    for (const [window, codes] of inputs.entries()) {
      const actual = await interpreter.run(codes);
      for (const [name, values] of Object.entries(expected[window]!)) {
        const differences = Array.from(values, (value, i) => Math.abs(value - actual[name]![i]!));
        expect(Math.max(...differences)).toBeLessThanOrEqual(within);
      }
      for (const name of decisions) {
        const values = expected[window]![name]!;
        // The interpreter's choice is the integer interpreter's, or one that has as good as the same value there.
        expect(values[greatest(actual[name]!)]!).toBeGreaterThanOrEqual(Math.max(...values) - 2);
      }
    }
  });
});

function greatest(values: ArrayLike<number>): number {
  return Array.from(values).reduce((best, value, i) => (value > values[best]! ? i : best), 0);
}
