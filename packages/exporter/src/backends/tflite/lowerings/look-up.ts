/**
 * LookUp as LOGISTIC or TANH where their output has the quantization that TFLite gives them; any other function as a GATHER from
 * its table, which is exact: CAST to int32, ADD 128, GATHER.
 */
import type { Operation } from '../../../integer/integer-graph.js';
import type { LoweringContext } from '../graph/lowering-context.js';
import { DATA_TYPES } from '../schema/data-type.js';
import type { Lowering } from './lowering.js';
import { lowerUnary, unaryInput } from './unary.js';

export const lowerLookUp: Lowering<'LookUp'> = (context, operation) => {
  const [y] = operation.outputs as [string];
  const { scales, zeroPoint } = context.quantizationOf(y);
  const isQuantizedAs = (scale: number, zero: number) => scales[0] === scale && zeroPoint === zero;
  const name = operation.attributes.function;
  if (name === 'Sigmoid' && isQuantizedAs(1 / 256, -128)) lowerUnary(context, operation, 'LOGISTIC');
  else if (name === 'Tanh' && isQuantizedAs(1 / 128, 0)) lowerUnary(context, operation, 'TANH');
  else lowerTable(context, operation);
};

const LEAST = -128;

function lowerTable(context: LoweringContext, operation: Operation<'LookUp'>): void {
  const { builder } = context;
  const [y] = operation.outputs as [string];
  const { scales, zeroPoint } = context.quantizationOf(y);
  const { input, layout } = unaryInput(context, operation);
  const shape = builder.shapeOf(input);
  const code = builder.tensor({ shape, type: 'int32' });
  builder.operator('CAST', [input], code, { table: 'Cast', from: DATA_TYPES.int8, to: DATA_TYPES.int32 });
  const index = builder.tensor({ shape, type: 'int32' });
  builder.operator('ADD', [code, builder.int32s([-LEAST])], index, { table: 'Add' });
  const table = builder.constant({
    shape: [256],
    type: 'int8',
    quantization: { scales, zeroPoint, axis: 0 },
    data: operation.attributes.table,
  });
  builder.operator('GATHER', [table, index], context.define(y, layout), { table: 'Gather', axis: 0 });
}
