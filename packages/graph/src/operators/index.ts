/**
 * The operators of the supported subset of opset 21, one file each. Back ends and gradients have tables typed by
 * `OperatorName` too, so that an operator added here does not compile until each of them says what to do with it.
 */
import { add } from './add.js';
import { averagePool } from './average-pool.js';
import { batchNormalization } from './batch-normalization.js';
import { cast } from './cast.js';
import { clip } from './clip.js';
import { concat } from './concat.js';
import { conv } from './conv.js';
import { dequantizeLinear } from './dequantize-linear.js';
import { div } from './div.js';
import { expand } from './expand.js';
import { flatten } from './flatten.js';
import { gather } from './gather.js';
import { gelu } from './gelu.js';
import { gemm } from './gemm.js';
import { globalAveragePool } from './global-average-pool.js';
import { identity } from './identity.js';
import { layerNormalization } from './layer-normalization.js';
import { lpNormalization } from './lp-normalization.js';
import { matMul } from './mat-mul.js';
import { maxPool } from './max-pool.js';
import { mul } from './mul.js';
import { neg } from './neg.js';
import type { Operator } from './operator.js';
import { pad } from './pad.js';
import { pow } from './pow.js';
import { quantizeLinear } from './quantize-linear.js';
import { reduceL2 } from './reduce-l2.js';
import { reduceMax } from './reduce-max.js';
import { reduceMean } from './reduce-mean.js';
import { reduceSum } from './reduce-sum.js';
import { relu } from './relu.js';
import { reshape } from './reshape.js';
import { sigmoid } from './sigmoid.js';
import { slice } from './slice.js';
import { softmax } from './softmax.js';
import { split } from './split.js';
import { sqrt } from './sqrt.js';
import { squeeze } from './squeeze.js';
import { sub } from './sub.js';
import { tanh } from './tanh.js';
import { transpose } from './transpose.js';
import { unsqueeze } from './unsqueeze.js';

export const OPERATOR_NAMES = [
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
} as const satisfies Record<OperatorName, Operator>;

/** The table of operators, each with its own inputs, outputs and attributes. */
export type Operators = typeof operators;

export function isOperatorName(name: string): name is OperatorName {
  return Object.hasOwn(operators, name);
}
