/** A generated model as WebAssembly. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toC } from '../../src/backends/c/index.js';
import type { IntegerGraph } from '../../src/integer/integer-graph.js';
import { elementCount } from '../../src/interpreter/indices.js';
import { C_FLAGS, type Codes, type Results, writeFiles } from './native-program.js';

/** Debian's emscripten finds its JavaScript packages there and nowhere else. */
const ENVIRONMENT = { ...process.env, NODE_PATH: '/usr/share/nodejs' };
const FLAGS = ['-O3', '-msimd128', '-sSTANDALONE_WASM=1', '--no-entry'];

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly input: () => number;
  readonly run: () => void;
  readonly [output: `output${number}`]: () => number;
}

export class WasmProgram {
  private readonly graph: IntegerGraph;
  private readonly exports: Exports;

  private constructor(graph: IntegerGraph, exports: Exports) {
    this.graph = graph;
    this.exports = exports;
  }

  /** @param graph with one input and int8 outputs */
  static async compile(compiler: string, graph: IntegerGraph): Promise<WasmProgram> {
    const folder = mkdtempSync(join(tmpdir(), 'edgebeat-wasm-'));
    try {
      const { files } = toC(graph);
      writeFiles(folder, files);
      writeFileSync(join(folder, 'exports.c'), exportsOf(graph));
      const sources = [...files.keys(), 'exports.c'].filter((path) => path.endsWith('.c'));
      const args = [...C_FLAGS, ...FLAGS, '-I.', '-Iinclude', '-o', 'model.wasm', ...sources];
      const { status, stderr } = spawnSync(compiler, args, { cwd: folder, encoding: 'utf8', env: ENVIRONMENT });
      if (status !== 0) throw new Error(`${compiler} gave ${status}: ${stderr.slice(0, 4000)}`);
      const { instance } = await WebAssembly.instantiate(new Uint8Array(readFileSync(join(folder, 'model.wasm'))), {});
      return new WasmProgram(graph, instance.exports as unknown as Exports);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  run(codes: Codes): Results {
    const { memory, input, run } = this.exports;
    const [name] = this.graph.inputs as [string];
    new Int8Array(memory.buffer, input(), codes[name]!.length).set(codes[name]!);
    run();
    return Object.fromEntries(
      this.graph.outputs.map(({ name: output, tensor }, i) => {
        const count = elementCount(this.graph.tensors.get(tensor)!.shape);
        return [output, Int8Array.from(new Int8Array(memory.buffer, this.exports[`output${i}`]!(), count))];
      }),
    );
  }
}

function exportsOf(graph: IntegerGraph): string {
  const count = (name: string) => elementCount(graph.tensors.get(name)!.shape);
  const pointer = (name: string, size: number) => `static int8_t ${name}[${size}];
__attribute__((export_name("${name}"))) int8_t *pointer_of_${name}(void);
int8_t *pointer_of_${name}(void) { return ${name}; }
`;
  return `#include "model.h"

static eb_model_memory memory;
${pointer('input', count(graph.inputs[0]!))}
${graph.outputs.map(({ tensor }, i) => pointer(`output${i}`, count(tensor))).join('\n')}
__attribute__((export_name("run"))) void run(void);
void run(void) { eb_model_run(&memory, input, ${graph.outputs.map((_, i) => `output${i}`).join(', ')}); }
`;
}
