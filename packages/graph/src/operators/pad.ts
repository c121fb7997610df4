/** Pad: elements added before and after (`pads`: all begins, then all ends; negative ones cut off) along `axes`, or all. */
import { oneOf } from './attributes.js';
import { ANY } from './data-type-sets.js';
import { operator } from './operator.js';

export const pad = operator({
  inputs: ['data', 'pads', 'constant_value?', 'axes?'],
  outputs: ['output'],
  attributes: { mode: oneOf('constant', 'reflect', 'edge', 'wrap') },
  infer(call) {
    const dtype = call.commonDtype([0, 2], ANY);
    const shape = call.ranked(0, 1);
    call.dtypeAmong(1, ['int64']);
    const pads = call.integers(1)!;
    const axes = call.axes(call.integers(3) ?? shape.map((_, axis) => axis), shape.length);
    if (pads.length !== 2 * axes.length) {
      call.fail(`pads has ${pads.length} numbers for ${axes.length} axes`, 'give a begin and an end per axis');
    }
    const result = [...shape];
    axes.forEach((axis, index) => {
      const total = pads[index]! + pads[index + axes.length]!;
      if (pads[index] === 0 && total === 0) return;
      const size = call.size(shape[axis]!, `axis ${axis}`) + total;
      if (size < 0) call.fail(`axis ${axis} would have ${size} elements`, 'cut off less');
      result[axis] = size;
    });
    return [{ dtype, shape: result }];
  },
});
