/** Any function of one code. */
import type { Lowering } from './lowering.js';
import { lowerTable } from './table.js';

export const lowerLookUp: Lowering<'LookUp'> = (context, operation) =>
  lowerTable(context, operation, operation.attributes.table);
