/** Square roots of real numbers. */
import type { Lowering } from './lowering.js';
import { lowerUnary } from './unary.js';

export const lowerSqrt: Lowering<'Sqrt'> = (context, operation) =>
  lowerUnary(context, operation, 'eb_sqrt_f32', (count) => [{ kind: 'number', value: count }]);
