/**
 * Versions of operators, by the rules of TensorFlow's converter (op_version.cc), and the first TensorFlow Lite that has them
 * (runtime_version.cc).
 */
import type { TfliteTensor } from '../graph/tflite-graph.js';
import type { BuiltinOperator } from './builtin-operators.js';

type Rule = (inputs: readonly TfliteTensor[], outputs: readonly TfliteTensor[]) => number;

const first: Rule = () => 1;
/** Version 2 of most operators takes int8. */
const int8Second: Rule = ([x]) => (x!.type === 'int8' ? 2 : 1);
const rankAbove = (rank: number, tensor: TfliteTensor) => tensor.shape.length > rank;
const sameShape = (a: TfliteTensor, b: TfliteTensor) => a.shape.join() === b.shape.join();

/** Elementwise operators of two inputs have a version of their own for spreading over more than four dimensions. */
const spreading =
  (wide: number, otherwise: Rule): Rule =>
  (inputs, outputs) => {
    const [a, b] = inputs as [TfliteTensor, TfliteTensor];
    return !sameShape(a, b) && (rankAbove(4, a) || rankAbove(4, b)) ? wide : otherwise(inputs, outputs);
  };

const wideFourth: Rule = (inputs, outputs) => (rankAbove(4, inputs[0]!) ? 4 : int8Second(inputs, outputs));

const RULES: Readonly<Record<BuiltinOperator, Rule>> = {
  ADD: int8Second,
  AVERAGE_POOL_2D: int8Second,
  BATCH_MATMUL: int8Second,
  BROADCAST_TO: ([x]) => (x!.type === 'int8' ? 3 : 2),
  CAST: ([x]) => (x!.type === 'int8' ? 3 : 1),
  CONCATENATION: int8Second,
  CONV_2D: () => 3,
  DEPTHWISE_CONV_2D: () => 3,
  DEQUANTIZE: int8Second,
  DIV: spreading(2, first),
  GATHER: int8Second,
  L2_NORMALIZATION: int8Second,
  LOGISTIC: int8Second,
  MAXIMUM: spreading(3, int8Second),
  MAX_POOL_2D: int8Second,
  MEAN: int8Second,
  MINIMUM: spreading(3, int8Second),
  MUL: (inputs, [y]) => (isGrowing(inputs, y!) ? 3 : int8Second(inputs, [y!])),
  PAD: wideFourth,
  PADV2: wideFourth,
  QUANTIZE: first,
  REDUCE_MAX: int8Second,
  RELU: int8Second,
  RESHAPE: first,
  RSQRT: int8Second,
  SOFTMAX: int8Second,
  SQRT: first,
  STRIDED_SLICE: wideFourth,
  SUB: spreading(3, int8Second),
  SUM: int8Second,
  TANH: int8Second,
  TRANSPOSE: wideFourth,
};

export function operatorVersion(
  code: BuiltinOperator,
  inputs: readonly TfliteTensor[],
  outputs: readonly TfliteTensor[],
): number {
  return RULES[code](inputs, outputs);
}

/** Whether a product of codes is multiplied by 1 or more. */
function isGrowing([a, b]: readonly TfliteTensor[], y: TfliteTensor): boolean {
  if (!a?.quantization || !b?.quantization || !y.quantization) return false;
  const product = Math.fround(a.quantization.scales[0]! * b.quantization.scales[0]!);
  return Math.fround(product / y.quantization.scales[0]!) >= 1;
}

/** Where it is later than 1.15, which has all others. */
const FIRST_RUNTIME: Readonly<Record<string, string>> = {
  'BATCH_MATMUL 2': '2.3.0',
  'BROADCAST_TO 2': '2.5.0',
  'BROADCAST_TO 3': '2.5.0',
  'CAST 3': '2.8.0',
  'DIV 2': '2.3.0',
  'MAXIMUM 3': '2.3.0',
  'MINIMUM 3': '2.3.0',
  'PAD 4': '2.6.0',
  'PADV2 4': '2.6.0',
  'STRIDED_SLICE 4': '2.2.0',
  'SUB 3': '2.3.0',
  'TRANSPOSE 4': '2.3.0',
};

/** The first version of TensorFlow Lite that runs all of these. */
export function minimumRuntime(operators: Iterable<{ readonly code: string; readonly version: number }>): string {
  const versions = [...operators].map(({ code, version }) => FIRST_RUNTIME[`${code} ${version}`] ?? '1.15.0');
  const order = (version: string) => version.split('.').reduce((all, part) => all * 100 + Number(part), 0);
  return versions.reduce((latest, version) => (order(version) > order(latest) ? version : latest), '1.15.0');
}
