/** What an integer graph answers to real windows: quantized on the way in, dequantized on the way out. */
import type { CodeTensor, IntegerGraph } from '../integer/integer-graph.js';
import { dequantize, quantize } from '../integer/quantize.js';
import { IntegerInterpreter } from '../interpreter/integer-interpreter.js';
import type { Window } from '../runner/model-runner.js';
import type { Answers } from './output-agreement.js';

/**
 * Runs the integer interpreter, one window after the other.
 *
 * @param onProgress called after each.
 * @throws ExportError, see `IntegerInterpreter`.
 */
export function integerAnswers(
  graph: IntegerGraph,
  windows: readonly Window[],
  onProgress?: (done: number) => void,
): Answers {
  const interpreter = new IntegerInterpreter(graph);
  // It takes and gives int8 for tensors of codes alone.
  const codesOf = (name: string) => graph.tensors.get(name) as CodeTensor;
  const rows = new Map<string, Float32Array[]>(graph.outputs.map(({ name }) => [name, []]));
  for (const [index, window] of windows.entries()) {
    const codes = graph.inputs.map((name) => {
      const elements = window instanceof Float32Array ? window : window[name]!;
      return [name, quantize(elements, codesOf(name))] as const;
    });
    const results = interpreter.run(Object.fromEntries(codes));
    for (const { name, tensor } of graph.outputs) {
      const answer = results[name]!;
      rows.get(name)!.push(answer instanceof Int8Array ? dequantize(answer, codesOf(tensor)) : answer);
    }
    onProgress?.(index + 1);
  }
  return rows;
}
