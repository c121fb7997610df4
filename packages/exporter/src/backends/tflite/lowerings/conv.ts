/** Conv as CONV_2D or DEPTHWISE_CONV_2D; one CONV_2D for each group where there are several of several channels. */
import type { Operation } from '../../../integer/integer-graph.js';
import type { LoweringContext } from '../graph/lowering-context.js';
import { channelsLast, type Layout, UNIT } from '../layout/layout.js';
import { defineClamped } from './clamp.js';
import { padExplicitly } from './explicit-padding.js';
import { emitGroups } from './grouped-conv.js';
import type { Lowering } from './lowering.js';
import { unsupported } from './unsupported.js';
import { movement, paddingOf, windowOf } from './window.js';

/** Filters [O, I, …] as [O, H, W, I]. */
export const FILTER_LAYOUTS: Readonly<Record<3 | 4, Layout>> = { 3: [0, UNIT, 2, 1], 4: [0, 2, 3, 1] };
/** Filters of one input channel each as [1, H, W, O]. */
const DEPTHWISE_LAYOUTS: Readonly<Record<3 | 4, Layout>> = { 3: [1, UNIT, 2, 0], 4: [1, 2, 3, 0] };

export const lowerConv: Lowering<'Conv'> = (context, operation) => {
  const [x, weight] = operation.inputs as [string, string, string];
  const [y] = operation.outputs as [string];
  const rank = context.shapeOf(x).length;
  if (rank !== 3 && rank !== 4) {
    throw unsupported(operation, `has no convolution over ${rank - 2} dimensions`, 'one or two are supported');
  }
  const kernel = context.shapeOf(weight).slice(2);
  const window = windowOf(operation.attributes, kernel, context.shapeOf(x), context.shapeOf(y));
  const padding = paddingOf(window);
  const bare = context.view(x, channelsLast(rank));
  const input = padding === undefined ? padExplicitly(context, bare, window) : bare;
  const [height, width] = window;
  const steps = {
    ...movement(window, padding ?? 'VALID'),
    dilationW: width.dilation,
    dilationH: height.dilation,
  };
  defineClamped(context, y, channelsLast(rank), operation.attributes.clamp, (output, activation) =>
    emitConv(context, operation, rank, input, output, { ...steps, activation }),
  );
};

/** What the options of both convolutions have in common. */
export interface ConvSteps {
  readonly padding: number;
  readonly strideW: number;
  readonly strideH: number;
  readonly dilationW: number;
  readonly dilationH: number;
  readonly activation: number;
}

function emitConv(
  context: LoweringContext,
  operation: Operation<'Conv'>,
  rank: 3 | 4,
  input: number,
  output: number,
  steps: ConvSteps,
): void {
  const { builder } = context;
  const [x, weight, bias] = operation.inputs as [string, string, string];
  const { group } = operation.attributes;
  if (group === 1) {
    const inputs = [input, context.view(weight, FILTER_LAYOUTS[rank]), context.view(bias, [0])];
    builder.operator('CONV_2D', inputs, output, { table: 'Conv2D', ...steps });
  } else if (group === context.shapeOf(x)[1]) {
    const inputs = [input, context.view(weight, DEPTHWISE_LAYOUTS[rank]), context.view(bias, [0])];
    const depthMultiplier = context.shapeOf(weight)[0]! / group;
    builder.operator('DEPTHWISE_CONV_2D', inputs, output, { table: 'DepthwiseConv2D', ...steps, depthMultiplier });
  } else emitGroups(context, operation, FILTER_LAYOUTS[rank], input, output, steps);
}
