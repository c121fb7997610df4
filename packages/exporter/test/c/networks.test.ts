/** Networks that come with edgebeat, quantized here, as C on this computer: every output of every window, to the bit. */
import { readFileSync } from 'node:fs';
import { importModel, type Model } from '@edgebeat/graph';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { noise, syntheticEcg } from '../../../../testing/synthetic-ecg.js';
import { describeWithProgram } from '../../../../testing/system-packages.js';
import {
  type CSources,
  type IntegerGraph,
  IntegerInterpreter,
  prepareModel,
  quantize,
  quantizeModel,
  readIntegerGraph,
  toC,
} from '../../src/index.js';
import { elementCount } from '../../src/interpreter/indices.js';
import { NativeProgram } from './native-program.js';
import { WasmProgram } from './wasm-program.js';

const CALIBRATION = 12;
const WINDOWS = 20;

/** Without the choices that are measured, which take their time and change no kind of operation. */
const PLAIN = { threads: 1, equalization: 'off', biasCorrection: 'off', accuracyBudget: 1 } as const;

/** What the arena and the flash, without code, may be. */
const NETWORKS = [
  { name: 'deit-micro', arena: 16 * 1024, weights: 224 * 1024 },
  { name: 'dt4ecg', arena: 64 * 1024, weights: 640 * 1024 },
  { name: 'baseline-lda', arena: 4 * 1024, weights: 64 * 1024 },
] as const;

/** ECG with other rates of beats, in other noise. */
function windows(count: number, length: number, seed: number): Float32Array[] {
  return Array.from({ length: count }, (_, window) => {
    const { samples } = syntheticEcg({ rate: 250, seconds: length / 250 + 1, rr: 0.6 + 0.03 * window });
    const grain = noise(length, seed + window);
    return grain.map((x, i) => 0.2 + 0.6 * samples[i + 10 * window]! + 0.1 * x);
  });
}

describe.each(NETWORKS)('$name', ({ name, arena, weights }) => {
  let graph: IntegerGraph;
  let int8: Model;
  let sources: CSources;

  beforeAll(async () => {
    const bytes = readFileSync(new URL(`../../../models/weights/${name}.onnx`, import.meta.url));
    const { model } = await prepareModel(importModel(bytes));
    const shape = model.graph.inputs[0]!.shape!.slice(1) as number[];
    int8 = (await quantizeModel(model, windows(CALIBRATION, elementCount(shape), 1), PLAIN)).model;
    graph = readIntegerGraph(int8);
    sources = toC(graph, { metadata: int8.metadata, sha256: 'ab'.repeat(32) });
  }, 300_000);

  test('needs as much memory as the least that its steps have in use at once, and no more than boards have', () => {
    const { arenaBytes, arenaLowerBound, weightBytes } = sources.figures;
    expect(arenaBytes).toBe(arenaLowerBound);
    expect(arenaBytes).toBeLessThanOrEqual(arena);
    expect(weightBytes).toBeLessThanOrEqual(weights);
  });

  test('says what it is and how windows are prepared', () => {
    const header = sources.files.get('model.h')!;
    expect(header).toContain(`#define EB_MODEL_NAME "${name}"`);
    expect(header).toContain(`#define EB_MODEL_SHA256 "${'ab'.repeat(32)}"`);
    expect(header).toContain('#define EB_MODEL_RATE_HZ 250');
    expect(header).toMatch(/#define EB_MODEL_NORMALIZE EB_NORMALIZE_(MIN_MAX|Z_SCORE)/);
    expect(header).toMatch(/void eb_model_run\(eb_model_memory \*memory, const int8_t \*\w+, .*int8_t \*embedding/);
  });

  test('is the same text each time', () => {
    const again = toC(graph, { metadata: new Map() }).files;
    expect(again.get('model.c')).toBe(sources.files.get('model.c'));
    expect(again.get('weights.c')).toBe(sources.files.get('weights.c'));
  });

  describeWithProgram('cc', 'on this computer', (compiler) => {
    let program: NativeProgram;
    beforeAll(() => {
      program = new NativeProgram(compiler, [graph], ['-O2']);
    }, 120_000);
    afterAll(() => program?.remove());

    test(`gives the interpreter's codes for ${WINDOWS} windows`, () => {
      const { inputs, expected } = answers(graph);
      expect(new Set(expected.map(({ embedding }) => embedding!.join())).size).toBe(WINDOWS);
      expect(program.run(0, inputs)).toEqual(expected);
    });
  });

  // It calls no kernel that the others do not.
  if (name === 'baseline-lda') return;
  describeWithProgram('emcc', 'as WebAssembly', (compiler) => {
    test(`gives the interpreter's codes for ${WINDOWS} windows`, async () => {
      const { reals, expected } = answers(graph);
      const program = await WasmProgram.compile(compiler, int8);
      expect(reals.map((window) => program.run(window))).toEqual(expected);
    }, 120_000);
  });
});

/** Windows as codes, and what the interpreter makes of them. */
function answers(graph: IntegerGraph) {
  const [input] = graph.inputs as [string];
  const tensor = graph.tensors.get(input)! as Parameters<typeof quantize>[1];
  const reals = windows(WINDOWS, elementCount(tensor.shape), 100);
  const inputs = reals.map((real) => ({ [input]: quantize(real, tensor) }));
  const interpreter = new IntegerInterpreter(graph);
  return { reals, inputs, expected: inputs.map((codes) => interpreter.run(codes)) };
}
