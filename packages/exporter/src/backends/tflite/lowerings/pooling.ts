/** What MaxPool and AveragePool have in common: a window over height and width. */
import type { Operation } from '../../../integer/integer-graph.js';
import type { LoweringContext } from '../graph/lowering-context.js';
import { channelsLast } from '../layout/layout.js';
import { unsupported } from './unsupported.js';
import { movement, paddingOf, type Window, windowOf } from './window.js';

/**
 * @param pad what to do with a padding that is neither SAME nor VALID: returns the padded input
 * @throws ExportError for dilated windows, and for windows over more than two dimensions.
 */
export function lowerPooling(
  context: LoweringContext,
  operation: Operation<'MaxPool' | 'AveragePool'>,
  code: 'MAX_POOL_2D' | 'AVERAGE_POOL_2D',
  pad: (input: number, window: Window) => number,
): void {
  const [x] = operation.inputs as [string];
  const [y] = operation.outputs as [string];
  const { kernel, dilations } = operation.attributes;
  const rank = context.shapeOf(x).length;
  if (rank !== 3 && rank !== 4) {
    throw unsupported(operation, `does not pool over ${rank - 2} dimensions`, 'one or two are supported');
  }
  if (dilations.some((dilation) => dilation !== 1)) {
    throw unsupported(operation, 'has no dilated pooling', 'dilations of 1 are supported');
  }
  const window = windowOf(operation.attributes, kernel, context.shapeOf(x), context.shapeOf(y));
  const padding = paddingOf(window);
  const bare = context.view(x, channelsLast(rank));
  const input = padding === undefined ? pad(bare, window) : bare;
  const [height, width] = window;
  context.builder.operator(code, [input], context.define(y, channelsLast(rank)), {
    table: 'Pool2D',
    ...movement(window, padding ?? 'VALID'),
    filterW: width.kernel,
    filterH: height.kernel,
  });
}
