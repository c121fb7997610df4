/** Functions of one code: LookUp, Clip and Requantize. */
import type { Operation } from '../../../integer/integer-graph.js';
import type { Clamp, OperationName } from '../../../integer/operations.js';
import { requantizationTable } from '../../../interpreter/requantize.js';
import type { LoweringContext } from '../lowering-context.js';
import { lowerUnary } from './unary.js';

export function lowerTable<K extends OperationName>(
  context: LoweringContext,
  operation: Operation<K>,
  table: Int8Array,
): void {
  lowerUnary(context, operation, 'eb_look_up_s8', (count) => [
    { kind: 'constant', name: context.constant('table', table) },
    { kind: 'number', value: count },
  ]);
}

export function lowerRequantization<K extends OperationName>(
  context: LoweringContext,
  operation: Operation<K>,
  clamp?: Clamp,
): void {
  const operands = context.operands(operation);
  lowerTable(context, operation, requantizationTable(operands.codes(0), operands.outputCodes(), clamp));
}
