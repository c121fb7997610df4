/** The integer interpreter as an engine of the runtime: slow, and the norm that firmware is held to. */
import { type CodeTensor, dequantize, type IntegerGraph, IntegerInterpreter, quantize } from '@edgebeat/exporter';
import type { InferenceEngine, InferenceSession, InputTensor, OutputTensor, TensorInfo } from '@edgebeat/runtime';

/** @param graph what every model is taken to be: `load` looks at no bytes. */
export function integerEngine(graph: IntegerGraph): InferenceEngine {
  return { name: 'interpreter', load: async () => new IntegerSession(graph) };
}

class IntegerSession implements InferenceSession {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly #graph: IntegerGraph;
  readonly #interpreter: IntegerInterpreter;

  constructor(graph: IntegerGraph) {
    const info = (name: string, tensor: string): TensorInfo => ({
      name,
      dtype: 'float32',
      shape: graph.tensors.get(tensor)!.shape,
    });
    this.#graph = graph;
    this.#interpreter = new IntegerInterpreter(graph);
    this.inputs = graph.inputs.map((name) => info(name, name));
    this.outputs = graph.outputs.map(({ name, tensor }) => info(name, tensor));
  }

  async run(inputs: Readonly<Record<string, InputTensor>>): Promise<Record<string, OutputTensor>> {
    const codesOf = (name: string) => this.#graph.tensors.get(name) as CodeTensor;
    const codes = this.#graph.inputs.map((name) => [name, quantize(inputs[name]!.data as Float32Array, codesOf(name))]);
    const results = this.#interpreter.run(Object.fromEntries(codes));
    const outputs = this.#graph.outputs.map(({ name, tensor }): [string, OutputTensor] => {
      const result = results[name]!;
      const data = result instanceof Int8Array ? dequantize(result, codesOf(tensor)) : result;
      return [name, { data, dtype: 'float32', shape: codesOf(tensor).shape }];
    });
    return Object.fromEntries(outputs);
  }

  async close(): Promise<void> {}
}
