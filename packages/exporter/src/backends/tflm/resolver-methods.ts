/**
 * What MicroMutableOpResolver calls the operators that the TFLite back end writes. Read in micro_mutable_op_resolver.h of
 * github.com/tensorflow/tflite-micro at commit 933f8301 (2022), and of github.com/AmbiqAI/helia-rt, its descendant, at commit
 * 1b6f554e (2025): all stand in both, but for BATCH_MATMUL and SUM, which came later.
 */
import type { BuiltinOperator } from '../tflite/schema/builtin-operators.js';

export const RESOLVER_METHODS: Readonly<Record<BuiltinOperator, string>> = {
  ADD: 'AddAdd',
  AVERAGE_POOL_2D: 'AddAveragePool2D',
  BATCH_MATMUL: 'AddBatchMatMul',
  BROADCAST_TO: 'AddBroadcastTo',
  CAST: 'AddCast',
  CONCATENATION: 'AddConcatenation',
  CONV_2D: 'AddConv2D',
  DEPTHWISE_CONV_2D: 'AddDepthwiseConv2D',
  DEQUANTIZE: 'AddDequantize',
  DIV: 'AddDiv',
  GATHER: 'AddGather',
  L2_NORMALIZATION: 'AddL2Normalization',
  LOGISTIC: 'AddLogistic',
  MAXIMUM: 'AddMaximum',
  MAX_POOL_2D: 'AddMaxPool2D',
  MEAN: 'AddMean',
  MINIMUM: 'AddMinimum',
  MUL: 'AddMul',
  PAD: 'AddPad',
  PADV2: 'AddPadV2',
  QUANTIZE: 'AddQuantize',
  REDUCE_MAX: 'AddReduceMax',
  RELU: 'AddRelu',
  RESHAPE: 'AddReshape',
  RSQRT: 'AddRsqrt',
  SOFTMAX: 'AddSoftmax',
  SQRT: 'AddSqrt',
  STRIDED_SLICE: 'AddStridedSlice',
  SUB: 'AddSub',
  SUM: 'AddSum',
  TANH: 'AddTanh',
  TRANSPOSE: 'AddTranspose',
};

/**
 * What the sources of 2022 do not have: batch_matmul.cc is of 2024, cast.cc at commit 0b91aee6 had no int32 yet, and of SUM no more is
 * known than that 2025 has it. Kernels of the other operators were not read one by one.
 */
export const LATER_OPERATORS: Readonly<Partial<Record<BuiltinOperator, string>>> = {
  BATCH_MATMUL: 'sources of 2024 or later',
  CAST: 'sources later than 2022, with int8 to int32',
  SUM: 'sources later than 2022',
};
