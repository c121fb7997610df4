/** The check of sizes that callers choose: classes, widths, heads. */
import { GraphError } from '@edgebeat/graph';

/** @throws GraphError, naming `where` and `what`, unless the value is a whole number from `least` on */
export function checkWholeNumber(where: string, what: string, value: number, least = 1): void {
  if (!Number.isSafeInteger(value) || value < least) {
    throw new GraphError(where, `${what} is ${value}`, `give a whole number from ${least} on`);
  }
}
