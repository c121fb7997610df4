/** What a training loop asks for batches. */
export interface Sampler<State = unknown> {
  /** Examples of a batch; the same for every batch, because the graph of a step has a static shape. */
  readonly batchSize: number;
  /** @returns the indices of the next batch's examples, `batchSize` of them, 0 … examples − 1. */
  next(): Int32Array;
  /** Where the sampler stands, as plain JSON. */
  state(): State;
  /** Goes on where the saved one was, with the same batches. The data must be those that the saved one had. */
  restore(state: State): void;
}
