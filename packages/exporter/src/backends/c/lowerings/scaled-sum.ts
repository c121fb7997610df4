/** Add and Sub of codes. */
import type { Operation } from '../../../integer/integer-graph.js';
import type { LoweringContext } from '../lowering-context.js';
import { parameters } from '../program/step.js';
import { codeRange, rescalingBy } from './code-range.js';
import { spreadOperands } from './spread.js';

/** Codes get this many bits behind the point. */
const LEFT_SHIFT = 20;

export function lowerScaledSum(
  context: LoweringContext,
  operation: Operation<'Add'> | Operation<'Sub'>,
  kernel: 'eb_add_s8' | 'eb_sub_s8',
): void {
  const operands = context.operands(operation as Operation<'Add'>);
  const a = operands.codes(0);
  const b = operands.codes(1);
  const y = operands.outputCodes();
  const common = 2 * Math.max(a.scale, b.scale);
  const { spread, args, replaceable } = spreadOperands(context, operation as Operation<'Add'>);
  const value = {
    spread,
    a_zero_point: a.zeroPoint,
    b_zero_point: b.zeroPoint,
    a_rescaling: rescalingBy(a.scale / common),
    b_rescaling: rescalingBy(b.scale / common),
    rescaling: rescalingBy(common / (2 ** LEFT_SHIFT * y.scale)),
    range: codeRange(y, operation.attributes.clamp),
  };
  context.add(kernel, [parameters('eb_scaled_sum', value), ...args], replaceable);
}
