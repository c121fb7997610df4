/** The error for an operation that TFLite's operators cannot do. */
import { ExportError } from '../../../export-error.js';
import type { Operation } from '../../../integer/integer-graph.js';

export function unsupported({ name, operator }: Operation, reason: string, hint: string): ExportError {
  return new ExportError(`node "${name}" (${operator}): TFLite ${reason}`, hint);
}
