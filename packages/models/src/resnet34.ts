/** `resnet34`: the teacher, a one-dimensional ResNet-34 (He et al. 2016) on three beats. */
import { GraphBuilder, type Model, type Value } from '@edgebeat/graph';
import { ones, type WeightSource, zeros } from './initial-weights.js';
import { convBatchNorm } from './layers/convolution.js';
import { beatSamples, croppedBeats, wholeBeat } from './layers/crop.js';
import { linear } from './layers/linear.js';
import type { Network } from './layers/network.js';
import { residualBlock } from './layers/residual-block.js';
import { checkWholeNumber } from './whole-number.js';

export interface ResNet34Options {
  /** Number of persons among whom `logits` choose. */
  readonly classes: number;
  /** Channels of the first stage; default 64. Each further stage has twice as many as the one before. */
  readonly width?: number;
  /**
   * By how much the stem shortens the signal: 4 (default) is the usual stem, convolution and max-pooling of stride 2 each;
   * 2 does without the pooling, 1 convolves with stride 1. Halving it doubles the work and leaves the parameters as they are.
   */
  readonly stemStride?: 1 | 2 | 4;
  /** Starts every residual block as its shortcut alone (see `residualBlock`); default false. */
  readonly zeroInitResidual?: boolean;
  /** Samples of each beat that the network looks at, [first, last): the rest is cut away; default all, [0, 300). */
  readonly crop?: readonly [first: number, last: number];
  /**
   * Ends in a batch normalisation that scales and does not shift: its output is the embedding, from which the logits come, and
   * the mean over time before it is an output of its own, `pooled`, for losses of distances (Luo et al., "Bag of Tricks and a
   * Strong Baseline for Deep Person Re-identification", 2019); default false.
   */
  readonly neck?: boolean;
}

/** Residual blocks of each stage. */
const STAGES = [3, 4, 6, 3] as const;

/**
 * Builds the network: input `beats` [N, 3, 300] (float32), outputs `logits` [N, classes] and `embedding` [N, 8 · width], the
 * mean over time of the last stage. Statistics of the batch normalisations are those of no data: mean 0, variance 1.
 *
 * @param weights source of the initial weights
 * @throws GraphError for a number of classes or a width that is no whole number from 1 on, and a crop that is no part of a beat
 */
export function resnet34(options: ResNet34Options, weights: WeightSource): Model {
  const { classes, width = 64, stemStride = 4, zeroInitResidual = false, crop = wholeBeat, neck = false } = options;
  checkWholeNumber('resnet34', 'classes', classes);
  checkWholeNumber('resnet34', 'width', width);
  const graph = new GraphBuilder('resnet34');
  const network: Network = { graph, weights };
  const beats = graph.input('beats', 'float32', ['N', 3, beatSamples]);
  let x = stem(network, croppedBeats(network, 'resnet34', beats, crop), width, stemStride);
  STAGES.forEach((blocks, stage) => {
    for (let block = 0; block < blocks; block++) {
      x = residualBlock(network, x, `stage${stage + 1}.block${block}`, {
        filters: width * 2 ** stage,
        stride: stage > 0 && block === 0 ? 2 : 1,
        zeroInit: zeroInitResidual,
      });
    }
  });
  const pooled = graph.flatten(graph.globalAveragePool(x, { name: 'pool' }), { axis: 1 });
  const embedding = neck ? scaled(network, pooled, 'neck') : pooled;
  if (neck) graph.output('pooled', pooled);
  graph.output('logits', linear(network, embedding, 'head', classes));
  graph.output('embedding', embedding);
  return graph.build({ doc: 'One-dimensional ResNet-34 on three consecutive beats.' });
}

/** Batch normalisation of [N, D]; training keeps the offset, `NAME.bias`, at 0. */
function scaled({ graph }: Network, x: Value, name: string): Value {
  const width = x.shape[1] as number;
  return graph.batchNormalization(
    x,
    graph.constant(ones(`${name}.weight`, [width])),
    graph.constant(zeros(`${name}.bias`, [width])),
    graph.constant(zeros(`${name}.running_mean`, [width])),
    graph.constant(ones(`${name}.running_var`, [width])),
    { name },
  );
}

function stem(network: Network, beats: Value, width: number, stride: 1 | 2 | 4): Value {
  const x = convBatchNorm(network, beats, 'stem', { filters: width, kernel: 7, stride: stride === 1 ? 1 : 2 });
  if (stride < 4) return x;
  return network.graph.maxPool(x, { kernel_shape: [3], strides: [2], pads: [1, 1], name: 'stem.pool' });
}
