/** The lowering of every operator of models. A missing one does not compile. */
import type { InferenceOperatorName } from '@edgebeat/graph';
import type { Lowering } from '../lowering-call.js';
import { add, div, mul, sub } from './arithmetic.js';
import { cast } from './cast.js';
import { clip } from './clip.js';
import { conv } from './convolution.js';
import { expand } from './expand.js';
import { neg, relu, sigmoid, sqrt, tanh } from './functions.js';
import { gelu } from './gelu.js';
import { gemm, matMul } from './matrix-products.js';
import { batchNormalization, layerNormalization, lpNormalization } from './normalizations.js';
import { pad } from './pad.js';
import { concat, gather, slice, split } from './pieces.js';
import { averagePool, maxPool } from './pooling.js';
import { pow } from './pow.js';
import { dequantizeLinear, quantizeLinear } from './quantization.js';
import { globalAveragePool, reduceL2, reduceMax, reduceMean, reduceSum } from './reductions.js';
import { flatten, identity, reshape, squeeze, transpose, unsqueeze } from './shapes.js';
import { softmax } from './softmax.js';

export const lowerings: { readonly [K in InferenceOperatorName]: Lowering<K> } = {
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
};
