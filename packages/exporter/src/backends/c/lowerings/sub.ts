/** Sub of codes or real numbers. */
import type { Lowering } from './lowering.js';
import { lowerScaledSum } from './scaled-sum.js';
import { lowerRealPairs } from './spread.js';

export const lowerSub: Lowering<'Sub'> = (context, operation) =>
  context.typeOf(operation.outputs[0]!) === 'int8'
    ? lowerScaledSum(context, operation, 'eb_sub_s8')
    : lowerRealPairs(context, operation, 'eb_sub_f32');
