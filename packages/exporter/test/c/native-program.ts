/** Generated models as one program on this computer. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type COptions, toC } from '../../src/backends/c/index.js';
import type { IntegerGraph } from '../../src/integer/integer-graph.js';
import { elementCount } from '../../src/interpreter/indices.js';

export type Codes = Readonly<Record<string, Int8Array>>;
export type Results = Record<string, Int8Array | Float32Array>;

export const C_FLAGS = [
  ...['-std=c11', '-ffp-contract=off', '-fno-fast-math', '-fno-math-errno'],
  ...['-Wall', '-Wextra', '-Werror', '-Wconversion', '-Wdouble-promotion', '-Wshadow'],
];

export const SANITIZERS = ['-O0', '-fsanitize=address,undefined', '-fno-sanitize-recover=all'];

/** Writes files by their path below a folder. */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

export class NativeProgram {
  private readonly folder = mkdtempSync(join(tmpdir(), 'edgebeat-c-'));
  private readonly graphs: readonly IntegerGraph[];

  /** Compiled once; `remove` deletes it. */
  constructor(compiler: string, graphs: readonly IntegerGraph[], flags: readonly string[], options: COptions = {}) {
    this.graphs = graphs;
    const shared = new Map<string, string>();
    const units: string[] = [];
    for (const [index, graph] of graphs.entries()) {
      const { files } = toC(graph, { ...options, prefix: prefixOf(index) });
      for (const [path, text] of files) shared.set(isShared(path) ? path : `${prefixOf(index)}/${path}`, text);
      units.push(`${prefixOf(index)}/model.c`, `${prefixOf(index)}/weights.c`);
    }
    shared.set('main.c', mainOf(graphs));
    writeFiles(this.folder, shared);
    const kernels = [...shared.keys()].filter((path) => path.startsWith('kernels/'));
    const args = [...C_FLAGS, ...flags, '-Iinclude', '-o', 'program', 'main.c', ...units, ...kernels];
    const { status, stderr } = spawnSync(compiler, args, { cwd: this.folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${compiler} gave ${status}: ${stderr.slice(0, 4000)}`);
  }

  /** What the graph with this index gives for each of the inputs. */
  run(index: number, runs: readonly Codes[]): Results[] {
    const graph = this.graphs[index]!;
    const input = Buffer.concat(runs.flatMap((codes) => graph.inputs.map((name) => Buffer.from(codes[name]!))));
    const [inputPath, outputPath] = [join(this.folder, 'input'), join(this.folder, 'output')];
    writeFileSync(inputPath, input);
    const args = [String(index), String(runs.length), inputPath, outputPath];
    const { status, signal, stderr } = spawnSync(join(this.folder, 'program'), args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`the program ended with ${signal ?? status}: ${stderr.slice(0, 4000)}`);
    return resultsFrom(graph, readFileSync(outputPath), runs.length);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Outputs of runs, one after the other. */
function resultsFrom(graph: IntegerGraph, bytes: Buffer, count: number): Results[] {
  let at = 0;
  return Array.from({ length: count }, () => {
    const results: Results = {};
    for (const { name, tensor } of graph.outputs) {
      const { dtype, shape } = graph.tensors.get(tensor)!;
      const length = elementCount(shape) * (dtype === 'float32' ? 4 : 1);
      const own = Uint8Array.from(bytes.subarray(at, at + length));
      results[name] = dtype === 'float32' ? new Float32Array(own.buffer) : new Int8Array(own.buffer);
      at += length;
    }
    return results;
  });
}

function prefixOf(index: number): string {
  return `graph${index}`;
}

function isShared(path: string): boolean {
  return path.startsWith('kernels/') || path.startsWith('include/');
}

/** Reads the inputs of so many runs from a file and writes the outputs to another. */
function mainOf(graphs: readonly IntegerGraph[]): string {
  const prefixes = graphs.map((_, index) => prefixOf(index));
  return `#include <stdio.h>
#include <stdlib.h>
${prefixes.map((prefix) => `#include "${prefix}/model.h"`).join('\n')}

${graphs.map((graph, index) => runnerOf(graph, prefixOf(index))).join('\n')}
int main(int count, char **words) {
  static void (*const runners[])(FILE *, FILE *) = {${prefixes.map((prefix) => `run_${prefix}`).join(', ')}};
  if (count != 5) return 2;
  FILE *in = fopen(words[3], "rb");
  FILE *out = fopen(words[4], "wb");
  if (in == NULL || out == NULL) return 3;
  for (int i = atoi(words[2]); i > 0; i--) runners[atoi(words[1])](in, out);
  return fclose(in) == 0 && fclose(out) == 0 ? 0 : 4;
}
`;
}

function runnerOf(graph: IntegerGraph, prefix: string): string {
  const count = (name: string) => elementCount(graph.tensors.get(name)!.shape);
  // As large as they are and no larger, so that the address sanitizer sees each step beyond.
  const inputs = graph.inputs.map((name, i) => `static int8_t in${i}[${count(name)}];`);
  const outputs = graph.outputs.map(({ tensor }, i) => {
    const type = graph.tensors.get(tensor)!.dtype === 'float32' ? 'float' : 'int8_t';
    return `static ${type} out${i}[${count(tensor)}];`;
  });
  const args = [...graph.inputs.map((_, i) => `in${i}`), ...graph.outputs.map((_, i) => `out${i}`)];
  return `static void run_${prefix}(FILE *in, FILE *out) {
  (void)in;
  static ${prefix}_memory memory;
  ${[...inputs, ...outputs].join('\n  ')}
  ${graph.inputs.map((_, i) => `if (fread(in${i}, sizeof in${i}, 1, in) != 1) exit(5);`).join('\n  ')}
  ${prefix}_run(&memory, ${args.join(', ')});
  ${graph.outputs.map((_, i) => `if (fwrite(out${i}, sizeof out${i}, 1, out) != 1) exit(6);`).join('\n  ')}
}
`;
}
