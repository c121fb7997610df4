/** Runs a compiler, and puts what goes wrong into one line. */
import { spawn } from 'node:child_process';
import { UsageError } from '../errors.js';
import type { CompileStep } from './compile-steps.js';

/** @throws UsageError where the program is missing or complains */
export function runCompiler({ program, args }: CompileStep, cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    child.stderr.on('data', (text) => {
      complaint += text;
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      const isMissing = error.code === 'ENOENT';
      const problem = isMissing ? `${program} is not installed` : `${program} cannot be run: ${error.message}`;
      reject(new UsageError(problem, `on Debian and Ubuntu: apt-get install ${packagesOf(program)}`));
    });
    child.on('close', (status) => {
      if (status === 0) resolve();
      else
        reject(
          new UsageError(
            `the firmware does not compile: ${errorLine(complaint)}`,
            `look at what ${program} says; the flags of a network must not be changed`,
          ),
        );
    });
  });
}

function packagesOf(program: string): string {
  return program.startsWith('clang') ? program : 'gcc-arm-none-eabi libnewlib-arm-none-eabi';
}

function errorLine(complaint: string): string {
  const lines = complaint.split('\n').filter((line) => line.trim() !== '');
  return lines.find((line) => /error|undefined|overflow/i.test(line)) ?? lines.at(-1) ?? 'the compiler says nothing';
}
