/** Windows that slide, with all padding written out. */
import { attributesOf, type Node, type NodeOf } from '@edgebeat/graph';
import type { SlidingWindow } from '../operations.js';
import type { ReadingContext } from './reading-context.js';

/**
 * Strides, dilations and pads of a node whose output shape is known. Padding at the end is what the last window needs, so that
 * `auto_pad` and `ceil_mode` are gone; what no window reads is left out.
 *
 * @param kernel sizes of the window.
 */
export function explicitWindow(
  context: ReadingContext,
  node: Node,
  operator: 'Conv' | 'MaxPool' | 'AveragePool',
  kernel: readonly number[],
): SlidingWindow {
  const attributes = attributesOf(node as NodeOf<typeof operator>);
  const sizes = context.shapeOf(node.inputs[0]!).slice(2);
  const output = context.shapeOf(node.outputs[0]!).slice(2);
  const strides = attributes.strides ?? sizes.map(() => 1);
  const dilations = attributes.dilations ?? sizes.map(() => 1);
  const totals = sizes.map(
    (size, at) => (output[at]! - 1) * strides[at]! + (kernel[at]! - 1) * dilations[at]! + 1 - size,
  );
  const begins = totals.map((total, at) => {
    const half = Math.max(0, total) / 2;
    if (attributes.auto_pad === 'SAME_UPPER') return Math.floor(half);
    if (attributes.auto_pad === 'SAME_LOWER') return Math.ceil(half);
    return attributes.pads?.[at] ?? 0;
  });
  const ends = totals.map((total, at) => Math.max(0, total - begins[at]!));
  return { strides, dilations, pads: [...begins, ...ends] };
}
