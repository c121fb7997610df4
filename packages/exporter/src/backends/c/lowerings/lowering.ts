/** What turns one operation into steps. */
import type { Operation } from '../../../integer/integer-graph.js';
import type { OperationName } from '../../../integer/operations.js';
import type { LoweringContext } from '../lowering-context.js';

export type Lowering<K extends OperationName> = (context: LoweringContext, operation: Operation<K>) => void;
