/** The C core's sources: tables up to date, static analysis, what they need of a C library, the sizes that the README states. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeWithProgram } from '../../../testing/system-packages.js';
import { boards } from '../../src/firmware/boards.js';
import { compileCore, coreFolder, coreSources } from '../../src/firmware/compile-core.js';

describe('C core', () => {
  test('its tables are those of packages/ecg', () => {
    const script = join(dirname(dirname(coreFolder)), 'scripts', 'firmware-tables.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });

  test('no source file is long', () => {
    const lengths = coreSources().map((path) => readFileSync(path, 'utf8').split('\n').length);
    expect(Math.max(...lengths)).toBeLessThan(400);
  });
});

describeWithProgram('cppcheck', 'C core under static analysis', (cppcheck) => {
  test('is clean', () => {
    const flags = ['--std=c11', '--enable=warning,style,performance,portability', '--error-exitcode=1', '-q'];
    const folders = ['-Iinclude', '-Isrc', 'src', 'kernels', 'wasm', 'test'];
    const { status, stderr } = spawnSync(cppcheck, [...flags, ...folders], { cwd: coreFolder, encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
  });
});

describeWithProgram('arm-none-eabi-gcc', 'C core for a Cortex-M4', (compiler) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'edgebeat-sizes-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const flags = ['-mthumb', ...boards[0]!.flags, '-Os'];
  const run = (tool: string, ...args: string[]) =>
    spawnSync(join(dirname(compiler), tool), args, { encoding: 'utf8' }).stdout;

  test('needs three functions of a C library, no heap and no mathematics', () => {
    const output = join(folder, 'core.o');
    compileCore({ compiler, programs: [], output, flags: [...flags, '-r', '-nostdlib'] });
    const needed = run('arm-none-eabi-nm', '-u', output).match(/\S+$/gm);
    expect(needed).toEqual(['memcpy', 'memmove', 'memset']);
    const [, text, data, bss] = /^\s*(\d+)\s+(\d+)\s+(\d+)/m.exec(run('arm-none-eabi-size', output))!;
    expect([Number(data), Number(bss)]).toEqual([0, 0]);
    // The README says 10 kB.
    expect(Number(text)).toBeLessThan(10_240);
  });

  test("with the app needs four more, and the compiler's own division", () => {
    const app = join(coreFolder, 'app');
    const programs = readdirSync(app).filter((file) => file.endsWith('.c'));
    const output = join(folder, 'app.o');
    const arm = [...flags, '-r', '-nostdlib'];
    compileCore({ compiler, programs: programs.map((file) => join(app, file)), output, flags: arm });
    const needed = run('arm-none-eabi-nm', '-u', output).match(/\S+$/gm)!;
    const ofLibrary = needed.filter((name) => !name.startsWith('__aeabi_'));
    expect(ofLibrary).toEqual(['memchr', 'memcmp', 'memcpy', 'memmove', 'memset', 'strcmp', 'strlen']);
    const [, text, data, bss] = /^\s*(\d+)\s+(\d+)\s+(\d+)/m.exec(run('arm-none-eabi-size', output))!;
    expect([Number(data), Number(bss)]).toEqual([0, 0]);
    // The README says 10 kB and 7 kB.
    expect(Number(text)).toBeLessThan(17_408);
  });

  test('its states are as large as the README says', () => {
    const readme = readFileSync(join(coreFolder, 'README.md'), 'utf8');
    const rows = Array.from(readme.matchAll(/^\| `(eb_\w+)` \| ([\d,]+) \|/gm), ([, type, bytes]) => ({
      type: type!,
      bytes: Number(bytes!.replace(',', '')),
    }));
    expect(rows.length).toBeGreaterThanOrEqual(6);
    const headers = ['signal-path', 'verification', 'sample-fifo', 'app/link'].map(
      (name) => `#include "edgebeat/${name}.h"\n`,
    );
    const checks = rows.map(({ type, bytes }) => `_Static_assert(sizeof(${type}) == ${bytes}, "${type}");\n`);
    const program = join(folder, 'sizes.c');
    writeFileSync(program, [...headers, ...checks].join(''));
    compileCore({
      compiler,
      programs: [program],
      output: join(folder, 'sizes.o'),
      flags: [...flags, '-r', '-nostdlib'],
    });
  });
});
