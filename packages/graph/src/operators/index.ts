/**
 * The operators of the supported subset of opset 21, one file each. Tables elsewhere are typed by `OperatorName` or
 * `InferenceOperatorName`, so that an operator added here does not compile until each of them says what to do with it.
 */
import { abs } from './abs.js';
import { add } from './add.js';
import { and } from './and.js';
import { argMax } from './arg-max.js';
import { averagePool } from './average-pool.js';
import { batchNormalization } from './batch-normalization.js';
import { cast } from './cast.js';
import { clip } from './clip.js';
import { concat } from './concat.js';
import { conv } from './conv.js';
import { dequantizeLinear } from './dequantize-linear.js';
import { div } from './div.js';
import { equal } from './equal.js';
import { erf } from './erf.js';
import { exp } from './exp.js';
import { expand } from './expand.js';
import { flatten } from './flatten.js';
import { gather } from './gather.js';
import { gatherElements } from './gather-elements.js';
import { gelu } from './gelu.js';
import { gemm } from './gemm.js';
import { globalAveragePool } from './global-average-pool.js';
import { greater } from './greater.js';
import { greaterOrEqual } from './greater-or-equal.js';
import { identity } from './identity.js';
import { layerNormalization } from './layer-normalization.js';
import { less } from './less.js';
import { lessOrEqual } from './less-or-equal.js';
import { log } from './log.js';
import { logSoftmax } from './log-softmax.js';
import { lpNormalization } from './lp-normalization.js';
import { matMul } from './mat-mul.js';
import { max } from './max.js';
import { maxPool } from './max-pool.js';
import { min } from './min.js';
import { mul } from './mul.js';
import { neg } from './neg.js';
import { not } from './not.js';
import type { Operator } from './operator.js';
import { pad } from './pad.js';
import { pow } from './pow.js';
import { quantizeLinear } from './quantize-linear.js';
import { reciprocal } from './reciprocal.js';
import { reduceL2 } from './reduce-l2.js';
import { reduceMax } from './reduce-max.js';
import { reduceMean } from './reduce-mean.js';
import { reduceMin } from './reduce-min.js';
import { reduceSum } from './reduce-sum.js';
import { relu } from './relu.js';
import { reshape } from './reshape.js';
import { scatterElements } from './scatter-elements.js';
import { scatterND } from './scatter-nd.js';
import { sigmoid } from './sigmoid.js';
import { sign } from './sign.js';
import { slice } from './slice.js';
import { softmax } from './softmax.js';
import { split } from './split.js';
import { sqrt } from './sqrt.js';
import { squeeze } from './squeeze.js';
import { sub } from './sub.js';
import { tanh } from './tanh.js';
import { tile } from './tile.js';
import { transpose } from './transpose.js';
import { unsqueeze } from './unsqueeze.js';
import { where } from './where.js';

/** The operators of networks that answer: what every back end must lower. */
export const INFERENCE_OPERATOR_NAMES = [
  'Add',
  'Sub',
  'Mul',
  'Div',
  'Sqrt',
  'Pow',
  'Neg',
  'Relu',
  'Gelu',
  'Sigmoid',
  'Tanh',
  'Softmax',
  'MatMul',
  'Gemm',
  'Conv',
  'BatchNormalization',
  'LayerNormalization',
  'LpNormalization',
  'ReduceMean',
  'ReduceSum',
  'ReduceL2',
  'ReduceMax',
  'Reshape',
  'Transpose',
  'Concat',
  'Slice',
  'Gather',
  'Squeeze',
  'Unsqueeze',
  'Expand',
  'Flatten',
  'Split',
  'Pad',
  'AveragePool',
  'MaxPool',
  'GlobalAveragePool',
  'Identity',
  'Cast',
  'Clip',
  'QuantizeLinear',
  'DequantizeLinear',
] as const;

/**
 * The operators that only losses, gradients and the steps of an optimizer have. They stand apart because networks are
 * built without them: back ends need not lower them, and refuse a graph that holds one.
 */
export const TRAINING_OPERATOR_NAMES = [
  'Exp',
  'Log',
  'Erf',
  'Abs',
  'Sign',
  'Reciprocal',
  'Min',
  'Max',
  'Greater',
  'GreaterOrEqual',
  'Less',
  'LessOrEqual',
  'Equal',
  'And',
  'Not',
  'Where',
  'ReduceMin',
  'LogSoftmax',
  'ArgMax',
  'GatherElements',
  'ScatterElements',
  'ScatterND',
  'Tile',
] as const;

/** All supported operators. */
export const OPERATOR_NAMES = [...INFERENCE_OPERATOR_NAMES, ...TRAINING_OPERATOR_NAMES] as const;

/** Name of an operator that back ends lower. */
export type InferenceOperatorName = (typeof INFERENCE_OPERATOR_NAMES)[number];

/** Name of an operator that occurs in training graphs only. */
export type TrainingOperatorName = (typeof TRAINING_OPERATOR_NAMES)[number];

/** Name of a supported operator, as ONNX has it. */
export type OperatorName = (typeof OPERATOR_NAMES)[number];

export const operators = {
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
  Sign: sign,
  Reciprocal: reciprocal,
  Min: min,
  Max: max,
  Greater: greater,
  GreaterOrEqual: greaterOrEqual,
  Less: less,
  LessOrEqual: lessOrEqual,
  Equal: equal,
  And: and,
  Not: not,
  Where: where,
  ReduceMin: reduceMin,
  LogSoftmax: logSoftmax,
  ArgMax: argMax,
  GatherElements: gatherElements,
  ScatterElements: scatterElements,
  ScatterND: scatterND,
  Tile: tile,
} as const satisfies Record<OperatorName, Operator>;

/** The table of operators, each with its own inputs, outputs and attributes. */
export type Operators = typeof operators;

export function isOperatorName(name: string): name is OperatorName {
  return Object.hasOwn(operators, name);
}
