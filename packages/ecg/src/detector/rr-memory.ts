/** The latest RR intervals and their median. */
import type { Stateful } from '../signal/stage.js';
import type { StateReader, StateWriter } from '../signal/state.js';

const size = 8;

/** A ring of eight intervals, in samples. */
export class RrMemory implements Stateful {
  private readonly intervals = new Int32Array(size);
  private readonly sorted = new Int32Array(size);
  private next = 0;
  /** Intervals held, 0 to 8. */
  count = 0;

  add(interval: number): void {
    this.intervals[this.next] = interval;
    this.next = (this.next + 1) % size;
    if (this.count < size) this.count++;
  }

  /** @returns the upper median, in samples; 0 for an empty memory. */
  median(): number {
    for (let i = 0; i < this.count; i++) {
      const value = this.intervals[i];
      let at = i;
      while (at > 0 && this.sorted[at - 1] > value) {
        this.sorted[at] = this.sorted[at - 1];
        at--;
      }
      this.sorted[at] = value;
    }
    return this.count === 0 ? 0 : this.sorted[this.count >> 1];
  }

  clear(): void {
    this.intervals.fill(0);
    this.next = 0;
    this.count = 0;
  }

  save(writer: StateWriter): void {
    writer.ints(this.intervals);
    writer.int(this.next);
    writer.int(this.count);
  }

  load(reader: StateReader): void {
    reader.ints(this.intervals);
    this.next = reader.int();
    this.count = reader.int();
  }
}
