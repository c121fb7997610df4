/** What a checkpoint of a training holds, beside its tensors. */
import type { HistoryPoint } from './history.js';

/** Plain JSON; the tensors are the state, and under `best/NAME` the parameters and statistics that were best so far. */
export interface CheckpointContent {
  /** Of everything the course of the training depends on: only the same training goes on from it. */
  readonly fingerprint: string;
  /** Steps that are done. */
  readonly step: number;
  /** Of the batch source. */
  readonly source: unknown;
  readonly history: readonly HistoryPoint[];
  /** Sums of what the next point of the history will be the mean of. */
  readonly pending: PendingPoint;
  readonly best?: BestSoFar;
}

export interface BestSoFar {
  readonly step: number;
  readonly score: number;
  readonly figures: Readonly<Record<string, number>>;
}

/** Sums over the steps since the last point of the history. */
export interface PendingPoint {
  readonly steps: number;
  readonly gradientNorm: number;
  readonly losses: Readonly<Record<string, number>>;
  readonly figures: Readonly<Record<string, number>>;
}
