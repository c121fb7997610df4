/** ReduceMean and ReduceSum. */
import type { Operation } from '../../../integer/integer-graph.js';
import { meanMultiplier, rescalingMultiplier } from '../../../integer/multipliers.js';
import { ALL_CODES } from '../../../integer/operations.js';
import type { LoweringContext } from '../lowering-context.js';
import { parameters, read, write } from '../program/step.js';
import { realLiteral } from '../source/literals.js';
import { codeRange, rescaling } from './code-range.js';
import { reduce } from './reduction.js';

export function lowerSum(
  context: LoweringContext,
  operation: Operation<'ReduceMean'> | Operation<'ReduceSum'>,
  isMean: boolean,
): void {
  const operands = context.operands(operation as Operation<'ReduceMean'>);
  const { axes } = operation.attributes;
  const { value, size, input, output } = reduce(context, operation.inputs[0]!, operation.outputs[0]!, axes);
  if (operands.output().dtype === 'float32') {
    const reals = { reduction: value, divisor: realLiteral(isMean ? size : 1) };
    context.add('eb_reduce_sum_f32', [parameters('eb_reduced_reals', reals), read(input), write(output)]);
    return;
  }
  const x = operands.codes(0);
  const y = operands.outputCodes();
  const sum = {
    reduction: value,
    offset: -x.zeroPoint * size || 0,
    rescaling: rescaling(isMean ? meanMultiplier(x.scale, y.scale, size) : rescalingMultiplier(x.scale, y.scale)),
    range: codeRange(y, ALL_CODES),
  };
  context.add('eb_reduce_sum_s8', [parameters('eb_reduced_sum', sum), read(input), write(output)]);
}
