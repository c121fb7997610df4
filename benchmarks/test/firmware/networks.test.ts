/** deit-micro's generated C on emulated Arm boards gives the codes of the integer interpreter. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type IntegerGraph,
  IntegerInterpreter,
  prepareModel,
  quantize,
  quantizeModel,
  readIntegerGraph,
} from '@edgebeat/exporter';
import { importModel } from '@edgebeat/graph';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { noise, syntheticEcg } from '../../../testing/synthetic-ecg.js';
import { describeWithProgram } from '../../../testing/system-packages.js';
import { boards } from '../../src/firmware/boards.js';
import { NetworkProgram } from '../../src/firmware/network-program.js';

const WEIGHTS = fileURLToPath(new URL('../../../packages/models/weights/deit-micro.onnx', import.meta.url));
const WINDOWS = 3;

/** Without the choices that are measured, which take their time and change no kind of operation. */
const PLAIN = { threads: 1, equalization: 'off', biasCorrection: 'off', accuracyBudget: 1 } as const;

/** [3, 300]: ECG with other rates of beats, in noise. */
function windows(count: number, seed: number): Float32Array[] {
  return Array.from({ length: count }, (_, window) => {
    const { samples } = syntheticEcg({ rate: 250, seconds: 5, rr: 0.6 + 0.03 * window });
    return noise(900, seed + window).map((x, i) => 0.2 + 0.6 * samples[i]! + 0.1 * x);
  });
}

describeWithProgram('arm-none-eabi-gcc', 'networks compiled for Arm', () => {
  describeWithProgram('qemu-system-arm', 'in QEMU', () => {
    let graph: IntegerGraph;
    let inputs: Int8Array[];
    let expected: ReturnType<IntegerInterpreter['run']>[];

    beforeAll(async () => {
      const { model } = await prepareModel(importModel(readFileSync(WEIGHTS)));
      const { model: qdq } = await quantizeModel(model, windows(8, 1), PLAIN);
      graph = readIntegerGraph(qdq);
      const [input] = graph.inputs as [string];
      const tensor = graph.tensors.get(input)! as Parameters<typeof quantize>[1];
      inputs = windows(WINDOWS, 50).map((real) => quantize(real, tensor));
      const interpreter = new IntegerInterpreter(graph);
      expected = inputs.map((codes) => interpreter.run({ [input]: codes }));
    }, 300_000);

    describe.each(boards)('$name, a $processor', (board) => {
      let program: NetworkProgram;
      beforeAll(() => {
        program = new NetworkProgram(graph, { board });
      });
      afterAll(() => program?.remove());

      test('every output of every window, to the bit', () => {
        expect(program.run(inputs)).toEqual(expected);
      });
    });
  });
});
