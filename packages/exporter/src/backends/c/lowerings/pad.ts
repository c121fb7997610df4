/** Zeros around a tensor; of codes, the zero point. */
import { parameters, write } from '../program/step.js';
import { realLiteral } from '../source/literals.js';
import { natural, sliced } from '../views/view.js';
import type { Lowering } from './lowering.js';

export const lowerPad: Lowering<'Pad'> = (context, operation) => {
  const y = context.operands(operation).output();
  const [yName] = operation.outputs as [string];
  const view = context.view(operation.inputs[0]!);
  const rank = view.shape.length;
  const output = context.define(yName, context.preferredOrder(yName) ?? natural(rank));
  const { count } = output.buffer;
  if (y.dtype === 'int8') {
    context.add('eb_fill_s8', [parameters('eb_fill_codes', { value: y.zeroPoint, count }), write(output)], [], 'fill');
  } else {
    context.add(
      'eb_fill_f32',
      [parameters('eb_fill_reals', { value: realLiteral(0), count }), write(output)],
      [],
      'fill',
    );
  }
  const starts = operation.attributes.pads.slice(0, rank);
  const steps = starts.map(() => 1);
  context.addCopy(view, sliced(output, starts, steps, view.shape));
};
