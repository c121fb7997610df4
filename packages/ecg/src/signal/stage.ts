/**
 * The shape of every stage of the signal path: a small machine that takes one sample and may give one value. Stages
 * allocate nothing while they run, and the C core of the firmware repeats them one by one, bit for bit. Hence the rules
 * for everything in this folder and in `detector/`: float32 with one rounding per operation (`Math.fround`), a fixed order
 * of operations, no transcendental functions while samples flow.
 */
import type { StateReader, StateWriter } from './state.js';

/** A stage whose state can be forgotten, saved and restored. */
export interface Stateful {
  /** Forgets everything: the next sample is the first of a new stream. */
  clear(): void;
  /** Appends the state to a writer. */
  save(writer: StateWriter): void;
  /** Takes the state back, in the order in which `save` wrote it. */
  load(reader: StateReader): void;
}

/** A stage that gives a value for every sample. */
export interface Filter extends Stateful {
  /** @param sample one sample, in the unit of the stream. @returns the filtered sample, float32. */
  update(sample: number): number;
}
