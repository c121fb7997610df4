/** `eb_quantization`: the ends of float islands. */
import type { Codes } from '../../../interpreter/operands.js';
import { type Argument, parameters } from '../program/step.js';
import { realLiteral } from '../source/literals.js';

export function quantization({ scale, zeroPoint }: Omit<Codes, 'data' | 'dtype' | 'shape'>, count: number): Argument {
  return parameters('eb_quantization', { scale: realLiteral(scale), zero_point: zeroPoint, count });
}
