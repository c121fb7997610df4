/** What a network in C needs of a board: predicted for each processor, by gcc with -O2. */
import { DEFAULT_ALIGNMENT, figuresOf } from '../backends/c/figures.js';
import type { Program } from '../backends/c/program/program.js';
import type { Core } from './cores.js';

export interface NetworkNeed {
  readonly weightBytes: number;
  readonly arenaBytes: number;
  /** Code with its constants. */
  readonly codeBytes: number;
  /** Code and weights. */
  readonly flashBytes: number;
  /** Arena, inputs, outputs, stack of a run. */
  readonly ramBytes: number;
}

/** Where nothing was compiled for a processor, it is taken to need as much as a Cortex-M4F. */
const OTHERWISE: Core = 'cortex-m4f';

export function networkNeeds(program: Program): (core: Core | undefined) => NetworkNeed {
  const { weightBytes, arenaBytes, footprints } = figuresOf(program, DEFAULT_ALIGNMENT);
  return (core = OTHERWISE) => {
    const { codeBytes, flashBytes, ramBytes, stackBytes } = footprints.find(
      ({ target, compiler, optimization }) => target === core && compiler === 'gcc' && optimization === '-O2',
    )!;
    return { weightBytes, arenaBytes, codeBytes, flashBytes, ramBytes: ramBytes + stackBytes };
  };
}
