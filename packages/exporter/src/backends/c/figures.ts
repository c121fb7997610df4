/** What the generated code needs. */
import type { Program } from './program/program.js';

export interface CFigures {
  /** RAM, besides inputs and outputs. */
  readonly arenaBytes: number;
  /** The most that is in use at one step: no arena of these steps can be smaller. */
  readonly arenaLowerBound: number;
  /** Of everything in the arena. */
  readonly alignment: number;
  /** Flash, besides code: weights, biases, multipliers, tables. */
  readonly weightBytes: number;
  /** An estimate: frames of `run` and of the deepest kernel, with room to spare. */
  readonly stackBytes: number;
  /** Calls of kernels. */
  readonly steps: number;
}

/** Kernels call at most one function that is not inlined, and have no arrays on the stack. */
const STACK_BYTES = 512;

export function figuresOf({ arena, constants, steps }: Program, alignment: number): CFigures {
  return {
    arenaBytes: arena.bytes,
    arenaLowerBound: arena.lowerBound,
    alignment,
    weightBytes: constants.reduce((sum, { data }) => sum + data.byteLength, 0),
    stackBytes: STACK_BYTES,
    steps: steps.length,
  };
}
