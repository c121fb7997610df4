/** `eb_output_channels` of Conv and Gemm. */
import type { Clamp, OperationName } from '../../../integer/operations.js';
import type { Codes, Operands, Weights } from '../../../interpreter/operands.js';
import { prepareOutputChannels } from '../../../interpreter/output-channels.js';
import type { LoweringContext } from '../lowering-context.js';
import type { CValue } from '../program/step.js';
import { codeRange } from './code-range.js';

export function outputChannels<K extends OperationName>(
  context: LoweringContext,
  operands: Operands<K>,
  tensors: { readonly x: Codes; readonly weight: Weights; readonly bias: Int32Array; readonly y: Codes },
  clamp: Clamp,
): CValue {
  const { x, weight, bias, y } = tensors;
  const { offsets, multipliers, shifts } = prepareOutputChannels(operands, x, weight, bias, y);
  return {
    offsets: context.constant('offsets', offsets),
    multipliers: context.constant('multipliers', multipliers),
    shifts: context.constant('shifts', shifts),
    range: codeRange(y, clamp),
  };
}
