/** The heights of the latest peaks of one kind (QRS or noise), and their order statistics. */
import type { Stateful } from '../signal/stage.js';
import type { StateReader, StateWriter } from '../signal/state.js';
import { levelMemory } from './constants.js';

const f = Math.fround;

/** A ring of `levelMemory` float32 values. */
export class LevelMemory implements Stateful {
  private readonly values = new Float32Array(levelMemory);
  private readonly sorted = new Float32Array(levelMemory);
  private count = 0;
  private next = 0;

  add(value: number): void {
    this.values[this.next] = value;
    this.next = (this.next + 1) % levelMemory;
    if (this.count < levelMemory) this.count++;
  }

  /** The value added last; 0 before the first. */
  get latest(): number {
    return this.values[(this.next + levelMemory - 1) % levelMemory];
  }

  /** Replaces the value added last. */
  replaceLatest(value: number): void {
    this.values[(this.next + levelMemory - 1) % levelMemory] = value;
  }

  /** Fills the whole memory with one value. */
  fill(value: number): void {
    this.values.fill(value);
    this.count = levelMemory;
    this.next = 0;
  }

  private sort(): void {
    for (let i = 0; i < this.count; i++) {
      const value = this.values[i];
      let at = i;
      while (at > 0 && this.sorted[at - 1] > value) {
        this.sorted[at] = this.sorted[at - 1];
        at--;
      }
      this.sorted[at] = value;
    }
  }

  /** @returns the value with `rank` smaller ones (the largest, when fewer are held), 0 for an empty memory. */
  ranked(rank: number): number {
    if (this.count === 0) return 0;
    this.sort();
    return this.sorted[Math.min(rank, this.count - 1)];
  }

  /** @returns the median; the mean of the middle two for an even count; 0 for an empty memory. */
  median(): number {
    if (this.count === 0) return 0;
    this.sort();
    const half = this.count >> 1;
    if (this.count & 1) return this.sorted[half];
    return f(f(this.sorted[half - 1] + this.sorted[half]) * 0.5);
  }

  clear(): void {
    this.values.fill(0);
    this.count = 0;
    this.next = 0;
  }

  save(writer: StateWriter): void {
    writer.floats(this.values);
    writer.int(this.count);
    writer.int(this.next);
  }

  load(reader: StateReader): void {
    reader.floats(this.values);
    this.count = reader.int();
    this.next = reader.int();
  }
}
