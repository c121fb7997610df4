/** The constant structs of model.c in memory. */
import type { CValue } from '../program/step.js';

const WORD = 4;

/** Bytes of a struct on a processor with 32-bit pointers: int32_t, float and pointers take a word each, a lone int8_t is filled up to one. */
export function parameterBytes(value: CValue): number {
  if (typeof value !== 'object') return WORD;
  const parts: readonly CValue[] = Array.isArray(value) ? value : Object.values(value);
  return parts.reduce<number>((sum, part) => sum + parameterBytes(part), 0);
}
