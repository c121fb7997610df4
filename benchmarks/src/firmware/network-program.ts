/** A network's generated C as a program, on this computer or on an emulated board. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type IntegerGraph, toC } from '@edgebeat/exporter';
import { BenchError } from '../bench-error.js';
import { armCompiler, boardCompilation, emulator, emulatorArguments } from './boards.js';
import { coreFlags } from './compile-core.js';
import type { ProgramOptions } from './core-test-program.js';

/** No program takes longer, not even emulated (10 min). */
const longestRun = 600_000;

/** Compiled once, in a folder of its own that `remove` deletes. */
export class NetworkProgram {
  private readonly graph: IntegerGraph;
  private readonly board: ProgramOptions['board'];
  private readonly folder = mkdtempSync(join(tmpdir(), 'edgebeat-network-'));

  /**
   * @param graph with one input and int8 outputs.
   * @throws BenchError where the compiler is missing or complains; ExportError for a graph that C cannot run.
   */
  constructor(graph: IntegerGraph, { flags = [], compiler = 'gcc', board }: ProgramOptions = {}) {
    this.graph = graph;
    this.board = board;
    const files = new Map([...toC(graph).files, ['main.c', mainOf(graph)]]);
    for (const [path, text] of files) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
    const onBoard = board && boardCompilation(board);
    const sources = [...files.keys()].filter((path) => path.endsWith('.c'));
    const all = [...coreFlags, ...flags, ...(onBoard?.flags ?? []), '-I.', '-Iinclude', '-o', 'network', ...sources];
    const result = spawnSync(board ? armCompiler : compiler, [...all, ...(onBoard?.programs ?? [])], {
      cwd: this.folder,
      encoding: 'utf8',
    });
    if (result.status !== 0)
      throw new BenchError(`the network does not compile:\n${result.stderr ?? result.error}`, 'correct what it names');
  }

  /**
   * @param windows codes of the input, one array for each window
   * @returns all outputs of each window, by name
   * @throws BenchError where the program fails
   */
  run(windows: readonly Int8Array[]): Record<string, Int8Array>[] {
    const [input, output] = [join(this.folder, 'input'), join(this.folder, 'output')];
    writeFileSync(input, Buffer.concat(windows.map((codes) => Buffer.from(codes))));
    const path = join(this.folder, 'network');
    const args = [input, output];
    const [command, ...all] = this.board ? [emulator, ...emulatorArguments(this.board, path, args)] : [path, ...args];
    const { status, signal, stderr, error } = spawnSync(command!, all, { encoding: 'utf8', timeout: longestRun });
    if (status !== 0)
      throw new BenchError(`the network ended with ${signal ?? status}: ${stderr || (error?.message ?? '')}`, '');
    const bytes = new Int8Array(readFileSync(output));
    let at = 0;
    return windows.map(() =>
      Object.fromEntries(
        this.graph.outputs.map(({ name, tensor }) => {
          const length = sizeOf(this.graph, tensor);
          at += length;
          return [name, bytes.slice(at - length, at)];
        }),
      ),
    );
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function sizeOf(graph: IntegerGraph, tensor: string): number {
  return graph.tensors.get(tensor)!.shape.reduce((count, size) => count * size, 1);
}

/** Runs the network for each window of one file and writes its outputs to another. */
function mainOf(graph: IntegerGraph): string {
  const [input] = graph.inputs as [string];
  const outputs = graph.outputs.map(({ tensor }, i) => `static int8_t output${i}[${sizeOf(graph, tensor)}];`);
  return `#include <stdio.h>
#include "model.h"

static eb_model_memory memory;
static int8_t input[${sizeOf(graph, input)}];
${outputs.join('\n')}

int main(int count, char **words) {
  if (count != 3) return 2;
  FILE *in = fopen(words[1], "rb");
  FILE *out = fopen(words[2], "wb");
  if (in == NULL || out == NULL) return 3;
  while (fread(input, sizeof input, 1, in) == 1) {
    eb_model_run(&memory, input, ${graph.outputs.map((_, i) => `output${i}`).join(', ')});
    ${graph.outputs.map((_, i) => `if (fwrite(output${i}, sizeof output${i}, 1, out) != 1) return 4;`).join('\n    ')}
  }
  return fclose(out) == 0 ? 0 : 5;
}
`;
}
