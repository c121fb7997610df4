/** Relu or Clip of real numbers. */
import { parameters } from '../program/step.js';
import { realLiteral } from '../source/literals.js';
import type { Lowering } from './lowering.js';
import { lowerUnary } from './unary.js';

export const lowerFloatClip: Lowering<'FloatClip'> = (context, operation) => {
  const least = realLiteral(operation.attributes.least);
  const most = realLiteral(operation.attributes.most);
  lowerUnary(context, operation, 'eb_clip_f32', (count) => [parameters('eb_clip', { least, most, count })]);
};
