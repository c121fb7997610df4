/** Sqrt as SQRT, of a float32 tensor. */
import type { Lowering } from './lowering.js';
import { lowerUnary } from './unary.js';

export const lowerSqrt: Lowering<'Sqrt'> = (context, operation) => lowerUnary(context, operation, 'SQRT');
