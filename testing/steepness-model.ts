/**
 * A small activity model with known answers: the steeper a window, the livelier its wearer. Its logits are quadratic in the
 * mean absolute difference of neighbouring samples, highest for `rest` near 0 and for each next activity half a unit further.
 */
import { encodeModel, GraphBuilder, type ModelMetadata, type Value, writeMetadata } from '@edgebeat/graph';

export const activities = ['rest', 'arms', 'walking', 'running', 'squats'] as const;
/** Mean absolute difference at which an activity is likeliest. */
const centers = [0, 0.5, 1, 1.5, 2];
const sharpness = 40;

export const metadata: ModelMetadata = {
  name: 'steepness',
  rate: 250,
  window: { kind: 'activity', samples: 1000 },
  normalize: 'z-score',
  classes: { activity: activities },
};

/** Mean absolute difference of the neighbours in `[N, 1, samples]`: `[N, 1]`. */
function steepness(g: GraphBuilder, x: Value, samples: number): Value {
  const slice = (from: number, to: number) => g.slice(x, g.int64([from]), g.int64([to]), g.int64([2]));
  const difference = g.sub(slice(1, samples), slice(0, samples - 1));
  const size = g.add(g.relu(difference), g.relu(g.neg(difference)));
  return g.reduceMean(size, g.int64([2]), { keepdims: false });
}

export interface SteepnessOptions {
  readonly metadata?: Partial<ModelMetadata>;
  /** Samples of the input; those of the metadata where not given. */
  readonly samples?: number;
  /** Name of the output with the logits. */
  readonly output?: string;
  /** Whether the heads that the runtime does not look at are there, too. */
  readonly heads?: boolean;
  /** Not-a-number instead of logits. */
  readonly broken?: boolean;
}

/** The bytes of the model, or of a variant that is not as it should be. */
export function steepnessModel(options: SteepnessOptions = {}): Uint8Array {
  const { samples = 1000, output = 'activity', heads = true, broken = false } = options;
  const g = new GraphBuilder('steepness');
  const window = g.input('signal', 'float32', ['N', 1, samples]);
  const steep = steepness(g, window, samples);
  const distance = g.sub(steep, g.float32(centers));
  const logits = g.mul(g.mul(distance, distance), g.float32(-sharpness));
  g.output(output, broken ? g.sqrt(logits) : logits);
  if (heads) {
    g.output('embedding', g.concat(steep, steep, { axis: 1 }));
    g.output('identity', g.neg(distance));
  }
  return encodeModel(g.build({ metadata: writeMetadata({ ...metadata, ...options.metadata }) }));
}

/** The probabilities that the model has by its definition, in float64. */
export function expectedProbabilities(window: Float32Array): number[] {
  let sum = 0;
  for (let i = 1; i < window.length; i++) sum += Math.abs(window[i]! - window[i - 1]!);
  const steep = sum / (window.length - 1);
  const weights = centers.map((center) => Math.exp(-sharpness * (steep - center) ** 2));
  const total = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => weight / total);
}
