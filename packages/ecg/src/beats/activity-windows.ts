/** Activity windows: a few seconds of the 0.5–40 Hz signal, z-scored. */
import type { Stateful } from '../signal/stage.js';
import type { StateReader, StateWriter } from '../signal/state.js';
import { normalize } from './normalize.js';

export interface ActivityWindow {
  /** `[length]`, mean 0, standard deviation 1. */
  readonly samples: Float32Array;
  /** Position of its last sample, at 250 Hz since the stream began. */
  readonly end: number;
}

/** Gives a window of `length` samples every `hop` samples. */
export class ActivityWindows implements Stateful {
  private readonly length: number;
  private readonly hop: number;
  private readonly samples: Float32Array;
  private held = 0;

  /** @param length samples of a window. @param hop samples from one window to the next, at most `length`. */
  constructor(length: number, hop: number) {
    this.length = length;
    this.hop = Math.min(hop, length);
    this.samples = new Float32Array(length);
  }

  /** @param sample 0.5–40 Hz signal, mV. @param now its position in the stream. */
  update(sample: number, now: number): ActivityWindow | undefined {
    this.samples[this.held++] = sample;
    if (this.held < this.length) return undefined;
    const window = this.samples.slice();
    normalize(window, 'z-score');
    this.samples.copyWithin(0, this.hop);
    this.held = this.length - this.hop;
    return { samples: window, end: now };
  }

  clear(): void {
    this.samples.fill(0);
    this.held = 0;
  }

  save(writer: StateWriter): void {
    writer.floats(this.samples);
    writer.int(this.held);
  }

  load(reader: StateReader): void {
    reader.floats(this.samples);
    this.held = reader.int();
  }
}
