/**
 * Running statistics to feed a BatchNormalization node with when its own must not be touched. In training mode onnxruntime's
 * CPU kernel writes the statistics that come out into the memory of those that go in, be they constants, fed tensors or inputs
 * of other nodes; and its optimizer lets equal constants share that memory.
 */
import type { GraphBuilder, Value } from '@edgebeat/graph';

/**
 * Two values [channels] that no other node reads, for momentum 0, which makes nothing of what they hold.
 *
 * @param x the data to be normalised, [batch, channels, …]. The values are made from it, so that every run makes them anew.
 * @param number of the node: with another number the same data give other values, which onnxruntime cannot merge.
 * @param stem what the names of the nodes begin with.
 */
export function scratchStatistics(g: GraphBuilder, x: Value, number: number, stem: string): [Value, Value] {
  const axes = x.shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
  const every = (value: number) => g.int64(axes.map(() => value));
  const position = g.slice(x, every(0), every(1), g.int64(axes), { name: `${stem}.position` });
  const scratch = g.squeeze(position, g.int64(axes), { name: `${stem}.scratch` });
  return [
    g.add(scratch, g.float32(2 * number + 1), { name: `${stem}.mean` }),
    g.add(scratch, g.float32(2 * number + 2), { name: `${stem}.variance` }),
  ];
}
