/** A small identity model for tests: the mean of the three beats, centred. No learning, so it has seen nobody. */
import { encodeModel, GraphBuilder, type ModelMetadata, writeMetadata } from '@edgebeat/graph';

export const meanBeatMetadata: ModelMetadata = {
  name: 'mean-beat',
  version: '1.0.0',
  rate: 250,
  window: { kind: 'identity', beats: 3, before: 150, after: 150 },
  normalize: 'min-max',
  training: { data: [], records: [] },
};

/**
 * @param batch `'N'` leaves it open.
 * @param output name of the embedding; `withLogits` adds a second output, which makes the name matter.
 * @param constant the same embedding for every window.
 */
export function meanBeatModel(
  metadata: ModelMetadata = meanBeatMetadata,
  { batch = 'N' as number | string, output = 'embedding', samples = 300, withLogits = false, constant = false } = {},
): Uint8Array {
  const graph = new GraphBuilder('mean-beat');
  const windows = graph.input('windows', 'float32', [batch, 3, samples]);
  const beat = graph.reduceMean(windows, graph.int64([1]), { keepdims: false });
  const centred = graph.sub(beat, graph.reduceMean(beat, graph.int64([1]), { keepdims: true }));
  graph.output(output, constant ? graph.add(graph.mul(centred, graph.float32(0)), graph.float32(1)) : centred);
  if (withLogits) graph.output('logits', graph.relu(beat));
  return encodeModel(graph.build({ metadata: writeMetadata(metadata) }));
}
