/** What stands in for samples that cannot be any electrode's. */

/** No electrode gives more (mV); arithmetic stays far from overflow. */
export const largestSample = 10_000;

/** Whether a value can be a sample: finite and within ±10 V. */
export function isPlausible(sample: number): boolean {
  return Math.abs(sample) <= largestSample;
}

/** The sample in float32, or the one before it where it is not plausible. */
export function replacementOf(sample: number, before: number): number {
  return isPlausible(sample) ? Math.fround(sample) : before;
}
