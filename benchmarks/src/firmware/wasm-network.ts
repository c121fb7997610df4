/** A network's generated C as WebAssembly, in this process. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type IntegerGraph, toC } from '@edgebeat/exporter';
import { answerSize } from './answers.js';
import { coreFlags } from './compile-core.js';
import type { NetworkRun } from './network-program.js';
import { runProgram } from './run-program.js';

export const wasmCompiler = 'emcc';

/** Debian's emscripten finds its JavaScript packages there and nowhere else. */
const env = { ...process.env, NODE_PATH: '/usr/share/nodejs' };
const flags = ['-O3', '-msimd128', '-sSTANDALONE_WASM=1', '--no-entry'];

/** What is used of the global of this name, which only browsers' types declare. */
const { WebAssembly: webAssembly } = globalThis as unknown as {
  readonly WebAssembly: {
    instantiate(bytes: Uint8Array, imports: object): Promise<{ readonly instance: { readonly exports: unknown } }>;
  };
};

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly pointer_of_input: () => number;
  readonly pointer_of_answer: () => number;
  readonly run: () => void;
}

export class WasmNetwork {
  private readonly graph: IntegerGraph;
  private readonly exports: Exports;

  private constructor(graph: IntegerGraph, exports: Exports) {
    this.graph = graph;
    this.exports = exports;
  }

  /** @param graph with one input. @throws BenchError where the compiler is missing or complains; ExportError for a graph that C cannot run. */
  static async compile(graph: IntegerGraph): Promise<WasmNetwork> {
    const folder = mkdtempSync(join(tmpdir(), 'edgebeat-wasm-'));
    try {
      const files = new Map([...toC(graph).files, ['exports.c', exportsOf(graph)]]);
      for (const [path, text] of files) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      const sources = [...files.keys()].filter((path) => path.endsWith('.c'));
      const args = [...coreFlags, ...flags, '-I.', '-Iinclude', '-o', 'network.wasm', ...sources];
      await runProgram(wasmCompiler, args, { cwd: folder, env });
      const bytes = new Uint8Array(readFileSync(join(folder, 'network.wasm')));
      const { instance } = await webAssembly.instantiate(bytes, {});
      return new WasmNetwork(graph, instance.exports as Exports);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** @param windows codes of the input, one array for each window */
  run(windows: readonly Int8Array[]): Promise<NetworkRun> {
    const { memory, pointer_of_input: input, pointer_of_answer: answer, run } = this.exports;
    const size = answerSize(this.graph);
    const answers = windows.map((codes) => {
      new Int8Array(memory.buffer, input(), codes.length).set(codes);
      run();
      return new Uint8Array(memory.buffer, answer(), size).slice();
    });
    return Promise.resolve({ answers, stackBytes: undefined });
  }

  /** Nothing is left of it but memory. */
  remove(): void {}
}

/** All outputs lie one after the other; float32 ones come where they are aligned, or the compiler says so. */
function exportsOf(graph: IntegerGraph): string {
  const lengthOf = (name: string) => graph.tensors.get(name)!.shape.reduce((product, size) => product * size, 1);
  const fields = graph.outputs.map(({ tensor }, i) => {
    const type = graph.tensors.get(tensor)!.dtype === 'float32' ? 'float' : 'int8_t';
    return `  ${type} output${i}[${lengthOf(tensor)}];`;
  });
  const pointer = (name: string) => `__attribute__((export_name("pointer_of_${name}"))) void *pointer_of_${name}(void);
void *pointer_of_${name}(void) { return &${name}; }
`;
  return `#include "model.h"

typedef struct {
${fields.join('\n')}
} outputs;

static eb_model_memory memory;
static int8_t input[${lengthOf(graph.inputs[0]!)}];
static outputs answer;
_Static_assert(sizeof(outputs) == ${answerSize(graph)}, "outputs lie side by side");

${pointer('input')}
${pointer('answer')}
__attribute__((export_name("run"))) void run(void);
void run(void) { eb_model_run(&memory, input, ${graph.outputs.map((_, i) => `answer.output${i}`).join(', ')}); }
`;
}
