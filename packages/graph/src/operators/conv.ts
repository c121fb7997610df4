/** Conv: convolution of X [batch, channels, …] with the filters W [filters, channels / group, …], plus B [filters]. */
import { defaulted, optional } from './attributes.js';
import { IEEE_FLOAT } from './data-type-sets.js';
import { operator } from './operator.js';
import { slidingWindow, windowAttributes } from './sliding-window.js';

export const conv = operator({
  inputs: ['X', 'W', 'B?'],
  outputs: ['Y'],
  attributes: {
    ...windowAttributes,
    group: defaulted('int', 1),
    /** That of W unless given. */
    kernel_shape: optional('ints'),
  },
  infer(call) {
    const dtype = call.commonDtype([0, 1, 2], IEEE_FLOAT);
    const x = call.ranked(0, 3);
    const w = call
      .ranked(1, x.length, x.length)
      .map((size, axis) => call.size(size, `dimension ${axis} of ${call.inputName(1)}`));
    const { group, kernel_shape = w.slice(2) } = call.attributes;
    const channels = call.size(x[1]!, `dimension 1 of ${call.inputName(0)}`);
    const filters = w[0]!;
    if (kernel_shape.some((size, index) => size !== w[index + 2])) {
      call.fail(`kernel_shape is [${kernel_shape.join(', ')}], W is [${w.join(', ')}]`, 'leave kernel_shape out');
    }
    if (group < 1 || filters % group !== 0 || w[1]! * group !== channels) {
      call.fail(
        `${channels} channels, W [${w.join(', ')}] and group ${group} do not fit`,
        'W is [filters, channels / group, …], and group divides both numbers',
      );
    }
    call.expectShape(2, [filters]);
    return [{ dtype, shape: [x[0]!, filters, ...slidingWindow(call, x, kernel_shape).output] }];
  },
});
