/** The generated Makefile and the estimate of the stack, with the compiler for Arm. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeWithProgram } from '../../../../testing/system-packages.js';
import { C_TARGETS, ExportError, toC } from '../../src/index.js';
import { writeFiles } from './native-program.js';
import { randomGraph } from './random-graph.js';

const graph = randomGraph(3);

/** Bytes of each function's frame: lines `file.c:1:2:name<TAB>bytes<TAB>static`. */
function framesOf(file: string): number[] {
  return Array.from(readFileSync(file, 'utf8').matchAll(/\t(\d+)\tstatic/g), ([, bytes]) => Number(bytes));
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

describe.each(C_TARGETS)('Makefile for %s', (target) => {
  const needed = target === 'portable' ? 'cc' : 'arm-none-eabi-gcc';
  describeWithProgram(needed, `with ${needed}`, (compiler) => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'edgebeat-make-'));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test('builds a library, whose functions stay within the stack that is stated', () => {
      const { files, figures } = toC(graph, { target });
      writeFiles(folder, files);
      const env = { ...process.env, PATH: `${dirname(compiler)}:${process.env.PATH}` };
      const optimize = /^OPTIMIZE = (.*)$/m.exec(files.get('Makefile')!)![1]!;
      const { status, stderr } = spawnSync('make', [`OPTIMIZE=${optimize} -fstack-usage`], {
        cwd: folder,
        encoding: 'utf8',
        env,
      });
      expect([status, stderr]).toEqual([0, '']);
      expect(statSync(join(folder, 'libmodel.a')).size).toBeGreaterThan(1000);
      const usage = readdirSync(join(folder, 'kernels')).filter((file) => file.endsWith('.su'));
      expect(usage).toHaveLength([...files.keys()].filter((path) => path.startsWith('kernels/')).length);
      const deepest = Math.max(...usage.map((file) => sum(framesOf(join(folder, 'kernels', file)))));
      const footprint = figures.footprints.find((one) => one.target === target && one.optimization === optimize);
      if (footprint)
        expect(Math.max(...framesOf(join(folder, 'model.su'))) + deepest).toBeLessThanOrEqual(footprint.stackBytes);
    });
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
