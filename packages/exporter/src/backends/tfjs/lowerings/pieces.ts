/** Concat, Split, Slice, Gather: elements put together and taken apart. */
import { type LoweringCall, moves } from '../lowering-call.js';
import { integerAttr } from '../node-def.js';
import { openSizes } from '../value-table.js';

export const concat = moves<'Concat'>((call) => {
  const indices = Array.from({ length: call.inputCount }, (_, index) => index);
  const rank = call.outputShape().length;
  const axis = call.axis(call.attributes.axis);
  const isImage = indices.every((index) => call.isImageOnly(index));
  const inputs = indices.map((index) => (isImage ? call.image(index) : call.input(index)));
  // Channels are last in an image, and what stands after them in ONNX stands one place earlier, from behind.
  const at = isImage && axis > 0 ? (axis === 1 ? 3 : axis - 1 + (4 - rank)) : axis;
  const joined =
    inputs.length === 1
      ? inputs[0]!
      : call.emit('ConcatV2', [...inputs, call.writer.integers([at], [])], { N: integerAttr(inputs.length) });
  if (isImage) call.outputImage(joined);
  else call.output(joined);
});

export const split = moves<'Split'>((call) => {
  const axis = call.axis(call.attributes.axis);
  const sizes = call.node.outputs.map((_, index) => call.outputShape(index)[axis] as number);
  const pieces = call.emit('SplitV', [call.input(0), call.writer.integers(sizes), call.writer.integers([axis], [])], {
    num_split: integerAttr(sizes.length),
  });
  sizes.forEach((_, index) => {
    call.output(index === 0 ? pieces : `${pieces}:${index}`, index);
  });
});

export const slice = moves<'Slice'>((call) => {
  const shape = call.shape(0);
  const starts = call.integers(1)!;
  const axes = (call.integers(3) ?? starts.map((_, index) => index)).map((axis) => call.axis(axis));
  const steps = call.integers(4) ?? starts.map(() => 1);
  const begins = shape.map(() => 0);
  const strides = shape.map(() => 1);
  axes.forEach((axis, index) => {
    const size = shape[axis]!;
    // Shape inference leaves a symbolic dimension whole only.
    if (typeof size === 'string') return;
    const start = starts[index]! < 0 ? starts[index]! + size : starts[index]!;
    strides[axis] = steps[index]!;
    begins[axis] = Math.min(Math.max(start, 0), strides[axis]! > 0 ? size : size - 1);
  });
  if (strides.every((stride) => stride === 1)) {
    const sizes = openSizes(call.outputShape(), `value "${call.node.outputs[0]}"`);
    call.output(call.emit('Slice', [call.input(0), call.writer.integers(begins), call.writer.integers(sizes)]));
  } else {
    call.output(strided(call, begins, strides));
  }
});

function strided(call: LoweringCall<'Slice'>, begins: readonly number[], strides: readonly number[]): string {
  if (call.type(0).dtype !== 'float32') {
    call.refuse(`takes every other element of ${call.type(0).dtype}`, 'TensorFlow.js does so with float32 only.');
  }
  // Where the last element taken would be the first of a dimension, no number says "before it": that end is left open.
  let open = 0;
  const ends = call.outputShape().map((size, axis) => {
    const end = typeof size === 'string' ? -1 : begins[axis]! + size * strides[axis]!;
    if (end < 0) open |= 1 << axis;
    return end;
  });
  const list = (values: readonly number[]) => call.writer.integers(values);
  return call.emit('StridedSlice', [call.input(0), list(begins), list(ends), list(strides)], {
    begin_mask: integerAttr(0),
    end_mask: integerAttr(open),
    ellipsis_mask: integerAttr(0),
    new_axis_mask: integerAttr(0),
    shrink_axis_mask: integerAttr(0),
  });
}

export const gather = moves<'Gather'>((call) => {
  const axis = call.axis(call.attributes.axis);
  const indices = call.integers(1);
  const size = call.shape(0)[axis]!;
  if (indices?.some((index) => index < 0) && typeof size === 'string') {
    call.refuse('counts from the end of the batch', 'Only the batch is symbolic: gather along another dimension.');
  }
  // TensorFlow.js does not count from the end; indices that are computed must not do so either.
  const counted = indices
    ? call.writer.integers(
        indices.map((index) => (index < 0 ? index + (size as number) : index)),
        call.shape(1) as number[],
      )
    : call.input(1);
  call.output(
    call.emit('GatherV2', [call.input(0), counted, call.writer.integers([axis], [])], { batch_dims: integerAttr(0) }),
  );
});
