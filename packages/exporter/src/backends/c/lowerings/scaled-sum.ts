/** Add and Sub of codes. */
import type { Operation } from '../../../integer/integer-graph.js';
import { sumMultipliers } from '../../../integer/multipliers.js';
import type { LoweringContext } from '../lowering-context.js';
import { parameters } from '../program/step.js';
import { codeRange, rescaling } from './code-range.js';
import { spreadOperands } from './spread.js';

export function lowerScaledSum(
  context: LoweringContext,
  operation: Operation<'Add'> | Operation<'Sub'>,
  kernel: 'eb_add_s8' | 'eb_sub_s8',
): void {
  const operands = context.operands(operation as Operation<'Add'>);
  const a = operands.codes(0);
  const b = operands.codes(1);
  const y = operands.outputCodes();
  const multipliers = sumMultipliers(a.scale, b.scale, y.scale);
  const { spread, args, replaceable } = spreadOperands(context, operation as Operation<'Add'>);
  const value = {
    spread,
    a_zero_point: a.zeroPoint,
    b_zero_point: b.zeroPoint,
    a_rescaling: rescaling(multipliers.a),
    b_rescaling: rescaling(multipliers.b),
    rescaling: rescaling(multipliers.output),
    range: codeRange(y, operation.attributes.clamp),
  };
  context.add(kernel, [parameters('eb_scaled_sum', value), ...args], replaceable);
}
