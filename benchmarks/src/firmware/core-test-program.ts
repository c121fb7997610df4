/** Programs of firmware-templates/core/test, on this computer or on an emulated board. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BenchError } from '../bench-error.js';
import { armCompiler, type Board, boardCompilation, emulator, emulatorArguments } from './boards.js';
import { compileCore, coreFolder } from './compile-core.js';

/** Flags with which memory errors and undefined behaviour end a program. */
export const sanitizerFlags = ['-fsanitize=address,undefined', '-fno-sanitize-recover=all', '-pthread', '-g'] as const;

export interface ProgramOptions {
  /** More flags for the compiler, such as `sanitizerFlags`. */
  readonly flags?: readonly string[];
  /** The compiler of this computer; `gcc` where not given. */
  readonly compiler?: string;
  /** Where the program runs; this computer where not given. */
  readonly board?: Board;
}

/** No program takes longer, not even emulated (10 min). */
const longestRun = 600_000;

/** Compiled once, in a folder of its own that `remove` deletes. */
export class CoreTestProgram {
  private readonly name: string;
  private readonly board: Board | undefined;
  private readonly folder = mkdtempSync(join(tmpdir(), 'edgebeat-core-'));

  /**
   * @param name of the C file, without extension.
   * @throws BenchError where the compiler is missing or complains.
   */
  constructor(name: string, { flags = [], compiler = 'gcc', board }: ProgramOptions = {}) {
    this.name = name;
    this.board = board;
    const onBoard = board && boardCompilation(board);
    compileCore({
      compiler: board ? armCompiler : compiler,
      programs: [join(coreFolder, 'test', `${name}.c`), ...(onBoard?.programs ?? [])],
      output: join(this.folder, name),
      flags: [...flags, ...(onBoard?.flags ?? [])],
    });
  }

  /** @returns what the program prints. @throws BenchError where it fails. */
  start(...args: readonly string[]): string {
    const path = join(this.folder, this.name);
    const [command, ...all] = this.board ? [emulator, ...emulatorArguments(this.board, path, args)] : [path, ...args];
    const { status, signal, stdout, stderr, error } = spawnSync(command!, all, {
      encoding: 'utf8',
      timeout: longestRun,
    });
    if (status === 0) return stdout;
    const reason = stderr || error?.message || '';
    throw new BenchError(`${this.name} ended with ${signal ?? status}: ${reason}`, 'look at the line that it names');
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
