/**
 * `dt4ecg`: who wears the device and what they are doing, from one window of raw signal. A one-dimensional residual network
 * shared by both tasks, Sequence-Channel Attention behind its stages, a head for each task.
 */
import { GraphBuilder, GraphError, type Model, type Value } from '@edgebeat/graph';
import type { WeightSource } from './initial-weights.js';
import { convBatchNorm } from './layers/convolution.js';
import { linear } from './layers/linear.js';
import type { Network } from './layers/network.js';
import { residualBlock } from './layers/residual-block.js';
import { sequenceChannelAttention } from './layers/sequence-channel-attention.js';
import { checkWholeNumber } from './whole-number.js';

export interface Dt4EcgOptions {
  /** Number of persons among whom `identity` chooses; 0 leaves that head out. */
  readonly persons: number;
  /** Number of activities among which `activity` chooses; 0 leaves that head out. */
  readonly activities: number;
  /** Samples of a window at 250 Hz; default 1000, which are 4 s. */
  readonly samples?: number;
  /** Whether Sequence-Channel Attention follows the residual stages; default true. */
  readonly attention?: boolean;
  /** Channels of the four stages; default 32, 64, 96, 128. With attention the last is a multiple of 4. */
  readonly channels?: readonly [number, number, number, number];
  /** Residual blocks of each stage; default 2. */
  readonly blocks?: number;
}

const CHANNELS = [32, 64, 96, 128] as const;
const KERNEL = 5;
/** Of the stem: 60 ms, about as long as a QRS complex' steep part. */
const STEM_KERNEL = 15;

/** Initializer of the last convolution of the stages, which both tasks share: GradNorm compares their gradients there. */
export function lastSharedParameter({ blocks = 2 }: Pick<Dt4EcgOptions, 'blocks'> = {}): string {
  return `stage4.block${blocks - 1}.conv2.weight`;
}

/**
 * Builds the network: input `signal` [N, 1, samples] (float32, 0.5–40 Hz at 250 Hz, z-scored); outputs `identity`
 * [N, persons], `activity` [N, activities] (class scores) and `embedding` [N, last channels], which both heads read.
 *
 * @param weights source of the initial weights
 * @throws GraphError where no head is left, or for sizes that are no whole numbers from 1 on
 */
export function dt4ecg(options: Dt4EcgOptions, weights: WeightSource): Model {
  const { persons, activities, samples = 1000, attention = true, channels = CHANNELS, blocks = 2 } = options;
  for (const [name, value] of Object.entries({ samples, blocks })) checkWholeNumber('dt4ecg', name, value);
  for (const [stage, value] of channels.entries()) checkWholeNumber('dt4ecg', `channels of stage ${stage + 1}`, value);
  const heads = Object.entries({ identity: persons, activity: activities }).filter(([, classes]) => classes !== 0);
  for (const [name, classes] of heads) checkWholeNumber('dt4ecg', `classes of ${name}`, classes);
  if (heads.length === 0) throw new GraphError('dt4ecg', 'has no head', 'give persons, activities or both');
  const graph = new GraphBuilder('dt4ecg');
  const network: Network = { graph, weights };
  let x = stem(network, graph.input('signal', 'float32', ['N', 1, samples]), channels[0]);
  channels.forEach((filters, stage) => {
    for (let block = 0; block < blocks; block++) {
      const stride = stage > 0 && block === 0 ? 2 : 1;
      x = residualBlock(network, x, `stage${stage + 1}.block${block}`, { filters, stride, kernel: KERNEL });
    }
  });
  if (attention) x = sequenceChannelAttention(network, x, 'attention');
  const embedding = graph.flatten(graph.globalAveragePool(x, { name: 'pool' }), { axis: 1 });
  for (const [name, classes] of heads) graph.output(name, linear(network, embedding, `${name}_head`, classes));
  graph.output('embedding', embedding);
  return graph.build({
    doc: 'Residual network with Sequence-Channel Attention: identity and activity of an ECG window.',
  });
}

/** [N, 1, L] to [N, filters, ⌈L / 8⌉]. */
function stem(network: Network, signal: Value, filters: number): Value {
  const x = convBatchNorm(network, signal, 'stem', { filters, kernel: STEM_KERNEL, stride: 4 });
  return network.graph.maxPool(x, { kernel_shape: [3], strides: [2], pads: [1, 1], name: 'stem.pool' });
}
