/** What a model's artefacts answer to windows, each by what runs it. */
import { readFile } from 'node:fs/promises';
import {
  dequantize,
  type IntegerGraph,
  IntegerInterpreter,
  type IntegerTensor,
  type LoadTflite,
  quantize,
  readIntegerGraph,
} from '@edgebeat/exporter';
import { decodeModel } from '@edgebeat/graph';
import type { OpenRunner, WindowRunner } from '@edgebeat/trainer';

/** Runs int8 codes; by the names of outputs. */
export type RunCodes = (codes: Int8Array) => Promise<Readonly<Record<string, Int8Array | Float32Array>>>;

/** An int8 model as the integer interpreter sees it. */
export async function openInteger(file: string): Promise<{ graph: IntegerGraph; run: RunCodes }> {
  const graph = readIntegerGraph(decodeModel(await readFile(file)));
  const interpreter = new IntegerInterpreter(graph);
  return { graph, run: async (codes) => interpreter.run({ [graph.inputs[0]!]: codes }) };
}

/** A .tflite file in an interpreter of such files. */
export async function openTflite(file: string, graph: IntegerGraph, load: LoadTflite): Promise<RunCodes> {
  const interpreter = await load(await readFile(file));
  return (codes) => interpreter.run({ [graph.inputs[0]!]: codes });
}

/** Lets evaluation run on codes: windows are quantized as the graph's input wants them, answers become real numbers. */
export function runnerOf(graph: IntegerGraph, run: RunCodes): OpenRunner {
  const input = tensorOf(graph, graph.inputs[0]!);
  const outputs = new Map(graph.outputs.map(({ name, tensor }) => [name, tensorOf(graph, tensor)]));
  const runner: WindowRunner = {
    async run(windows, names) {
      const rows = Object.fromEntries(names.map((name) => [name, [] as Float32Array[]]));
      for (const window of windows) {
        const answer = await run(quantize(window, input as CodeTensor));
        for (const name of names) rows[name]!.push(realOf(answer[name]!, outputs.get(name)!));
      }
      return rows as never;
    },
    async release() {},
  };
  return async () => runner;
}

type CodeTensor = Extract<IntegerTensor, { dtype: 'int8' }>;

export function realOf(answer: Int8Array | Float32Array, tensor: IntegerTensor): Float32Array {
  return answer instanceof Int8Array ? dequantize(answer, tensor as CodeTensor) : answer;
}

export function tensorOf(graph: IntegerGraph, name: string): IntegerTensor {
  return graph.tensors.get(name)!;
}
