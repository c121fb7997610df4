/** What a compiler makes of the kernels and of model.c: measured by scripts/footprints, one entry for each compiler and its flags. */
import type { KernelName } from '../source/kernels.js';
import type { ArmTarget, CCompiler, Optimization } from '../source/targets.js';

export interface ToolchainFootprint {
  readonly target: ArmTarget;
  readonly compiler: CCompiler;
  readonly optimization: Optimization;
  /** The first line that the compiler says of its version. */
  readonly version: string;
  /** Bytes of code, and bytes of stack with all that it calls (memcpy and memset of newlib, too). */
  readonly kernels: Readonly<Record<KernelName, readonly [code: number, stack: number]>>;
  /** Bytes of code of the function that runs the model: base + call * calls + pointer * pointers that calls are given. */
  readonly run: { readonly base: number; readonly call: number; readonly pointer: number };
  /** Bytes of code of the function that makes the codes of an input. */
  readonly quantizer: number;
  /** Bytes of the frame of the function that runs the model, at most: what it keeps in registers and beside them between calls. */
  readonly frame: { readonly base: number; readonly place: number; readonly most: number };
}
