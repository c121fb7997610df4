/** A program beside this process. */
import { spawn } from 'node:child_process';
import { BenchError } from '../bench-error.js';

export interface RunOptions {
  readonly cwd?: string;
  /** In milliseconds. */
  readonly timeout?: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** What a message of a program is cut to. */
const LONGEST_MESSAGE = 4000;

/** @returns what it prints. @throws BenchError with its own words where it fails, or is missing. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<{ readonly stdout: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (data: Buffer) => stdout.push(data));
    child.stderr.on('data', (data: Buffer) => stderr.push(data));
    child.on('error', (error) => reject(new BenchError(`${program} cannot be run: ${error.message}`, 'install it')));
    child.on('close', (status, signal) => {
      if (status === 0) return resolve({ stdout: Buffer.concat(stdout).toString() });
      const words = Buffer.concat(stderr).toString().slice(0, LONGEST_MESSAGE);
      reject(new BenchError(`${program} ended with ${signal ?? status}: ${words}`, 'correct what it names'));
    });
  });
}
