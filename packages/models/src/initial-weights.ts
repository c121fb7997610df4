/** Initial weights of networks, drawn from a source of chance that the caller seeds: the same source gives the same bits. */
import { elementCount, GraphError, type Tensor, tensor } from '@edgebeat/graph';

/** Where initial weights come from: a seeded generator of pseudo-random numbers. */
export interface WeightSource {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Normal with mean 0 and standard deviation 1. */
  normal(): number;
}

/** Standard deviations beyond which a truncated normal deviate is drawn again. */
const TRUNCATION = 2;

/**
 * Filters of a convolution before a rectifier, float32 [filters, channels, …kernel]: normal with variance 2 / fan-in
 * (He et al. 2015), which keeps the second moment of the activations from layer to layer.
 */
export function heNormal(source: WeightSource, name: string, shape: readonly number[]): Tensor {
  const deviation = Math.sqrt(2 / elementCount(shape.slice(1)));
  return filled(name, shape, () => deviation * source.normal());
}

/**
 * Weights of linear layers and embeddings, float32: normal with this standard deviation, drawn again beyond two of them
 * (the usual start of vision transformers, where it is 0.02). The deviation of what stays is 0.88 times that.
 */
export function truncatedNormal(
  source: WeightSource,
  name: string,
  shape: readonly number[],
  deviation = 0.02,
): Tensor {
  return filled(name, shape, () => {
    let deviate = source.normal();
    while (deviate < -TRUNCATION || deviate > TRUNCATION) deviate = source.normal();
    return deviation * deviate;
  });
}

/** float32 zeros: biases, running means. */
export function zeros(name: string, shape: readonly number[]): Tensor {
  return filled(name, shape, () => 0);
}

/** float32 ones: scales and running variances of normalisations. */
export function ones(name: string, shape: readonly number[]): Tensor {
  return filled(name, shape, () => 1);
}

/** @throws GraphError for a source that gives no numbers: the network would be one of NaN, and nobody would see where from. */
function filled(name: string, shape: readonly number[], next: () => number): Tensor {
  const data = new Float32Array(elementCount(shape));
  for (let index = 0; index < data.length; index++) data[index] = next();
  // Only infinities and NaN, less themselves, are not 0.
  const bad = data.findIndex((value) => value - value !== 0);
  if (bad >= 0) {
    throw new GraphError(
      `initializer "${name}"`,
      `element ${bad} is ${data[bad]}`,
      'the weight source must give numbers',
    );
  }
  return tensor(name, 'float32', shape, data);
}
