/**
 * `deit-tiny` and `deit-micro`: the students, data-efficient image transformers (Touvron et al. 2021) with class and
 * distillation token on three beats, which come in as 20 tokens.
 */
import { GraphBuilder, GraphError, type Model, type Value } from '@edgebeat/graph';
import { truncatedNormal, type WeightSource } from './initial-weights.js';
import { convBatchNorm, projectionConv } from './layers/convolution.js';
import { beatSamples, croppedBeats, wholeBeat } from './layers/crop.js';
import { layerNorm } from './layers/layer-norm.js';
import { linear } from './layers/linear.js';
import type { Network } from './layers/network.js';
import { transformerBlock } from './layers/transformer-block.js';
import { checkWholeNumber } from './whole-number.js';

export interface DeitOptions {
  /** Number of persons among whom the logits choose. */
  readonly classes: number;
  /** Samples of each beat that the network looks at, [first, last), a multiple of 20; default all, [0, 300). */
  readonly crop?: readonly [first: number, last: number];
  /**
   * How the samples become 20 tokens of S samples each: `conv` (default) by three convolutions (early convolutions, Xiao et al.
   * 2021) of strides 3, 1 and S / 3, or 2, 1 and S / 2 where 3 does not divide S; `patch` by one linear map of S samples each.
   */
  readonly stem?: 'conv' | 'patch';
  /** For training: adds `class_logits` and `distillation_logits` [N, classes], whose mean `logits` is. */
  readonly separateLogits?: boolean;
  /**
   * For distillation: numbers of blocks, 1 to the depth, after which the tokens are wanted; adds an output
   * `tokens_after_K` [N, 22, width] for each.
   */
  readonly tokensAfter?: readonly number[];
}

/** What tells the sizes apart. */
interface DeitSize {
  readonly name: string;
  readonly width: number;
  readonly depth: number;
  readonly heads: number;
  readonly mlpRatio: number;
}

const TINY: DeitSize = { name: 'deit-tiny', width: 192, depth: 12, heads: 3, mlpRatio: 4 };
const MICRO: DeitSize = { name: 'deit-micro', width: 64, depth: 4, heads: 2, mlpRatio: 2 };

const TOKENS = 20;
/** Class and distillation token, before the tokens of the signal. */
const LEARNT_TOKENS = 2;

/**
 * Builds `deit-tiny` (width 192, 12 blocks, 3 heads): input `beats` [N, 3, 300] (float32), outputs `logits` [N, classes], the
 * mean of both heads, and `embedding` [N, 192], the mean of class and distillation token after the last normalisation.
 *
 * @param weights source of the initial weights; which outputs are asked for does not change what is drawn
 * @throws GraphError for a number of classes that is no whole number from 1 on, a block that the network does not have, and a crop
 * that is no part of a beat or does not make 20 tokens
 */
export function deitTiny(options: DeitOptions, weights: WeightSource): Model {
  return deit(TINY, options, weights);
}

/**
 * Builds `deit-micro` (width 64, 4 blocks, 2 heads, perceptrons twice as wide as the tokens), which is otherwise like
 * `deitTiny`; `embedding` is [N, 64].
 */
export function deitMicro(options: DeitOptions, weights: WeightSource): Model {
  return deit(MICRO, options, weights);
}

function deit(size: DeitSize, options: DeitOptions, weights: WeightSource): Model {
  const { stem = 'conv', tokensAfter = [], crop = wholeBeat } = options;
  checkWholeNumber(size.name, 'classes', options.classes);
  checkDepths(size, tokensAfter);
  checkTokenLength(size.name, crop);
  const graph = new GraphBuilder(size.name);
  const network: Network = { graph, weights };
  const beats = croppedBeats(network, size.name, graph.input('beats', 'float32', ['N', 3, beatSamples]), crop);
  const signal =
    stem === 'conv' ? convolutionalStem(network, beats, size.width) : patchStem(network, beats, size.width);
  let x = withLearntTokens(network, graph.transpose(signal, { perm: [0, 2, 1], name: 'tokens' }));
  const features = new Map<number, Value>();
  for (let block = 0; block < size.depth; block++) {
    x = transformerBlock(network, x, `blocks.${block}`, size);
    features.set(block + 1, x);
  }
  addHeads(network, x, options);
  for (const depth of tokensAfter) graph.output(`tokens_after_${depth}`, features.get(depth)!);
  return graph.build({ doc: `${size.name} on three consecutive beats, ${stem} stem.` });
}

