/** Writes one operation of the integer graph as operators of TFLite. */
import type { Operation } from '../../../integer/integer-graph.js';
import type { OperationName } from '../../../integer/operations.js';
import type { LoweringContext } from '../graph/lowering-context.js';

/** Defines every output of the operation. @throws ExportError for what TFLite's operators cannot do. */
export type Lowering<K extends OperationName> = (context: LoweringContext, operation: Operation<K>) => void;
