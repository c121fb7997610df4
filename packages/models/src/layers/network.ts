/** What every layer builds on: the graph it adds nodes to, and where its initial weights come from. */
import type { GraphBuilder } from '@edgebeat/graph';
import type { WeightSource } from '../initial-weights.js';

export interface Network {
  readonly graph: GraphBuilder;
  /** Layers draw from it in the order in which they are added. */
  readonly weights: WeightSource;
}
