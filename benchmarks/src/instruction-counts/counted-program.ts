/** Generated networks on an emulated board, with the instructions of every call of a kernel counted. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type IntegerGraph, toC } from '@edgebeat/exporter';
import { BenchError } from '../bench-error.js';
import {
  armCompiler,
  type Board,
  boardCompilation,
  boardsFolder,
  emulator,
  emulatorArguments,
} from '../firmware/boards.js';
import { coreFlags } from '../firmware/compile-core.js';

/** Every instruction takes 2^10 ns of virtual time. */
const COUNTING = ['-icount', 'shift=10'];
/** No program takes longer (30 min). */
const LONGEST_RUN = 1_800_000;

/**
 * Runs each graph once on noise.
 *
 * @returns for each graph the instructions of its steps, in the order of the generated code
 * @throws BenchError where the compiler complains or a program fails
 */
export function countInstructions(board: Board, graphs: readonly IntegerGraph[]): number[][] {
  const folder = mkdtempSync(join(tmpdir(), 'edgebeat-count-'));
  try {
    write(folder, sourcesOf(graphs));
    compile(folder, board);
    return run(folder, board, graphs.length);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** A folder for each network; kernels once. */
function sourcesOf(graphs: readonly IntegerGraph[]): Map<string, string> {
  const files = new Map<string, string>();
  graphs.forEach((graph, index) => {
    for (const [path, text] of toC(graph, { prefix: `n${index}` }).files) {
      if (/^(kernels|include)\//.test(path)) files.set(path, text);
      else if (path === 'model.c') files.set(`n${index}/${path}`, counted(text));
      else if (/\.[ch]$/.test(path)) files.set(`n${index}/${path}`, text);
    }
    files.set(`n${index}/once.c`, onceOf(graph, index));
  });
  files.set('main.c', mainOf(graphs.length));
  files.set('tell-count.h', TELL_COUNT);
  return files;
}

/** The calls of kernels stand in lines of their own. */
function counted(model: string): string {
  const calls = model.replace(/^ {2}(eb_\w+\(.*\);)$/gm, '  begin_count();\n  $1\n  end_count();');
  return `#include "tell-count.h"\n${calls}`;
}

const sizeOf = (graph: IntegerGraph, tensor: string) =>
  graph.tensors.get(tensor)!.shape.reduce((count, size) => count * size, 1);

function onceOf(graph: IntegerGraph, index: number): string {
  const outputs = graph.outputs.map(({ tensor }, i) => {
    const type = graph.tensors.get(tensor)!.dtype === 'float32' ? 'float' : 'int8_t';
    return `static ${type} output${i}[${sizeOf(graph, tensor)}];`;
  });
  const inputs = graph.inputs.map((tensor, i) => `static int8_t input${i}[${sizeOf(graph, tensor)}];`);
  const args = [...inputs.map((_, i) => `input${i}`), ...outputs.map((_, i) => `output${i}`)].join(', ');
  return `#include "model.h"
#include "../tell-count.h"

static n${index}_memory memory;
${[...inputs, ...outputs].join('\n')}

void n${index}_once(void);

void n${index}_once(void) {
${graph.inputs.map((_, i) => `  for (uint32_t i = 0; i < sizeof input${i}; i++) input${i}[i] = next_code();`).join('\n')}
  n${index}_run(&memory, ${args});
}
`;
}

function mainOf(count: number): string {
  const each = Array.from({ length: count }, (_, i) => i);
  return `#include <stdio.h>
#include "tell-count.h"

${each.map((i) => `void n${i}_once(void);`).join('\n')}

static uint64_t counts[4096];
static uint32_t told;
static uint64_t begun;
static uint64_t idle;
static uint32_t state = 1;

void begin_count(void) { begun = instructions_now(); }
void end_count(void) { counts[told++] = instructions_now() - begun - idle; }

int8_t next_code(void) {
  int32_t sum = 0;
  for (uint32_t i = 0; i < 4; i++) {
    state = state * 1664525U + 1013904223U;
    sum += (int32_t)(state >> 26);
  }
  return (int8_t)(sum - 126);
}

static void report(uint32_t network) {
  for (uint32_t i = 0; i < told; i++) printf("%lu %lu\\n", (unsigned long)network, (unsigned long)counts[i]);
  told = 0;
}

int main(void) {
  instructions_start();
  begin_count();
  end_count();
  idle = counts[--told];
${each.map((i) => `  n${i}_once();\n  report(${i});`).join('\n')}
  return 0;
}
`;
}

const TELL_COUNT = `#ifndef TELL_COUNT_H
#define TELL_COUNT_H
#include "instructions.h"
void begin_count(void);
void end_count(void);
int8_t next_code(void);
#endif
`;

function compile(folder: string, board: Board): void {
  const { programs, flags } = boardCompilation(board);
  const counter = join(boardsFolder, 'watch');
  const own = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.c'));
  const sources = [...own, ...programs, join(counter, 'instructions.c')];
  const args = [...coreFlags, ...flags, '-fdata-sections', '-I.', '-Iinclude', `-I${counter}`, ...sources];
  const result = spawnSync(armCompiler, [...args, '-o', 'counted'], { cwd: folder, encoding: 'utf8' });
  if (result.status !== 0)
    throw new BenchError(
      `what is counted does not compile:\n${result.stderr ?? result.error}`,
      'correct what it names',
    );
}

function run(folder: string, board: Board, networks: number): number[][] {
  const args = [...COUNTING, ...emulatorArguments(board, join(folder, 'counted'), [])];
  const { status, signal, stdout, stderr, error } = spawnSync(emulator, args, {
    encoding: 'utf8',
    timeout: LONGEST_RUN,
  });
  if (status !== 0)
    throw new BenchError(`the count ended with ${signal ?? status}: ${stderr || (error?.message ?? '')}`, '');
  const counts: number[][] = Array.from({ length: networks }, () => []);
  for (const line of stdout.trim().split('\n')) {
    const [network, instructions] = line.split(' ').map(Number) as [number, number];
    counts[network]!.push(instructions);
  }
  return counts;
}
