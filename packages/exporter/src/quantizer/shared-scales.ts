/**
 * Weights that do with one scale. A scale for each output channel stands in the file once for the weight and, in TFLite, once for the
 * bias: where rows are short that is much beside them. What it is worth shows at the outputs, and where the rounding of activations is
 * far greater it is worth nothing.
 */
import type { Model, QuantizedValues, QuantizedWeight } from '@edgebeat/graph';

/** Elements of a row from which on its scale is small beside it. */
const SHORT_ROW = 128;

/** The same with one scale for each of the weights named. */
export function withSharedScales(quantized: QuantizedValues, names: ReadonlySet<string>): QuantizedValues {
  const weights = quantized.weights.map((weight) =>
    names.has(weight.value) ? { ...weight, axis: undefined } : weight,
  );
  return { ...quantized, weights };
}

/** Weights of short rows, those first that would be rounded least more coarsely, by their own power. */
export function sharingCandidates({ graph }: Model, { weights }: QuantizedValues): string[] {
  const constants = new Map(graph.initializers.map((one) => [one.name, one]));
  return weights
    .flatMap(({ value, axis }: QuantizedWeight) => {
      const constant = constants.get(value);
      if (axis === undefined || constant?.dtype !== 'float32') return [];
      const channels = constant.shape[axis]!;
      if (channels < 2 || constant.data.length / channels >= SHORT_ROW) return [];
      return [{ value, loss: addedNoise(constant.data, constant.shape, axis) }];
    })
    .sort((a, b) => a.loss - b.loss)
    .map(({ value }) => value);
}

/** Power of the rounding error that one scale adds to that of one for each channel, by the power of the weight. */
function addedNoise(data: Float32Array, shape: readonly number[], axis: number): number {
  const channels = shape[axis]!;
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
  const most = new Float64Array(channels);
  let power = 0;
  for (let i = 0; i < data.length; i++) {
    const channel = Math.floor(i / inner) % channels;
    const magnitude = Math.abs(data[i]!);
    power += magnitude * magnitude;
    if (magnitude > most[channel]!) most[channel] = magnitude;
  }
  const greatest = Math.max(...most);
  const mean = most.reduce((sum, one) => sum + one * one, 0) / channels;
  return power > 0 ? ((greatest * greatest - mean) * data.length) / power : 0;
}
