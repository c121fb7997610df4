/** Softmax as SOFTMAX; a factor that its input is multiplied by before becomes beta. */
import type { LoweringContext } from '../graph/lowering-context.js';
import { lastDimensionLast } from './last-dimension.js';
import type { Lowering } from './lowering.js';

export const lowerSoftmax: Lowering<'Softmax'> = (context, operation) => {
  const [x] = operation.inputs as [string];
  const [y] = operation.outputs as [string];
  const producer = context.producerOf(x);
  const isScaled = producer?.operator === 'Rescale' && becomesBeta(context, x);
  const source = isScaled ? producer.inputs[0]! : x;
  const beta = isScaled ? producer.attributes.factor : 1;
  const layout = lastDimensionLast(context, source);
  const input = context.view(source, layout);
  context.builder.operator('SOFTMAX', [input], context.define(y, layout), { table: 'Softmax', beta });
};

/** Whether nobody but Softmax reads what a Rescale writes. */
export function becomesBeta(context: LoweringContext, rescaled: string): boolean {
  return !context.isOutput(rescaled) && context.readersOf(rescaled).every(({ operator }) => operator === 'Softmax');
}
