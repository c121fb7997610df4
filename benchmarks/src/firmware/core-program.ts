/** The C core's signal path as a program on this computer. */
import { HostProgram } from './host-program.js';
import { type Result, readResults } from './results.js';
import { type Stream, streamBytes } from './stream.js';

export class CoreProgram {
  private readonly program: HostProgram;

  /** @param flags more flags for the compiler. @throws BenchError where the compiler is missing or complains. */
  constructor(flags: readonly string[] = [], compiler = 'gcc') {
    this.program = new HostProgram('signal-path-host', flags, compiler);
  }

  /** @returns the results of each stream. @throws BenchError where the program fails. */
  run(streams: readonly Stream[]): Result[][] {
    return readResults(this.program.convert(Buffer.concat(streams.map(streamBytes))));
  }

  /** Deletes the program. */
  remove(): void {
    this.program.remove();
  }
}
