/** A network as the WebAssembly file that is exported, run without anything but its own description. */
import { type Model, readWasmModel, type WasmTensor } from '@edgebeat/graph';
import { toWasm } from '../../src/index.js';
import { elementCount } from '../../src/interpreter/indices.js';
import type { Results } from './native-program.js';

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly edgebeat_input: (index: number) => number;
  readonly edgebeat_output: (index: number) => number;
  readonly edgebeat_run: () => void;
}

export class WasmProgram {
  private readonly outputs: readonly WasmTensor[];
  private readonly exports: Exports;

  private constructor(outputs: readonly WasmTensor[], exports: Exports) {
    this.outputs = outputs;
    this.exports = exports;
  }

  /** @param int8 of one input */
  static async compile(compiler: string, int8: Model): Promise<WasmProgram> {
    const bytes = await toWasm(int8, compiler);
    const { instance } = await WebAssembly.instantiate(bytes, {});
    return new WasmProgram(readWasmModel(bytes).outputs, instance.exports as unknown as Exports);
  }

  /** @param window real numbers. @returns codes, or real numbers of outputs that are float32. */
  run(window: Float32Array): Results {
    const { memory, edgebeat_input: input, edgebeat_output: output, edgebeat_run: run } = this.exports;
    new Float32Array(memory.buffer, input(0), window.length).set(window);
    run();
    return Object.fromEntries(
      this.outputs.map(({ name, shape, type }, i) => {
        const count = elementCount(shape.map((size) => (typeof size === 'string' ? 1 : size)));
        const elements = type === 'int8' ? Int8Array : Float32Array;
        return [name, new elements(memory.buffer, output(i), count).slice()];
      }),
    );
  }
}
