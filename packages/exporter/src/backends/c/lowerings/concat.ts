/** Tensors one behind the other along an axis; codes of another scale than the output's are requantized first. */
import { elementCount } from '../../../interpreter/indices.js';
import type { Codes } from '../../../interpreter/operands.js';
import { requantizationTable, sameQuantization } from '../../../interpreter/requantize.js';
import type { LoweringContext } from '../lowering-context.js';
import { read, write } from '../program/step.js';
import { denseView, natural, sliced, type View } from '../views/view.js';
import type { Lowering } from './lowering.js';

export const lowerConcat: Lowering<'Concat'> = (context, operation) => {
  const operands = context.operands(operation);
  const { axis } = operation.attributes;
  const [yName] = operation.outputs as [string];
  const y = operands.output();
  const parts = operation.inputs.map((name, index) => {
    const x = operands.input(index);
    const isRequantized = x.dtype === 'int8' && y.dtype === 'int8' && !sameQuantization(x, y);
    return isRequantized ? requantized(context, name, x, y) : context.view(name);
  });
  const output = context.define(yName, context.preferredOrder(yName) ?? natural(y.shape.length));
  const ones = y.shape.map(() => 1);
  let start = 0;
  for (const part of parts) {
    context.addCopy(part, sliced(output, y.shape.map(() => 0).with(axis, start), ones, part.shape));
    start += part.shape[axis]!;
  }
};

function requantized(context: LoweringContext, name: string, x: Codes, y: Codes): View {
  const order = natural(x.shape.length);
  const input = context.dense(name, order);
  const count = elementCount(x.shape);
  const output = denseView(context.temporary(`${name}/requantized`, count, 'int8'), x.shape, order);
  const table = context.constant('table', requantizationTable(x, y));
  context.add('eb_look_up_s8', [
    { kind: 'constant', name: table },
    { kind: 'number', value: count },
    read(input),
    write(output),
  ]);
  return output;
}
