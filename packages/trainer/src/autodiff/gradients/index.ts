/** The gradient of every operator of the subset; the type makes a missing entry an error. */
import type { OperatorName } from '@edgebeat/graph';
import type { Gradient } from '../gradient.js';
import { abs } from './abs.js';
import { add } from './add.js';
import { averagePool } from './average-pool.js';
import { batchNormalization } from './batch-normalization.js';
import { cast } from './cast.js';
import { clip } from './clip.js';
import { concat } from './concat.js';
import { conv } from './conv.js';
import { div } from './div.js';
import { erf } from './erf.js';
import { exp } from './exp.js';
import { expand } from './expand.js';
import { max, min } from './extremum.js';
import { gather } from './gather.js';
import { gatherElements } from './gather-elements.js';
import { gelu } from './gelu.js';
import { gemm } from './gemm.js';
import { globalAveragePool } from './global-average-pool.js';
import { layerNormalization } from './layer-normalization.js';
import { log } from './log.js';
import { logSoftmax } from './log-softmax.js';
import { lpNormalization } from './lp-normalization.js';
import { matMul } from './mat-mul.js';
import { maxPool } from './max-pool.js';
import { mul } from './mul.js';
import { neg } from './neg.js';
import { backwardOnly, flat } from './no-gradient.js';
import { pad } from './pad.js';
import { pow } from './pow.js';
import { dequantizeLinear, quantizeLinear } from './quantization.js';
import { reciprocal } from './reciprocal.js';
import { reduceMax, reduceMin } from './reduce-extremum.js';
import { reduceL2 } from './reduce-l2.js';
import { reduceMean } from './reduce-mean.js';
import { reduceSum } from './reduce-sum.js';
import { relu } from './relu.js';
import { flatten, identity, reshape, squeeze, unsqueeze } from './reshape.js';
import { sigmoid } from './sigmoid.js';
import { slice } from './slice.js';
import { softmax } from './softmax.js';
import { split } from './split.js';
import { sqrt } from './sqrt.js';
import { sub } from './sub.js';
import { tanh } from './tanh.js';
import { tile } from './tile.js';
import { transpose } from './transpose.js';
import { whereOperator } from './where.js';

export const gradients: { readonly [K in OperatorName]: Gradient<K> } = {
  Add: add,
  Sub: sub,
  Mul: mul,
  Div: div,
  Sqrt: sqrt,
  Pow: pow,
  Neg: neg,
  Relu: relu,
  Gelu: gelu,
  Sigmoid: sigmoid,
  Tanh: tanh,
  Softmax: softmax,
  MatMul: matMul,
  Gemm: gemm,
  Conv: conv,
  BatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
  LpNormalization: lpNormalization,
  ReduceMean: reduceMean,
  ReduceSum: reduceSum,
  ReduceL2: reduceL2,
  ReduceMax: reduceMax,
  Reshape: reshape,
  Transpose: transpose,
  Concat: concat,
  Slice: slice,
  Gather: gather,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Expand: expand,
  Flatten: flatten,
  Split: split,
  Pad: pad,
  AveragePool: averagePool,
  MaxPool: maxPool,
  GlobalAveragePool: globalAveragePool,
  Identity: identity,
  Cast: cast,
  Clip: clip,
  QuantizeLinear: quantizeLinear,
  DequantizeLinear: dequantizeLinear,
  Exp: exp,
  Log: log,
  Erf: erf,
  Abs: abs,
  Sign: flat,
  Reciprocal: reciprocal,
  Min: min,
  Max: max,
  Greater: flat,
  GreaterOrEqual: flat,
  Less: flat,
  LessOrEqual: flat,
  Equal: flat,
  And: flat,
  Not: flat,
  Where: whereOperator,
  ReduceMin: reduceMin,
  LogSoftmax: logSoftmax,
  ArgMax: flat,
  GatherElements: gatherElements,
  ScatterElements: backwardOnly,
  ScatterND: backwardOnly,
  Tile: tile,
};
