/** One C file to an object, and what the tools tell of it. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { C_FLAGS } from '../../dist/backends/c/source/targets.js';

/** @returns what the program prints. */
export function run(program, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr || error}`);
  return stdout;
}

export function compilerVersion(compiler) {
  return run(compiler, ['--version']).split('\n')[0];
}

/** @returns symbols with their bytes, and the frames of functions, by name. */
export function compile({ compiler, flags }, optimization, cwd, source, object, include) {
  const args = [...C_FLAGS, ...flags, optimization, '-fstack-usage', ...include.flatMap((path) => ['-I', path])];
  run(compiler, [...args, '-c', source, '-o', object], cwd);
  const usage = readFileSync(`${cwd}/${object.replace(/\.o$/, '.su')}`, 'utf8');
  return {
    symbols: symbolsOf(`${cwd}/${object}`),
    frames: new Map([...usage.matchAll(/(\w+)\t(\d+)\tstatic/g)].map(([, name, bytes]) => [name, Number(bytes)])),
  };
}

/** Functions and constants in an object or a program: lines `address size type name`. */
export function symbolsOf(path) {
  return run('arm-none-eabi-nm', ['-S', '-t', 'd', path])
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((words) => words.length === 4 && /[trTR]/.test(words[2]))
    .map(([, size, type, name]) => ({ name, bytes: Number(size), isCode: /[tT]/.test(type) }));
}
