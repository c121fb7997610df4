/**
 * LayerNormalization along the last dimension: of codes to codes in one kernel; otherwise of real numbers to real numbers, with what
 * is int8 brought from or to codes apart, which gives the same bits.
 */
import { elementCount } from '../../../interpreter/indices.js';
import type { Codes } from '../../../interpreter/operands.js';
import type { LoweringContext } from '../lowering-context.js';
import { type CValue, parameters, read, write } from '../program/step.js';
import { realLiteral } from '../source/literals.js';
import { denseView, isWhole, type Order, type View } from '../views/view.js';
import type { Lowering } from './lowering.js';
import { quantization } from './quantization.js';
import { rowsOf } from './rows.js';

export const lowerLayerNormalization: Lowering<'LayerNormalization'> = (context, operation) => {
  const operands = context.operands(operation);
  const x = operands.input(0);
  const y = operands.output();
  const [xName] = operation.inputs as [string, string, string];
  const [yName] = operation.outputs as [string];
  const { view, order, rows, depth } = rowsOf(context, xName);
  const layer = {
    rows,
    depth,
    epsilon: realLiteral(operation.attributes.epsilon),
    scale: context.constant('scale', operands.reals(1).data),
    bias: context.constant('bias', operands.reals(2).data),
  };
  if (x.dtype === 'int8' && y.dtype === 'int8') {
    const output = context.define(yName, order);
    const args = [parameters('eb_layer_normalization_codes', { layer, ...codes(x, y) }), read(view), write(output)];
    context.add('eb_layer_normalization_s8', args, isWhole(view) ? [view] : []);
    return;
  }
  const input = x.dtype === 'int8' ? dequantized(context, view, order, x) : view;
  const output = context.define(yName, order);
  const result = y.dtype === 'int8' ? realsLike(context, output, order) : output;
  const args = [parameters('eb_layer_normalization', layer), read(input), write(result)];
  context.add('eb_layer_normalization_f32', args, isWhole(input) ? [input] : []);
  if (y.dtype === 'int8') {
    context.add('eb_quantize_s8', [quantization(y, elementCount(y.shape)), read(result), write(output)]);
  }
};

function codes(x: Codes, y: Codes): { readonly [field: string]: CValue } {
  return {
    input_scale: realLiteral(x.scale),
    input_zero_point: x.zeroPoint,
    output_scale: realLiteral(y.scale),
    output_zero_point: y.zeroPoint,
  };
}

function dequantized(context: LoweringContext, view: View, order: Order, x: Codes): View {
  const reals = realsLike(context, view, order);
  context.add('eb_dequantize_s8', [quantization(x, elementCount(x.shape)), read(view), write(reals)]);
  return reals;
}

function realsLike(context: LoweringContext, { buffer, shape }: View, order: Order): View {
  return denseView(context.temporary(`${buffer.name}/real`, elementCount(shape), 'float32'), shape, order);
}