function checkDepths({ name, depth }: DeitSize, tokensAfter: readonly number[]): void {
  const bad = tokensAfter.find((after) => !Number.isInteger(after) || after < 1 || after > depth);
  if (bad !== undefined) {
    throw new GraphError(name, `has no tokens after block ${bad}`, `its blocks are 1 to ${depth}`);
  }
}

/** [N, 3, 20 · S] to [N, width, 20]: 300 samples become 100, then 20. The last convolution is the projection to tokens. */
function convolutionalStem(network: Network, beats: Value, width: number): Value {
  const filters = width / 2;
  const perToken = samplesPerToken(beats);
  const stride = perToken % 3 === 0 ? 3 : 2;
  const coarse = convBatchNorm(network, beats, 'stem.conv1', { filters, kernel: 7, stride });
  const refined = convBatchNorm(network, coarse, 'stem.conv2', { filters, kernel: 3 });
  const step = perToken / stride;
  return projectionConv(network, refined, 'stem.proj', { filters: width, kernel: step, stride: step, padding: 0 });
}

/** [N, 3, 20 · S] to [N, width, 20]. */
function patchStem(network: Network, beats: Value, width: number): Value {
  const perToken = samplesPerToken(beats);
  const patch = { kernel: perToken, stride: perToken, padding: 0 };
  return projectionConv(network, beats, 'stem.proj', { filters: width, ...patch });
}

function samplesPerToken(beats: Value): number {
  return (beats.shape[2] as number) / TOKENS;
}

/** What becomes a token must be a whole number of samples, and no fewer than the convolutional stem can halve. */
function checkTokenLength(name: string, [first, last]: readonly [number, number]): void {
  const perToken = (last - first) / TOKENS;
  if (perToken % 2 !== 0 && perToken % 3 !== 0) {
    throw new GraphError(
      name,
      `cannot make ${TOKENS} tokens of ${last - first} samples`,
      `crop ${TOKENS} times a multiple of 2 or 3: 160, 180, 200, 240 or 300`,
    );
  }
}

/**
 * Puts class and distillation token before the tokens of the signal and adds the positions: [N, 20, width] to
 * [N, 22, width].
 *
 * A learnt token is the same for every window, and so is its position: both are one row of `position_embedding`
 * [1, 22, width], added to a row of zeros that Pad puts in front. That is the usual concatenation and addition with one sum
 * computed beforehand; nothing has to be expanded to the batch, which may stay symbolic.
 */
function withLearntTokens({ graph, weights }: Network, tokens: Value): Value {
  const [count, width] = tokens.shape.slice(1) as [number, number];
  const padded = graph.pad(tokens, graph.int64([0, LEARNT_TOKENS, 0, 0, 0, 0]), { name: 'tokens.pad' });
  const shape = [1, LEARNT_TOKENS + count, width];
  return graph.add(padded, graph.constant(truncatedNormal(weights, 'position_embedding', shape)), { name: 'embed' });
}

/** The outputs `embedding` and logits, from the first two tokens; the others end here, before the last normalisation. */
function addHeads(network: Network, x: Value, { classes, separateLogits = false }: DeitOptions): void {
  const { graph } = network;
  const slice = [graph.int64([0]), graph.int64([LEARNT_TOKENS]), graph.int64([1])] as const;
  const learnt = layerNorm(network, graph.slice(x, ...slice, { name: 'learnt_tokens' }), 'norm');
  const [classToken, distillationToken] = graph.split(learnt, graph.int64([1, 1]), { axis: 1, name: 'norm.split' }) as [
    Value,
    Value,
  ];
  const head = (token: Value, name: string) =>
    linear(network, graph.flatten(token, { axis: 1, name: `${name}.token` }), name, classes);
  const classLogits = head(classToken, 'head');
  const distillationLogits = head(distillationToken, 'head_dist');
  const sum = graph.add(classLogits, distillationLogits, { name: 'logits.sum' });
  graph.output('logits', graph.mul(sum, graph.float32(0.5)));
  graph.output('embedding', graph.reduceMean(learnt, graph.int64([1]), { keepdims: false }));
  if (separateLogits) {
    graph.output('class_logits', classLogits);
    graph.output('distillation_logits', distillationLogits);
  }
}
