/** The program that the generated code is: calls of kernels, one after the other. */
import type { KernelName } from '../source/kernels.js';
import type { Buffer } from './buffer.js';

/** What stands in a C initializer: numbers as they are written, lists, and structs by the names of their fields. */
export type CValue = string | number | readonly CValue[] | { readonly [field: string]: CValue };

/** A place within a buffer, in elements from its begin. */
export interface Location {
  readonly buffer: Buffer;
  readonly offset: number;
}

export type Argument =
  /** Pointer to a constant struct of this type. */
  | { readonly kind: 'parameters'; readonly type: string; readonly value: CValue }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'constant'; readonly name: string }
  | { readonly kind: 'read'; readonly location: Location }
  | { readonly kind: 'write'; readonly location: Location }
  | { readonly kind: 'scratch'; readonly buffer: Buffer };

export interface Step {
  /** Of the operation it belongs to: `stem.conv1: Conv [1, 3, 160] to [1, 32, 80]`. */
  readonly comment: string;
  /** A C identifier that tells what the step is. */
  readonly name: string;
  readonly kernel: KernelName;
  readonly arguments: readonly Argument[];
  /** Inputs that are read element by element before their place in the output is written. */
  readonly replaceable: readonly Buffer[];
}

export const read = (location: Location): Argument => ({ kind: 'read', location });
export const write = (location: Location): Argument => ({ kind: 'write', location });
export const parameters = (type: string, value: CValue): Argument => ({ kind: 'parameters', type, value });
