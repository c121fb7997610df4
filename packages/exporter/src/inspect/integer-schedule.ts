/** The steps of int8 inference, as the interpreter and the back ends take them. */
import { elementCount } from '@edgebeat/graph';
import type { AnyOperation, IntegerGraph, IntegerTensor } from '../integer/integer-graph.js';
import { type Schedule, type Step, type StoredTensor, VIEWS } from './schedule.js';

/**
 * @param called what a tensor is to be called, unless another has that name; operations are called as what they make, for nodes of
 * int8 graphs need no names.
 */
export function integerSchedule(
  { tensors, inputs, outputs, operations }: IntegerGraph,
  called: (tensor: string) => string,
): Schedule {
  const named = (name: string) => (tensors.has(called(name)) ? name : called(name));
  const tensor = (name: string) => tensors.get(name)!;
  const counted = new Set<string>();
  const steps = operations.map((operation): Step => {
    const constants = [...new Set(operation.inputs)].map(tensor).filter(isConstant);
    const fresh = constants.filter(({ name }) => !counted.has(name));
    for (const { name } of fresh) counted.add(name);
    const { operator } = operation;
    return {
      name: called(operation.outputs[0]!),
      operator,
      inputs: operation.inputs.filter((input) => !isConstant(tensor(input))).map(named),
      outputs: operation.outputs.map(named),
      parameters: sum(fresh.filter(({ shape }) => shape.length > 0).map(({ shape }) => elementCount(shape))),
      weightBytes: sum(fresh.map(constantBytes)) + (operator === 'LookUp' ? operation.attributes.table.byteLength : 0),
      macs: operationMacs(operation, (value) => tensor(value).shape),
      isFloat:
        operator === 'LayerNormalization' ||
        [...operation.inputs, ...operation.outputs].some((value) => isRealActivation(tensor(value))),
      isView: VIEWS.has(operator),
    };
  });
  const activations = [...tensors.values()].filter((one) => !isConstant(one));
  return {
    steps,
    tensors: new Map(activations.map((one) => [named(one.name), stored(one, named(one.name))])),
    inputs: inputs.map(named),
    outputs: outputs.map((output) => named(output.tensor)),
  };
}

/** Bytes of a number of each type. */
const widths: { readonly [D in IntegerTensor['dtype']]: number } = { int8: 1, int32: 4, float32: 4 };

function stored({ shape, dtype }: IntegerTensor, name: string): StoredTensor {
  return { name, shape, dtype, bytes: elementCount(shape) * widths[dtype] };
}

/** Whether an operation stands at the begin or end of a float island. */
export function isBoundary(operator: string): boolean {
  return operator === 'QuantizeLinear' || operator === 'DequantizeLinear';
}

const isConstant = ({ data }: IntegerTensor) => data !== undefined;
const isRealActivation = (tensor: IntegerTensor) => tensor.dtype === 'float32' && !isConstant(tensor);

/** Elements, and the scales of int8 constants; those of biases follow from others. */
function constantBytes(tensor: IntegerTensor): number {
  const elements = elementCount(tensor.shape) * widths[tensor.dtype];
  return tensor.dtype === 'int8' ? elements + tensor.quantization.scales.byteLength : elements;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** Elements of the output, times the number of products that each is the sum of. */
function operationMacs({ operator, inputs, outputs }: AnyOperation, shapeOf: (name: string) => readonly number[]) {
  const summands = () => {
    switch (operator) {
      case 'Conv':
        return elementCount(shapeOf(inputs[1]!).slice(1));
      case 'Gemm':
      case 'MatMul':
        return shapeOf(inputs[0]!).at(-1)!;
      default:
        return 0;
    }
  };
  return summands() * elementCount(shapeOf(outputs[0]!));
}
