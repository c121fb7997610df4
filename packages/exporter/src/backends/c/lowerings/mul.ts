/** Mul of codes or real numbers. */
import type { Operation } from '../../../integer/integer-graph.js';
import { mulMultiplier } from '../../../integer/multipliers.js';
import type { LoweringContext } from '../lowering-context.js';
import { parameters } from '../program/step.js';
import { codeRange, rescaling } from './code-range.js';
import type { Lowering } from './lowering.js';
import { lowerRealPairs, spreadOperands } from './spread.js';

export const lowerMul: Lowering<'Mul'> = (context, operation) =>
  context.typeOf(operation.outputs[0]!) === 'int8'
    ? lowerCodes(context, operation)
    : lowerRealPairs(context, operation, 'eb_mul_f32');

function lowerCodes(context: LoweringContext, operation: Operation<'Mul'>): void {
  const operands = context.operands(operation);
  const a = operands.codes(0);
  const b = operands.codes(1);
  const y = operands.outputCodes();
  const { spread, args, replaceable } = spreadOperands(context, operation);
  const value = {
    spread,
    a_zero_point: a.zeroPoint,
    b_zero_point: b.zeroPoint,
    rescaling: rescaling(mulMultiplier(a.scale, b.scale, y.scale)),
    range: codeRange(y, operation.attributes.clamp),
  };
  context.add('eb_mul_s8', [parameters('eb_scaled_product', value), ...args], replaceable);
}
