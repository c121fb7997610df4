/** The C core's signal path as a program. */
import { CoreTestProgram, type ProgramOptions } from './core-test-program.js';
import { type Result, readResults } from './results.js';
import { type Stream, streamBytes } from './stream.js';

export class SignalPathProgram {
  private readonly program: CoreTestProgram;

  /** @throws BenchError where the compiler is missing or complains. */
  constructor(options: ProgramOptions = {}) {
    this.program = new CoreTestProgram('signal-path-host', options);
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
