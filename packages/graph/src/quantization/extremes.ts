/** The least and the greatest element seen so far. */
import type { ActivationRange } from './activation-range.js';

/**
 * The range widened to hold more elements.
 *
 * @returns undefined where an element is not finite.
 */
export function widenedRange(range: ActivationRange, elements: Float32Array): ActivationRange | undefined {
  let { least, most } = range;
  let sum = 0;
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i]!;
    if (element < least) least = element;
    if (element > most) most = element;
    sum += element;
  }
  // One element that is not finite makes the sum so, and nothing else can.
  return Number.isFinite(sum) ? { least, most } : undefined;
}
