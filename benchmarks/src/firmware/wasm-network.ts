/** A network as the WebAssembly file that is exported, in this process. */
import { type CodeTensor, dequantize, type IntegerGraph, toWasm } from '@edgebeat/exporter';
import type { Model } from '@edgebeat/graph';
import { outputSizes } from './answers.js';
import type { NetworkRun } from './network-program.js';

export const wasmCompiler = 'emcc';

/** What is used of the global of this name, which only browsers' types declare. */
const { WebAssembly: webAssembly } = globalThis as unknown as {
  readonly WebAssembly: {
    instantiate(bytes: Uint8Array, imports: object): Promise<{ readonly instance: { readonly exports: unknown } }>;
  };
};

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly edgebeat_input: (index: number) => number;
  readonly edgebeat_output: (index: number) => number;
  readonly edgebeat_run: () => void;
}

export class WasmNetwork {
  private readonly graph: IntegerGraph;
  private readonly exports: Exports;

  private constructor(graph: IntegerGraph, exports: Exports) {
    this.graph = graph;
    this.exports = exports;
  }

  /**
   * @param graph of the int8 model, with one input
   * @throws ExportError where the compiler is missing or complains, and for a graph that C cannot run.
   */
  static async compile(graph: IntegerGraph, int8: Model): Promise<WasmNetwork> {
    const { instance } = await webAssembly.instantiate(await toWasm(int8), {});
    return new WasmNetwork(graph, instance.exports as Exports);
  }

  /** @param windows codes of the input, one array for each window; the file takes real numbers and makes the same codes of them */
  run(windows: readonly Int8Array[]): Promise<NetworkRun> {
    const { memory, edgebeat_input: input, edgebeat_output: output, edgebeat_run: run } = this.exports;
    const tensor = this.graph.tensors.get(this.graph.inputs[0]!) as CodeTensor;
    const sizes = outputSizes(this.graph);
    const answers = windows.map((codes) => {
      new Float32Array(memory.buffer, input(0), codes.length).set(dequantize(codes, tensor));
      run();
      return Buffer.concat(sizes.map((size, i) => Buffer.from(memory.buffer, output(i), size)));
    });
    return Promise.resolve({ answers, stackBytes: undefined });
  }

  /** Nothing is left of it but memory. */
  remove(): void {}
}
