/** Programs of firmware-templates/core/test on this computer. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BenchError } from '../bench-error.js';
import { compileCore, coreFolder } from './compile-core.js';

/** Flags with which memory errors and undefined behaviour end a program. */
export const sanitizerFlags = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-pthread', '-g'] as const;

/** Compiled once, in a folder of its own that `remove` deletes. */
export class HostProgram {
  private readonly name: string;
  private readonly folder = mkdtempSync(join(tmpdir(), 'edgebeat-core-'));

  /**
   * @param name of the C file, without extension.
   * @param flags more flags for the compiler, such as `sanitizerFlags`.
   * @throws BenchError where the compiler is missing or complains.
   */
  constructor(name: string, flags: readonly string[] = [], compiler = 'gcc') {
    this.name = name;
    const programs = [join(coreFolder, 'test', `${name}.c`)];
    compileCore({ compiler, programs, output: join(this.folder, name), flags });
  }

  /** @returns what the program prints. @throws BenchError where it fails. */
  start(...args: readonly string[]): string {
    const { status, signal, stdout, stderr } = spawnSync(join(this.folder, this.name), args, { encoding: 'utf8' });
    if (status === 0) return stdout;
    throw new BenchError(`${this.name} ended with ${signal ?? status}: ${stderr}`, 'look at the line that it names');
  }

  /** Starts it with an input file and an output file. @returns the bytes of the latter. @throws BenchError where it fails. */
  convert(input: Uint8Array): Uint8Array {
    const inputPath = join(this.folder, 'input');
    const outputPath = join(this.folder, 'output');
    writeFileSync(inputPath, input);
    this.start(inputPath, outputPath);
    return new Uint8Array(readFileSync(outputPath));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
