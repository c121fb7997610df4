/** Peaks of the QRS feature that have yet to be judged. */
import type { Stateful } from '../signal/stage.js';
import type { StateReader, StateWriter } from '../signal/state.js';

/** One peak of the feature; reused, never allocated while samples flow. */
export class Candidate implements Stateful {
  /** Whether the fields mean anything. */
  held = false;
  /** Position of the feature's peak in the stream. */
  index = 0;
  /** Feature at the peak (mV). */
  value = 0;
  /** Steepest slope of the complex (mV per 16 ms). */
  slope = 0;
  /** Position of the R peak, should this be a beat. */
  rPeak = 0;

  set(index: number, value: number, slope: number, rPeak: number): void {
    this.held = true;
    this.index = index;
    this.value = value;
    this.slope = slope;
    this.rPeak = rPeak;
  }

  copy(other: Candidate): void {
    this.set(other.index, other.value, other.slope, other.rPeak);
  }

  clear(): void {
    this.set(0, 0, 0, 0);
    this.held = false;
  }

  save(writer: StateWriter): void {
    writer.int(this.held ? 1 : 0);
    writer.int(this.index);
    writer.float(this.value);
    writer.float(this.slope);
    writer.int(this.rPeak);
  }

  load(reader: StateReader): void {
    this.held = reader.int() !== 0;
    this.index = reader.int();
    this.value = reader.float();
    this.slope = reader.float();
    this.rPeak = reader.int();
  }
}

/** Candidates in order of time. A full queue lets its smallest one go. */
export class CandidateQueue implements Stateful {
  private readonly slots: Candidate[];
  private count = 0;

  constructor(size: number) {
    this.slots = Array.from({ length: size }, () => new Candidate());
  }

  get isEmpty(): boolean {
    return this.count === 0;
  }

  /** Largest value in the queue, 0 when empty. */
  get largest(): number {
    let value = 0;
    for (let i = 0; i < this.count; i++) value = Math.max(value, this.slots[i].value);
    return value;
  }

  push(index: number, value: number, slope: number, rPeak: number): void {
    if (this.count === this.slots.length) {
      let smallest = 0;
      for (let i = 1; i < this.count; i++) if (this.slots[i].value < this.slots[smallest].value) smallest = i;
      if (value <= this.slots[smallest].value) return;
      this.remove(smallest);
    }
    this.slots[this.count++].set(index, value, slope, rPeak);
  }

  /** Moves the oldest candidate into `target`. Call only when the queue is not empty. */
  shift(target: Candidate): void {
    target.copy(this.slots[0]);
    this.remove(0);
  }

  private remove(at: number): void {
    for (let i = at; i + 1 < this.count; i++) this.slots[i].copy(this.slots[i + 1]);
    this.count--;
    this.slots[this.count].clear();
  }

  clear(): void {
    for (const slot of this.slots) slot.clear();
    this.count = 0;
  }

  save(writer: StateWriter): void {
    for (const slot of this.slots) slot.save(writer);
    writer.int(this.count);
  }

  load(reader: StateReader): void {
    for (const slot of this.slots) slot.load(reader);
    this.count = reader.int();
  }
}
