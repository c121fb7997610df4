/** `eb_code_range` and `eb_rescaling` as initializers. */
import type { QuantizedMultiplier } from '../../../integer/fixed-point.js';
import type { Clamp } from '../../../integer/operations.js';
import type { CValue } from '../program/step.js';

export function codeRange({ zeroPoint }: { readonly zeroPoint: number }, { least, most }: Clamp): CValue {
  return { zero_point: zeroPoint, least, most };
}

export function rescaling({ multiplier, shift }: QuantizedMultiplier): CValue {
  return { multiplier, shift };
}
