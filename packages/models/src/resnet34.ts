/** `resnet34`: the teacher, a one-dimensional ResNet-34 (He et al. 2016) on three beats. */
import { GraphBuilder, type Model, type Value } from '@edgebeat/graph';
import type { WeightSource } from './initial-weights.js';
import { convBatchNorm } from './layers/convolution.js';
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
}

/** Residual blocks of each stage. */
const STAGES = [3, 4, 6, 3] as const;

/**
 * Builds the network: input `beats` [N, 3, 300] (float32), outputs `logits` [N, classes] and `embedding` [N, 8 · width], the
 * mean over time of the last stage. Statistics of the batch normalisations are those of no data: mean 0, variance 1.
 *
 * @param weights source of the initial weights
 * @throws GraphError for a number of classes or a width that is no whole number from 1 on
 */
export function resnet34(options: ResNet34Options, weights: WeightSource): Model {
  const { classes, width = 64, stemStride = 4, zeroInitResidual = false } = options;
  checkWholeNumber('resnet34', 'classes', classes);
  checkWholeNumber('resnet34', 'width', width);
  const graph = new GraphBuilder('resnet34');
  const network: Network = { graph, weights };
  let x = stem(network, graph.input('beats', 'float32', ['N', 3, 300]), width, stemStride);
  STAGES.forEach((blocks, stage) => {
    for (let block = 0; block < blocks; block++) {
      x = residualBlock(network, x, `stage${stage + 1}.block${block}`, {
        filters: width * 2 ** stage,
        stride: stage > 0 && block === 0 ? 2 : 1,
        zeroInit: zeroInitResidual,
      });
    }
  });
  const embedding = graph.flatten(graph.globalAveragePool(x, { name: 'pool' }), { axis: 1 });
  graph.output('logits', linear(network, embedding, 'head', classes));
  graph.output('embedding', embedding);
  return graph.build({ doc: 'One-dimensional ResNet-34 on three consecutive beats.' });
}

function stem(network: Network, beats: Value, width: number, stride: 1 | 2 | 4): Value {
  const x = convBatchNorm(network, beats, 'stem', { filters: width, kernel: 7, stride: stride === 1 ? 1 : 2 });
  if (stride < 4) return x;
  return network.graph.maxPool(x, { kernel_shape: [3], strides: [2], pads: [1, 1], name: 'stem.pool' });
}
