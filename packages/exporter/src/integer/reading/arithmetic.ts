/** Element by element: Add, Sub, Mul, Div, Sqrt, Pow, Neg, Relu, Clip, and functions of one code. */
import type { Node } from '@edgebeat/graph';
import type { CodeTensor } from '../integer-graph.js';
import {
  gelu,
  lookUpTable,
  negative,
  power,
  type RealFunction,
  sigmoid,
  squareRoot,
  tanh,
  tanhGelu,
} from '../look-up-table.js';
import { ALL_CODES, type LookUpFunction } from '../operations.js';
import type { NodeReader } from './node-reader.js';
import { boundsOf, clampedBy, type ReadingContext } from './reading-context.js';

/** On codes where all inputs have them and the output is quantized, otherwise on real numbers. */
export const readArithmetic =
  (operator: 'Add' | 'Sub' | 'Mul'): NodeReader =>
  (context, node) => {
    if (operator === 'Mul' && readScaling(context, node)) return;
    const [output] = node.outputs as [string];
    const codes = node.inputs.map((value) => context.codes(node, value));
    const isQuantized = codes.every((one) => one !== undefined && one.quantization.scales.length === 1);
    const target = isQuantized ? context.target(output) : undefined;
    if (target) {
      const names = (codes as CodeTensor[]).map(({ name }) => name);
      context.addOperation(operator, node, names, [target.tensor], { clamp: target.clamp });
      return;
    }
    const names = node.inputs.map((value) => context.real(node, value));
    context.addOperation(operator, node, names, [context.addReal(output)], { clamp: ALL_CODES });
  };

export const readDiv: NodeReader = (context, node) => {
  if (readScaling(context, node)) return;
  const names = node.inputs.map((value) => context.real(node, value));
  context.addOperation('Div', node, names, [context.addReal(node.outputs[0]!)], {});
};

/** Codes times one positive number, without a pair behind it: the same codes in another scale. */
function readScaling(context: ReadingContext, node: Node): boolean {
  const [a, b] = node.inputs as [string, string];
  const [output] = node.outputs as [string];
  const isNumber = (value: string) => {
    const data = context.index.realConstant(value)?.data;
    return data?.length === 1 && (data[0] as number) > 0;
  };
  const isDivision = node.operator === 'Div';
  const [data, number] = isNumber(b) ? [a, b] : !isDivision && isNumber(a) ? [b, a] : [];
  if (data === undefined || number === undefined || context.shapeOf(data).join() !== context.shapeOf(output).join())
    return false;
  const reader = context.index.onlyReader(output);
  const source = context.tensor(node, data);
  if (reader?.operator === 'QuantizeLinear' || source.dtype !== 'int8' || source.data) return false;
  const value = context.index.realConstant(number)!.data[0] as number;
  const factor = isDivision ? 1 / value : value;
  const scales = source.quantization.scales.map((scale) => scale * factor);
  const target = context.addCodes(output, { ...source.quantization, scales });
  context.addOperation('Rescale', node, [source.name], [target], { factor });
  return true;
}

export const readClamp: NodeReader = (context, node) => {
  const source = context.tensor(node, node.inputs[0]!);
  const [output] = node.outputs as [string];
  const target = source.dtype === 'int8' ? context.target(output) : undefined;
  if (target) {
    context.addOperation('Clip', node, [source.name], [target.tensor], { clamp: clampedBy(context, node, target) });
    return;
  }
  const real = context.real(node, node.inputs[0]!);
  context.addOperation('FloatClip', node, [real], [context.addReal(output)], boundsOf(context, node));
};

/** By a table of 256 codes. */
export const readFunction =
  (operator: LookUpFunction): NodeReader =>
  (context, node) => {
    const [data] = node.inputs as [string];
    const [output] = node.outputs as [string];
    const codes = context.codes(node, data);
    const target = codes && context.target(output);
    if (!target) {
      if (operator === 'Sqrt') {
        context.addOperation('Sqrt', node, [context.real(node, data)], [context.addReal(output)], {});
        return;
      }
      return context.fail(
        node,
        `"${data}" or its own output is not quantized`,
        'quantize both: it has no float32 kernel',
      );
    }
    const table = lookUpTable(functionOf(context, node), codes.quantization, target.quantization).map((code) =>
      Math.min(target.clamp.most, Math.max(target.clamp.least, code)),
    );
    context.addOperation('LookUp', node, [codes.name], [target.tensor], { function: operator, table });
  };

function functionOf(context: ReadingContext, node: Node): RealFunction {
  switch (node.operator) {
    case 'Sigmoid':
      return sigmoid;
    case 'Tanh':
      return tanh;
    case 'Sqrt':
      return squareRoot;
    case 'Neg':
      return negative;
    case 'Gelu':
      return context.attributes(node, 'Gelu').approximate === 'tanh' ? tanhGelu : gelu;
    case 'Pow': {
      const exponent = context.index.realConstant(node.inputs[1]!);
      if (exponent?.data.length !== 1) context.fail(node, 'its exponent is no constant number', 'give it one');
      return power(exponent.data[0] as number);
    }
    default:
      return context.fail(node, 'is no function of one code', 'Sigmoid, Tanh, Gelu, Sqrt, Pow and Neg are');
  }
}
