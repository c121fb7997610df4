/** The generated Makefile, and what it builds against the flash and stack that were predicted, with each compiler for Arm. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeWithProgram } from '../../../../testing/system-packages.js';
import { ARM_TARGETS, cFigures, ExportError, TOOLCHAINS, toC } from '../../src/index.js';
import { writeFiles } from './native-program.js';
import { randomGraph } from './random-graph.js';

const graph = randomGraph(3);
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'edgebeat-make-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(program: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  expect([program, status, stderr]).toEqual([program, 0, '']);
  return stdout;
}

/** Bytes of all functions and constants in a library, by whether they are of weights.o: lines `address size type name`. */
function libraryBytes(): { weights: number; code: number } {
  const members = run('arm-none-eabi-nm', '-S', '-t', 'd', 'libmodel.a').split(/^(?=\S+\.o:$)/m);
  const bytesOf = (isWeights: boolean) =>
    members
      .filter((text) => text.startsWith('weights.o') === isWeights)
      .flatMap((text) => Array.from(text.matchAll(/^\d+ (\d+) [tTrR] /gm), ([, bytes]) => Number(bytes)))
      .reduce((sum, bytes) => sum + bytes, 0);
  return { weights: bytesOf(true), code: bytesOf(false) };
}

/** Bytes of a function's own frame: lines `file.c:1:2:name<TAB>bytes<TAB>static`. */
function frameOf(name: string, file: string): number {
  return Number(new RegExp(`:${name}\\t(\\d+)\\tstatic`).exec(readFileSync(join(folder, file), 'utf8'))![1]);
}

const builds = ARM_TARGETS.flatMap((target) =>
  TOOLCHAINS[target].map(({ name, compiler }) => ({ target, compiler: name, program: compiler })),
);

describeWithProgram('arm-none-eabi-gcc', 'the Makefile', () => {
  describeWithProgram('clang', 'with gcc and clang', () => {
    test.each(builds)('for $target with $compiler: weights to the byte, code within 5 %, stack', (build) => {
      const { target, compiler, program } = build;
      const { files } = toC(graph, { target });
      writeFiles(folder, files);
      run('make', '-s', 'clean');
      run('make', '-s', `COMPILER=${compiler}`, 'OPTIMIZE=-O2 -fstack-usage');
      const { weightBytes, footprints } = cFigures(graph);
      const predicted = footprints.find(
        (one) => one.target === target && one.compiler === compiler && one.optimization === '-O2',
      )!;
      const { weights, code } = libraryBytes();
      expect(weights).toBe(weightBytes);
      const isMeasuredCompiler = run(program, '--version').startsWith(predicted.version);
      expect(Math.abs(predicted.codeBytes / code - 1)).toBeLessThan(isMeasuredCompiler ? 0.05 : 0.15);
      const kernels = [...files.keys()].flatMap((path) => /^kernels\/(\w+)\.c$/.exec(path)?.slice(1) ?? []);
      const deepest = Math.max(...kernels.map((kernel) => frameOf(kernel, `kernels/${kernel}.su`)));
      const stack = frameOf('eb_model_run', 'model.su') + deepest;
      if (isMeasuredCompiler) expect(predicted.stackBytes).toBeGreaterThanOrEqual(stack);
      expect(predicted.stackBytes).toBeLessThan(1.5 * stack);
    });
  });
});

describeWithProgram('cc', 'the Makefile of the portable target', (compiler) => {
  test('builds a library with the compiler of this computer', () => {
    writeFiles(folder, toC(graph).files);
    run('make', '-s', 'clean');
    run('make', '-s', `CC=${compiler}`);
    expect(run('nm', 'libmodel.a')).toMatch(/ T eb_model_run$/m);
  });
});

describe('options that do not fit', () => {
  test.each([
    [{ prefix: 'My-Model' }, 'prefix "My-Model" is no C name'],
    [{ alignment: 12 }, 'an alignment of 12 is not possible'],
  ])('%p', (options, message) => {
    expect(() => toC(graph, options)).toThrow(ExportError);
    expect(() => toC(graph, options)).toThrow(message);
  });
});
