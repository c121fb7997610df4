/** How the files of a firmware become an ELF file: what is called, in which order. */
import { C_FLAGS, type CCompiler, TOOLCHAINS } from '@edgebeat/exporter';
import { type QemuProcessor, qemuBoards } from '@edgebeat/sim-device';
import { UsageError } from '../errors.js';

export interface CompileStep {
  readonly program: string;
  readonly args: readonly string[];
}

const COMMON = [...C_FLAGS, '-O2', '-Wall', '-Wextra', '-Iinclude', '-Isrc', '-Iapp', '-I.', '-Iboards/watch'];

/**
 * @param paths of the files, as they lie in the folder where the steps run
 * @param name of one of the processor's compilers; boards, and the end of all, are gcc's with each
 * @throws UsageError for a compiler that there is none of for this processor
 */
export function compileSteps(
  paths: readonly string[],
  processor: QemuProcessor,
  name: CCompiler,
  output: string,
): CompileStep[] {
  const toolchains = TOOLCHAINS[processor];
  const toolchain = toolchains.find((one) => one.name === name);
  if (toolchain === undefined)
    throw new UsageError(
      `there is no ${name} for ${processor}`,
      `choose ${toolchains.map((one) => one.name).join(', ')}`,
    );
  const sources = paths.filter((path) => path.endsWith('.c'));
  const linker = toolchains[0];
  const link = (inputs: readonly string[]): CompileStep => ({
    program: linker.compiler,
    args: [...COMMON, ...linker.flags, ...linkerFlags(qemuBoards[processor]), ...inputs, '-o', output],
  });
  if (toolchain === linker) return [link(sources)];
  const ofBoard = (path: string) => path.startsWith('boards/');
  const portable = sources.filter((path) => !ofBoard(path));
  // Objects lie in the folder itself: no two sources have the same name.
  const objects = portable.map((path) => `${path.slice(path.lastIndexOf('/') + 1, -'.c'.length)}.o`);
  return [
    { program: toolchain.compiler, args: [...COMMON, ...toolchain.flags, '-c', ...portable] },
    link([...sources.filter(ofBoard), ...objects]),
  ];
}

function linkerFlags(board: string): string[] {
  return [
    ...['-nostartfiles', '-specs=nano.specs', '-Wl,--gc-sections'],
    ...['-T', `boards/${board}/memory.ld`, '-T', 'boards/cortex-m/sections.ld'],
  ];
}
