/** Where the C core can run on this computer: natively, and on the boards that are emulated. */
import { spawnSync } from 'node:child_process';
import { BenchError } from '../bench-error.js';
import { armCompiler, boards, emulator } from './boards.js';
import { networkTargets } from './network-targets.js';
import { SignalPathProgram } from './signal-path-program.js';

/** Of the signal path; networks run on `networkTargets`. */
export const targetNames: readonly string[] = ['native', ...boards.map(({ name }) => name)];

/** Programs that a target needs and that cannot be started here. */
export function missingPrograms(target: string): string[] {
  const other = networkTargets.find(({ name }) => name === target)?.needs ?? [armCompiler, emulator];
  return other.filter((program) => spawnSync(program, ['--version']).status !== 0);
}
/** The signal path, compiled for a target. @throws BenchError for an unknown target, or what its program needs. */
export function compileFor(target: string): SignalPathProgram {
  const board = boards.find(({ name }) => name === target);
  if (target !== 'native' && !board)
    throw new BenchError(`there is no target ${target}`, `there are ${targetNames.join(', ')}`);
  const missing = missingPrograms(target);
  if (missing.length > 0)
    throw new BenchError(
      `${target} needs ${missing.join(' and ')}`,
      'apt-get install gcc gcc-arm-none-eabi libnewlib-arm-none-eabi qemu-system-arm',
    );
  return new SignalPathProgram(board ? { board } : {});
}
