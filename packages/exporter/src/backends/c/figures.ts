/** What the generated code needs. */
import type { IntegerGraph } from '../../integer/integer-graph.js';
import { IntegerInterpreter } from '../../interpreter/integer-interpreter.js';
import { type CFootprint, predictFootprint } from './footprint/predict-footprint.js';
import { TOOLCHAIN_FOOTPRINTS } from './footprint/toolchain-footprints.js';
import { type Program, programOf } from './program/program.js';
import type { KernelName } from './source/kernels.js';

export interface CFigures {
  /** RAM, besides inputs and outputs: as model.h declares it. */
  readonly arenaBytes: number;
  /** The most that is in use at one step: no arena of these steps can be smaller. */
  readonly arenaLowerBound: number;
  /** Of everything in the arena. */
  readonly alignment: number;
  /** Flash, besides code: weights, biases, multipliers, tables. The arrays of weights.c, to the byte. */
  readonly weightBytes: number;
  /** Calls of kernels. */
  readonly steps: number;
  /** Predicted for each processor, compiler and optimization. */
  readonly footprints: readonly CFootprint[];
}

/** Of everything in the arena, in bytes, unless told otherwise. */
export const DEFAULT_ALIGNMENT = 16;

/**
 * What the C of a graph needs, without writing it: arena and weights to the byte, code within 5 %, a bound of the stack.
 *
 * @throws ExportError for what `toC` refuses
 */
export function cFigures(graph: IntegerGraph, alignment = DEFAULT_ALIGNMENT): CFigures {
  // Checks the graph: what it refuses has no meaning here either.
  new IntegerInterpreter(graph);
  return figuresOf(programOf(graph, 'eb_model', alignment), alignment);
}

export function figuresOf(program: Program, alignment: number): CFigures {
  const { arena, constants, steps } = program;
  const arenaBytes = declaredArenaBytes(program, alignment);
  const kernels = kernelsOf(program);
  return {
    arenaBytes,
    arenaLowerBound: arena.lowerBound,
    alignment,
    weightBytes: constants.reduce((sum, { data }) => sum + data.byteLength, 0),
    steps: steps.length,
    footprints: TOOLCHAIN_FOOTPRINTS.map((one) => predictFootprint(program, kernels, arenaBytes, one)),
  };
}

/** An array has one element at least. */
export function declaredArenaBytes({ arena }: Program, alignment: number): number {
  return Math.max(arena.bytes, alignment);
}

/** Those that model.c calls, by their names. */
export function kernelsOf({ steps }: Program): readonly KernelName[] {
  return [...new Set([...steps.map(({ kernel }) => kernel), 'eb_quantize_s8' as const])].sort();
}
