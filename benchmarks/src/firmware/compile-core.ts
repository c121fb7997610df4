/** Compiles programs with the firmware's C core, for this computer or another one. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BenchError } from '../bench-error.js';

/** firmware-templates/core. */
export const coreFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'firmware-templates', 'core');

/** What keeps float32 at one rounding per operation, and every warning an error. */
export const coreFlags = [
  ...['-std=c11', '-O2', '-ffp-contract=off', '-fno-fast-math', '-fno-math-errno'],
  ...['-Wall', '-Wextra', '-Werror', '-Wconversion', '-Wdouble-promotion', '-Wshadow'],
] as const;

/** Paths of the core's source files. */
export function coreSources(): string[] {
  const folder = join(coreFolder, 'src');
  const files = readdirSync(folder).filter((file) => file.endsWith('.c'));
  return files.sort().map((file) => join(folder, file));
}

export interface Compilation {
  /** `gcc` where not given. */
  readonly compiler?: string;
  /** C files that go with the core. */
  readonly programs: readonly string[];
  readonly output: string;
  /** More flags: sanitizers, a processor, `-c`. */
  readonly flags?: readonly string[];
}

/** @throws BenchError with the compiler's own words where it complains, or is missing. */
export function compileCore({ compiler = 'gcc', programs, output, flags = [] }: Compilation): void {
  const folders = ['-I', join(coreFolder, 'include'), '-I', join(coreFolder, 'src')];
  const sources = [...coreSources(), ...programs];
  const result = spawnSync(compiler, [...coreFlags, ...flags, ...folders, ...sources, '-o', output], {
    encoding: 'utf8',
  });
  if (result.error) throw new BenchError(`${compiler} cannot be run: ${result.error.message}`, 'install a C compiler');
  if (result.status !== 0)
    throw new BenchError(`${compiler} does not compile the core:\n${result.stderr}`, 'correct what it names');
}
