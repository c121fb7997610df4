/** Where the batches of a training come from. */
import type { Batch } from '../step/step-session.js';

/** Gives batch after batch, without end; the state is plain JSON. */
export interface BatchSource<S = unknown> {
  next(): Batch | Promise<Batch>;
  /** Where it stands: a source restored to it gives the same batches, bit for bit. */
  state(): S;
  restore(state: S): void;
}
