/** Ranges of activations once logits are divided by a temperature. */
import type { ActivationRanges, Model } from '@edgebeat/graph';

/**
 * Divides the ranges of everything that follows from the heads: what stands between them and the logits is linear.
 *
 * @param model as it was trained. @param tempered the same by `temperLogits`.
 */
export function temperedRanges(
  ranges: ActivationRanges,
  model: Model,
  tempered: Model,
  temperature: number,
): ActivationRanges {
  const before = new Set(model.graph.initializers);
  const divided = new Set(tempered.graph.initializers.filter((one) => !before.has(one)).map(({ name }) => name));
  for (const { inputs, outputs } of model.graph.nodes) {
    if (inputs.some((name) => divided.has(name))) for (const output of outputs) divided.add(output);
  }
  const entries = Object.entries(ranges).map(([name, range]) => {
    const { least, most } = range;
    return [name, divided.has(name) ? { least: least / temperature, most: most / temperature } : range] as const;
  });
  return Object.fromEntries(entries);
}
