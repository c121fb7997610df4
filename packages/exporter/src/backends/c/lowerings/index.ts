/** The steps that each operation becomes. */
import type { OperationName } from '../../../integer/operations.js';
import { lowerAdd } from './add.js';
import { lowerAveragePool } from './average-pool.js';
import { lowerClip } from './clip.js';
import { lowerConcat } from './concat.js';
import { lowerConv } from './conv.js';
import { lowerDequantizeLinear } from './dequantize-linear.js';
import { lowerDiv } from './div.js';
import { lowerExpand } from './expand.js';
import { lowerFloatClip } from './float-clip.js';
import { lowerGather } from './gather.js';
import { lowerGemm } from './gemm.js';
import { lowerLayerNormalization } from './layer-normalization.js';
import { lowerLookUp } from './look-up.js';
import type { Lowering } from './lowering.js';
import { lowerLpNormalization } from './lp-normalization.js';
import { lowerMatMul } from './mat-mul.js';
import { lowerMaxPool } from './max-pool.js';
import { lowerMul } from './mul.js';
import { lowerPad } from './pad.js';
import { lowerQuantizeLinear } from './quantize-linear.js';
import { lowerReduceMax } from './reduce-max.js';
import { lowerReduceMean } from './reduce-mean.js';
import { lowerReduceSum } from './reduce-sum.js';
import { lowerRequantize } from './requantize.js';
import { lowerRescale } from './rescale.js';
import { lowerReshape } from './reshape.js';
import { lowerSlice } from './slice.js';
import { lowerSoftmax } from './softmax.js';
import { lowerSqrt } from './sqrt.js';
import { lowerSub } from './sub.js';
import { lowerTranspose } from './transpose.js';

export const LOWERINGS: { readonly [K in OperationName]: Lowering<K> } = {
  Conv: lowerConv,
  Gemm: lowerGemm,
  MatMul: lowerMatMul,
  Add: lowerAdd,
  Sub: lowerSub,
  Mul: lowerMul,
  Div: lowerDiv,
  Sqrt: lowerSqrt,
  Clip: lowerClip,
  FloatClip: lowerFloatClip,
  LookUp: lowerLookUp,
  Softmax: lowerSoftmax,
  LayerNormalization: lowerLayerNormalization,
  LpNormalization: lowerLpNormalization,
  ReduceMean: lowerReduceMean,
  ReduceSum: lowerReduceSum,
  ReduceMax: lowerReduceMax,
  MaxPool: lowerMaxPool,
  AveragePool: lowerAveragePool,
  Reshape: lowerReshape,
  Transpose: lowerTranspose,
  Slice: lowerSlice,
  Concat: lowerConcat,
  Gather: lowerGather,
  Pad: lowerPad,
  Expand: lowerExpand,
  Rescale: lowerRescale,
  Requantize: lowerRequantize,
  DequantizeLinear: lowerDequantizeLinear,
  QuantizeLinear: lowerQuantizeLinear,
};
