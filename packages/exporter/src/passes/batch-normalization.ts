/** BatchNormalization in inference as what it is: a factor and a shift for each channel. */
import type { Node } from '@edgebeat/graph';
import { ExportError } from '../export-error.js';
import type { GraphView } from './graph-view.js';
import { attributesIf, nameOf } from './nodes.js';

export interface ChannelMap {
  readonly channels: number;
  /** scale / √(variance + ε), in float64. */
  readonly factor: (channel: number) => number;
  /** What 0 becomes. */
  readonly shift: (channel: number) => number;
}

/**
 * @returns undefined for any other node, and where its numbers are no float32 initializers
 * @throws ExportError where it normalises by the batch itself
 */
export function channelMap(node: Node, view: GraphView): ChannelMap | undefined {
  const attributes = attributesIf(node, 'BatchNormalization');
  if (!attributes) return undefined;
  if (attributes.training_mode) {
    throw new ExportError(
      `node "${nameOf(node)}" (BatchNormalization): is in training mode, so that its result depends on the other windows of the batch`,
      'export the model for inference (model.eval() before torch.onnx.export)',
    );
  }
  const [scale, bias, mean, variance] = node.inputs.slice(1).map((name) => view.floats(name)?.data);
  if (!scale || !bias || !mean || !variance) return undefined;
  const factor = (channel: number) => scale[channel]! / Math.sqrt(variance[channel]! + attributes.epsilon);
  return { channels: scale.length, factor, shift: (channel) => bias[channel]! - mean[channel]! * factor(channel) };
}
