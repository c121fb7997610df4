/** Flash, RAM and stack of a program, before it is compiled. */
import { alignUp } from '../../../arena/arena-block.js';
import { ELEMENT_BYTES } from '../program/buffer.js';
import type { Program } from '../program/program.js';
import type { KernelName } from '../source/kernels.js';
import type { ArmTarget, CCompiler, Optimization } from '../source/targets.js';
import { programSize } from './program-size.js';
import type { ToolchainFootprint } from './toolchain-footprint.js';

export interface CFootprint {
  readonly target: ArmTarget;
  readonly compiler: CCompiler;
  readonly optimization: Optimization;
  /** Of the compiler by which the kernels were measured, as it says itself; another one makes other code. */
  readonly version: string;
  /** model.c with the constants in it, and the kernels that it calls; within 5 % of what the linker puts there. */
  readonly codeBytes: number;
  /** Code and weights, each array from a multiple of 4 bytes on. */
  readonly flashBytes: number;
  /** The arena, and the caller's memory for inputs and outputs. */
  readonly ramBytes: number;
  /** Of a run, at most: its own frame and that of the deepest kernel. Interrupts take theirs on top. */
  readonly stackBytes: number;
}

/** Frames are multiples of 8 bytes. */
const FRAME_ALIGNMENT = 8;
const ARRAY_ALIGNMENT = 4;

/**
 * @param kernels those that are compiled
 * @param arenaBytes as declared by model.h
 */
export function predictFootprint(
  program: Program,
  kernels: readonly KernelName[],
  arenaBytes: number,
  toolchain: ToolchainFootprint,
): CFootprint {
  const { target, compiler, optimization, version, run, quantizer } = toolchain;
  const { calls, pointers, places, inputs, parameterBytes } = programSize(program);
  const code = [
    ...kernels.map((kernel) => toolchain.kernels[kernel][0]),
    Math.round(run.base + run.call * calls + run.pointer * pointers),
    quantizer * inputs,
    parameterBytes,
  ];
  const codeBytes = sum(code);
  const arrays = program.constants.map(({ data }) => alignUp(data.byteLength, ARRAY_ALIGNMENT));
  const own = [...program.inputs, ...program.outputs].map(({ buffer }) => buffer.count * ELEMENT_BYTES[buffer.type]);
  const deepest = Math.max(0, ...program.steps.map(({ kernel }) => toolchain.kernels[kernel][1]));
  return {
    ...{ target, compiler, optimization, version, codeBytes },
    flashBytes: codeBytes + sum(arrays),
    ramBytes: arenaBytes + sum(own),
    stackBytes: frameBytes(places, toolchain) + deepest,
  };
}

/** Each place may be kept through calls; from some number on the compiler computes them anew. */
function frameBytes(places: number, { frame: { base, place, most } }: ToolchainFootprint): number {
  return Math.min(most, alignUp(base + place * places, FRAME_ALIGNMENT));
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
