/** Pad: PadV2 or MirrorPad; what negative padding cuts off is sliced away first. */
import { moves } from '../lowering-call.js';
import { textAttr } from '../node-def.js';
import { openSizes } from '../value-table.js';

export const pad = moves<'Pad'>((call) => {
  const { mode } = call.attributes;
  if (mode !== 'constant' && mode !== 'reflect') {
    call.refuse(`pads by mode ${mode}`, 'TensorFlow.js pads by constant and reflect.');
  }
  const shape = call.shape(0);
  const given = call.integers(1)!;
  const axes = (call.integers(3) ?? shape.map((_, axis) => axis)).map((axis) => call.axis(axis));
  const begins = shape.map(() => 0);
  const ends = shape.map(() => 0);
  axes.forEach((axis, index) => {
    begins[axis] = given[index]!;
    ends[axis] = given[index + axes.length]!;
  });
  const where = `value "${call.node.outputs[0]}"`;
  let x = call.input(0);
  if ([...begins, ...ends].some((size) => size < 0)) {
    const starts = begins.map((size) => Math.max(0, -size));
    const sizes = shape.map((size, axis) =>
      typeof size === 'string' ? size : size - starts[axis]! - Math.max(0, -ends[axis]!),
    );
    x = call.emit('Slice', [x, call.writer.integers(starts), call.writer.integers(openSizes(sizes, where))]);
  }
  const paddings = call.writer.integers(
    begins.flatMap((size, axis) => [Math.max(0, size), Math.max(0, ends[axis]!)]),
    [shape.length, 2],
  );
  if (mode === 'reflect') {
    call.output(call.emit('MirrorPad', [x, paddings], { mode: textAttr('REFLECT') }));
    return;
  }
  call.output(call.emit('PadV2', [x, paddings, call.has(2) ? call.input(2) : call.writer.scalar(0)]));
});
