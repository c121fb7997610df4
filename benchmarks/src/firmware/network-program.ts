/** A network's generated C as a program, on this computer or on an emulated board. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { type CCompiler, type IntegerGraph, TOOLCHAINS, type Toolchain, toC } from '@edgebeat/exporter';
import { BenchError } from '../bench-error.js';
import { answerSize, splitAnswers } from './answers.js';
import { armCompiler, type Board, boardCompilation, emulator, emulatorArguments } from './boards.js';
import { coreFlags } from './compile-core.js';
import { type LinkedFigures, linkedFigures } from './linked-figures.js';
import { networkMain } from './network-main.js';
import { runProgram } from './run-program.js';

/** No batch of windows takes longer, not even emulated on a busy computer (60 min). */
const LONGEST_RUN = 3_600_000;

export interface NetworkProgramOptions {
  /** Where the program runs; this computer where not given. */
  readonly board?: Board;
  /** Of the board's processor; the usual one where not given. */
  readonly compiler?: CCompiler;
}

export interface NetworkRun {
  /** Bytes of all outputs of each window, in the order of the graph's outputs. */
  readonly answers: readonly Uint8Array[];
  /** What the runs have written to below their caller's stack; undefined on this computer. */
  readonly stackBytes: number | undefined;
}

/** Compiled once, in a folder of its own that `remove` deletes. */
export class NetworkProgram {
  private readonly graph: IntegerGraph;
  private readonly board: Board | undefined;
  private readonly folder = mkdtempSync(join(tmpdir(), 'edgebeat-network-'));
  private readonly modelObjects: readonly string[];
  private readonly compiler: string;

  private constructor(
    graph: IntegerGraph,
    { board, compiler = 'gcc' }: NetworkProgramOptions,
    sources: readonly string[],
  ) {
    this.graph = graph;
    this.board = board;
    this.compiler = board ? toolchainOf(board, compiler).compiler : 'gcc';
    this.modelObjects = sources.map((path) => basename(path).replace(/\.c$/, '.o'));
  }

  /**
   * @param graph with one input
   * @throws BenchError where the compiler is missing or complains; ExportError for a graph that C cannot run.
   */
  static async compile(graph: IntegerGraph, options: NetworkProgramOptions = {}): Promise<NetworkProgram> {
    const { files } = toC(graph);
    const sources = [...files.keys()].filter((path) => path.endsWith('.c'));
    const program = new NetworkProgram(graph, options, sources);
    try {
      for (const [path, text] of [
        ...files,
        ['main.c', networkMain(graph, files.get('model.h')!, options.board !== undefined)] as const,
      ]) {
        mkdirSync(dirname(join(program.folder, path)), { recursive: true });
        writeFileSync(join(program.folder, path), text);
      }
      await program.#build(sources, options);
      return program;
    } catch (thrown) {
      program.remove();
      throw thrown;
    }
  }

  /**
   * @param windows codes of the input, one array for each window
   * @throws BenchError where the program fails
   */
  async run(windows: readonly Int8Array[]): Promise<NetworkRun> {
    const [input, output, program] = ['input', 'output', 'network'].map((name) => join(this.folder, name));
    writeFileSync(input!, Buffer.concat(windows.map((codes) => Buffer.from(codes))));
    const args = [input!, output!];
    const { stdout } = await (this.board
      ? runProgram(emulator, emulatorArguments(this.board, program!, args), { timeout: LONGEST_RUN })
      : runProgram(program!, args, { timeout: LONGEST_RUN }));
    const answers = splitAnswers(new Uint8Array(readFileSync(output!)), answerSize(this.graph));
    if (answers.length !== windows.length)
      throw new BenchError(`of ${windows.length} windows ${answers.length} were answered`, 'look at main.c');
    const [, stack] = /stack (\d+)/.exec(stdout) ?? [];
    return { answers, stackBytes: stack === undefined ? undefined : Number(stack) };
  }

  /** What the linker has made of the model. @throws BenchError where the tools for Arm are missing. */
  linked(): Promise<LinkedFigures> {
    return linkedFigures(this.folder, 'network', this.modelObjects);
  }

  /** @param version the first line that a compiler says of itself */
  async isCompiledBy(version: string): Promise<boolean> {
    const { stdout } = await runProgram(this.compiler, ['--version']);
    return stdout.split('\n')[0] === version;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #build(sources: readonly string[], { board, compiler = 'gcc' }: NetworkProgramOptions): Promise<void> {
    const onBoard = board && boardCompilation(board);
    const inFolder = { cwd: this.folder };
    const include = ['-I.', '-Iinclude'];
    const modelFlags = [...coreFlags, ...(board ? toolchainOf(board, compiler).flags : []), ...include];
    await runProgram(this.compiler, [...modelFlags, '-c', ...sources], inFolder);
    const programs = ['main.c', ...this.modelObjects, ...(onBoard?.programs ?? [])];
    const linkFlags = [...coreFlags, ...(onBoard?.flags ?? []), ...include];
    await runProgram(board ? armCompiler : 'gcc', [...linkFlags, '-o', 'network', ...programs], inFolder);
  }
}

function toolchainOf(board: Board, compiler: CCompiler): Toolchain {
  const toolchain = TOOLCHAINS[board.target].find(({ name }) => name === compiler);
  if (toolchain) return toolchain;
  throw new BenchError(`${board.processor} is not compiled for by ${compiler}`, 'the usual compiler is gcc');
}
