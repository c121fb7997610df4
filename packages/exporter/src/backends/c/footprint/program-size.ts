/** What of a program decides how large its model.c becomes. */
import type { Program } from '../program/program.js';
import { parameterBytes } from './parameter-bytes.js';

export interface ProgramSize {
  /** Of kernels. */
  readonly calls: number;
  /** That calls are given, without those to constant structs. */
  readonly pointers: number;
  /** Places that calls are pointed to: buffers in the arena, inputs and outputs. */
  readonly places: number;
  readonly inputs: number;
  /** Of constant structs. */
  readonly parameterBytes: number;
}

/** Scale, zero point and count of an input: an `eb_quantization`. */
const QUANTIZATION_BYTES = 12;

export function programSize({ steps, inputs, outputs, arena }: Program): ProgramSize {
  const args = steps.flatMap((step) => step.arguments);
  const structs = args.flatMap((one) => (one.kind === 'parameters' ? [parameterBytes(one.value)] : []));
  return {
    calls: steps.length,
    pointers: args.filter(({ kind }) => kind === 'read' || kind === 'write' || kind === 'scratch').length,
    places: new Set(arena.offsets.values()).size + inputs.length + outputs.length,
    inputs: inputs.length,
    parameterBytes: structs.reduce((sum, bytes) => sum + bytes, inputs.length * QUANTIZATION_BYTES),
  };
}
