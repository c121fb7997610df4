/** The C core's signal path as a program on this computer. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BenchError } from '../bench-error.js';
import { compileCore, coreFolder } from './compile-core.js';
import { type Result, readResults } from './results.js';
import { type Stream, streamBytes } from './stream.js';

/** Compiled once, in a folder of its own that `remove` deletes. */
export class CoreProgram {
  private readonly folder = mkdtempSync(join(tmpdir(), 'edgebeat-core-'));
  private readonly program = join(this.folder, 'signal-path-host');

  /**
   * @param flags more flags for the compiler, such as `-fsanitize=address,undefined`.
   * @throws BenchError where the compiler is missing or complains.
   */
  constructor(flags: readonly string[] = [], compiler = 'gcc') {
    const programs = [join(coreFolder, 'test', 'signal-path-host.c')];
    compileCore({ compiler, programs, output: this.program, flags });
  }

  /** @returns the results of each stream. @throws BenchError where the program fails. */
  run(streams: readonly Stream[]): Result[][] {
    const input = join(this.folder, 'input');
    const output = join(this.folder, 'output');
    writeFileSync(input, Buffer.concat(streams.map(streamBytes)));
    const { status, signal, stderr } = spawnSync(this.program, [input, output], { encoding: 'utf8' });
    if (status !== 0) throw new BenchError(`the core ended with ${signal ?? status}: ${stderr}`, '');
    return readResults(readFileSync(output));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
