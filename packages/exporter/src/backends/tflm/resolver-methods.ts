/**
 * What MicroMutableOpResolver calls the operators that the TFLite back end writes. Read in micro_mutable_op_resolver.h of
 * github.com/tensorflow/tflite-micro at commit 933f8301 (2022), and of github.com/AmbiqAI/helia-rt, its descendant, at commit
 * 1b6f554e (2025): all stand in both, but for BATCH_MATMUL and SUM, which came later.
 */
import type { TfliteDescription } from '../tflite/describe-tflite.js';
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
 * What of an operator's use only later sources have; undefined where those of 2022 do. batch_matmul.cc is of 2024; ADD of int32 came with
 * pull request 1847 of tflite-micro (2023); cast.cc had no int32 at commit 0b91aee6 (2021) and has it in issue 3241 (2025); of SUM no
 * more is known than that 2025 has it. Kernels of the other operators were not read one by one.
 */
export function laterSources(operator: BuiltinOperator, { operators, tensors }: TfliteDescription): string | undefined {
  const makesInt32 = operators.some(
    ({ operator: name, outputs }) => name === operator && outputs.some((index) => tensors[index]!.type === 'int32'),
  );
  switch (operator) {
    case 'BATCH_MATMUL':
      return 'sources of 2024 or later';
    case 'ADD':
      return makesInt32 ? 'int32: sources of May 2023 or later' : undefined;
    case 'CAST':
      return makesInt32 ? 'int32: sources later than 2021' : undefined;
    case 'SUM':
      return 'sources later than 2022';
    default:
      return undefined;
  }
}
