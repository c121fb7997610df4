/** How each operator of a QDQ graph is read; an operator that is missing here does not compile. */
import type { InferenceOperatorName } from '@edgebeat/graph';
import { readArithmetic, readClamp, readDiv, readFunction } from './arithmetic.js';
import { readConv, readGemm, readMatMul } from './matrix-products.js';
import {
  readConcat,
  readExpand,
  readGather,
  readIdentity,
  readPad,
  readReshape,
  readSlice,
  readSplit,
  readTranspose,
} from './moves.js';
import type { NodeReader } from './node-reader.js';
import { readLayerNormalization, readLpNormalization, readSoftmax } from './normalisations.js';
import { readAveragePool, readGlobalAveragePool, readMaxPool, readReduceMax, readReduction } from './reductions.js';

const refused =
  (hint: string): NodeReader =>
  (context, node) =>
    context.fail(node, 'has no int8 form', hint);

export const nodeReaders: { readonly [K in InferenceOperatorName]: NodeReader } = {
  Add: readArithmetic('Add'),
  Sub: readArithmetic('Sub'),
  Mul: readArithmetic('Mul'),
  Div: readDiv,
  Sqrt: readFunction('Sqrt'),
  Pow: readFunction('Pow'),
  Neg: readFunction('Neg'),
  Relu: readClamp,
  Gelu: readFunction('Gelu'),
  Sigmoid: readFunction('Sigmoid'),
  Tanh: readFunction('Tanh'),
  Softmax: readSoftmax,
  MatMul: readMatMul,
  Gemm: readGemm,
  Conv: readConv,
  BatchNormalization: refused('fold it into the product before it: prepareModel does'),
  LayerNormalization: readLayerNormalization,
  LpNormalization: readLpNormalization,
  ReduceMean: readReduction('ReduceMean'),
  ReduceSum: readReduction('ReduceSum'),
  ReduceL2: refused('write it as LpNormalization, or leave the norm to the caller'),
  ReduceMax: readReduceMax,
  Reshape: readReshape,
  Transpose: readTranspose,
  Concat: readConcat,
  Slice: readSlice,
  Gather: readGather,
  Squeeze: readReshape,
  Unsqueeze: readReshape,
  Expand: readExpand,
  Flatten: readReshape,
  Split: readSplit,
  Pad: readPad,
  AveragePool: readAveragePool,
  MaxPool: readMaxPool,
  GlobalAveragePool: readGlobalAveragePool,
  Identity: readIdentity,
  Cast: refused('only casts of constants can be exported: fold constants first'),
  Clip: readClamp,
  QuantizeLinear: (context, node) => context.quantize(node),
  // Read with the QuantizeLinear or the initializer before it.
  DequantizeLinear: () => {},
};
