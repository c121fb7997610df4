/** Rules count elements and reshape, which takes numbers for all dimensions. */
import type { Value } from '@edgebeat/graph';
import { AutodiffError } from './autodiff-error.js';

/**
 * @param where the node that the values belong to.
 * @throws AutodiffError for a symbolic dimension.
 */
export function requireFixedSizes(where: string, values: readonly (Value | undefined)[]): void {
  for (const value of values) {
    const symbol = value?.shape.find((size) => typeof size === 'string');
    if (symbol === undefined) continue;
    throw new AutodiffError(where, `"${value!.name}" has the symbolic dimension ${symbol}`, 'give the tape its size');
  }
}
