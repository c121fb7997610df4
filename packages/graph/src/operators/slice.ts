/** Slice: elements from `starts` to before `ends` along `axes`, every `steps`-th; Python's rules for negative and large ones. */
import type { Dimension } from '../model.js';
import { ANY } from './data-type-sets.js';
import { operator } from './operator.js';

export const slice = operator({
  inputs: ['data', 'starts', 'ends', 'axes?', 'steps?'],
  outputs: ['output'],
  attributes: {},
  infer(call) {
    const dtype = call.dtypeAmong(0, ANY);
    const shape: Dimension[] = [...call.ranked(0, 1)];
    call.commonDtype([1, 2, 3, 4], ['int64', 'int32']);
    const starts = call.integers(1)!;
    const ends = call.integers(2)!;
    const axes = call.axes(call.integers(3) ?? starts.map((_, index) => index), shape.length);
    const steps = call.integers(4) ?? starts.map(() => 1);
    if (ends.length !== starts.length || axes.length !== starts.length || steps.length !== starts.length) {
      call.fail('starts, ends, axes and steps differ in length', 'give one number of each per axis');
    }
    axes.forEach((axis, index) => {
      const [start, end, step] = [starts[index]!, ends[index]!, steps[index]!];
      if (step === 0) call.fail(`steps is 0 for axis ${axis}`, 'a step is positive or negative');
      const dimension = shape[axis]!;
      // The whole of a symbolic dimension is a slice whose size is known: itself.
      if (typeof dimension === 'string' && start === 0 && step === 1 && end >= 2 ** 31 - 1) return;
      shape[axis] = sliceLength(call.size(dimension, `axis ${axis}`), start, end, step);
    });
    return [{ dtype, shape }];
  },
});

/** Number of elements of a slice of `size` elements. */
function sliceLength(size: number, start: number, end: number, step: number): number {
  const fromEnd = (index: number) => (index < 0 ? index + size : index);
  const clamp = (index: number, least: number, most: number) => Math.min(Math.max(index, least), most);
  const most = step > 0 ? size : size - 1;
  const first = clamp(fromEnd(start), 0, most);
  const last = clamp(fromEnd(end), step > 0 ? 0 : -1, most);
  return Math.max(0, Math.ceil((last - first) / step));
}
