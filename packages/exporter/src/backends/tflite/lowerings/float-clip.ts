/** A float32 Relu or Clip as RELU, or MAXIMUM and MINIMUM. */
import type { Lowering } from './lowering.js';
import { lowerUnary, unaryInput } from './unary.js';

export const lowerFloatClip: Lowering<'FloatClip'> = (context, operation) => {
  const [y] = operation.outputs as [string];
  const { least, most } = operation.attributes;
  if (least === 0 && most === Infinity) {
    lowerUnary(context, operation, 'RELU');
    return;
  }
  const { input, layout } = unaryInput(context, operation);
  const bounds = [
    { code: 'MAXIMUM', bound: least },
    { code: 'MINIMUM', bound: most },
  ] as const;
  const finite = bounds.filter(({ bound }) => Number.isFinite(bound));
  const last = finite.reduce((x, { code, bound }) => {
    const limited = context.temporary(y, layout);
    context.builder.operator(code, [x, context.builder.float32(bound)], limited);
    return limited;
  }, input);
  context.alias(y, layout, last);
};
