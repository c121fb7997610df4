/** Pad: the gradient of the padding falls away; elements that were cut off receive 0. */
import type { Gradient } from '../gradient.js';

export const pad: Gradient<'Pad'> = {
  backward(call) {
    const { mode } = call.attributes;
    if (mode !== 'constant') call.fail(`mode ${mode} has no gradient`, 'pad with a constant');
    if (call.wants(2)) call.fail('its constant value has no gradient', 'join constants to the data by Concat');
    const { g } = call;
    const back = g.int64(call.integers(1)!.map((count) => (count === 0 ? 0 : -count)));
    const axes = call.integers(3);
    return [g.pad(call.dY, back, undefined, axes && g.int64(axes))];
  },
};
