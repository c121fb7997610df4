/** How each operation is computed. A missing one does not compile. */
import type { OperationName } from '../../integer/operations.js';
import type { Prepare } from '../operands.js';
import { prepareAdd } from './add.js';
import { prepareAveragePool } from './average-pool.js';
import { prepareClip } from './clip.js';
import { prepareConcat } from './concat.js';
import { prepareConv } from './conv.js';
import { prepareDequantizeLinear } from './dequantize-linear.js';
import { prepareDiv } from './div.js';
import { prepareExpand } from './expand.js';
import { prepareFloatClip } from './float-clip.js';
import { prepareGather } from './gather.js';
import { prepareGemm } from './gemm.js';
import { prepareLayerNormalization } from './layer-normalization.js';
import { prepareLookUp } from './look-up.js';
import { prepareLpNormalization } from './lp-normalization.js';
import { prepareMatMul } from './mat-mul.js';
import { prepareMaxPool } from './max-pool.js';
import { prepareMul } from './mul.js';
import { preparePad } from './pad.js';
import { prepareQuantizeLinear } from './quantize-linear.js';
import { prepareReduceMax } from './reduce-max.js';
import { prepareReduceMean } from './reduce-mean.js';
import { prepareReduceSum } from './reduce-sum.js';
import { prepareRequantize } from './requantize.js';
import { prepareRescale } from './rescale.js';
import { prepareReshape } from './reshape.js';
import { prepareSlice } from './slice.js';
import { prepareSoftmax } from './softmax.js';
import { prepareSqrt } from './sqrt.js';
import { prepareSub } from './sub.js';
import { prepareTranspose } from './transpose.js';

export const OPERATIONS: { readonly [K in OperationName]: Prepare<K> } = {
  Conv: prepareConv,
  Gemm: prepareGemm,
  MatMul: prepareMatMul,
  Add: prepareAdd,
  Sub: prepareSub,
  Mul: prepareMul,
  Div: prepareDiv,
  Sqrt: prepareSqrt,
  Clip: prepareClip,
  FloatClip: prepareFloatClip,
  LookUp: prepareLookUp,
  Softmax: prepareSoftmax,
  LayerNormalization: prepareLayerNormalization,
  LpNormalization: prepareLpNormalization,
  ReduceMean: prepareReduceMean,
  ReduceSum: prepareReduceSum,
  ReduceMax: prepareReduceMax,
  MaxPool: prepareMaxPool,
  AveragePool: prepareAveragePool,
  Reshape: prepareReshape,
  Transpose: prepareTranspose,
  Slice: prepareSlice,
  Concat: prepareConcat,
  Gather: prepareGather,
  Pad: preparePad,
  Expand: prepareExpand,
  Rescale: prepareRescale,
  Requantize: prepareRequantize,
  DequantizeLinear: prepareDequantizeLinear,
  QuantizeLinear: prepareQuantizeLinear,
};
