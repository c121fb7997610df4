/** Cases for every operation: an operation without any does not compile. */
import type { OperationName } from '../../src/index.js';
import { arithmeticCases } from './arithmetic.js';
import type { Case } from './case.js';
import { convCases } from './conv.js';
import { floatCases } from './float.js';
import { functionCases } from './functions.js';
import { moveCases } from './moves.js';
import { productCases } from './products.js';
import { reductionCases } from './reductions.js';

export const CASES: Readonly<Record<OperationName, readonly Case[]>> = {
  ...arithmeticCases,
  ...convCases,
  ...floatCases,
  ...functionCases,
  ...moveCases,
  ...productCases,
  ...reductionCases,
};
