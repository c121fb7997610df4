/** The last samples of a stream, addressed by their position in it. */
import type { Stateful } from './stage.js';
import type { StateReader, StateWriter } from './state.js';

/** A ring of the latest float32 samples; its size is a power of two. */
export class SampleRing implements Stateful {
  private readonly samples: Float32Array;
  private readonly mask: number;
  /** Samples put in since `clear()`. */
  count = 0;

  /** @param size a power of two. */
  constructor(size: number) {
    this.samples = new Float32Array(size);
    this.mask = size - 1;
  }

  put(sample: number): void {
    this.samples[this.count & this.mask] = sample;
    this.count = (this.count + 1) | 0;
  }

  /** @param index position in the stream; must be among the latest `size` ones. */
  at(index: number): number {
    return this.samples[index & this.mask];
  }

  /** Position of the oldest sample that is still held. */
  get oldest(): number {
    return Math.max(0, this.count - this.samples.length);
  }

  clear(): void {
    this.samples.fill(0);
    this.count = 0;
  }

  save(writer: StateWriter): void {
    writer.floats(this.samples);
    writer.int(this.count);
  }

  load(reader: StateReader): void {
    reader.floats(this.samples);
    this.count = reader.int();
  }
}
