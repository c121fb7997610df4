/** Cuts beats out of the 0.5–40 Hz signal: 150 samples before the R peak and 150 from it on. */
import { SampleRing } from '../signal/sample-ring.js';
import type { Stateful } from '../signal/stage.js';
import type { StateReader, StateWriter } from '../signal/state.js';

/** Samples of a beat, 1.2 s. */
export const beatLength = 300;
/** Samples before the R peak. */
export const beatLead = 150;

export const queueSize = 16;

/**
 * `update` takes every sample, `expect` every R peak; a beat comes out with the sample that completes it. Beats whose
 * beginning lies before the stream, or too far back when they are found, cannot be cut and come out as `incomplete`.
 */
export class BeatCutter implements Stateful {
  /** Four seconds: what a search-back may need. */
  private readonly signal = new SampleRing(1024);
  private readonly peaks = new Int32Array(queueSize);
  private waiting = 0;
  /** R peak of the beat that `update` just gave. */
  rPeak = 0;
  /** Whether that beat's samples are all there. */
  incomplete = false;

  /** Announces an R peak, in order. @param rPeak position in the stream. */
  expect(rPeak: number): void {
    // 16 beats within 0.6 s are no heart; the array bound is for firmware's sake.
    if (this.waiting < queueSize) this.peaks[this.waiting++] = rPeak;
  }

  /** @param sample 0.5–40 Hz signal, mV. */
  put(sample: number): void {
    this.signal.put(sample);
  }

  /**
   * @param beat receives 300 samples (mV) when the return value is true and `incomplete` is false.
   * @returns whether a beat is complete; call again until false.
   */
  take(beat: Float32Array): boolean {
    if (this.waiting === 0 || this.peaks[0] + beatLength - beatLead > this.signal.count) return false;
    this.rPeak = this.peaks[0];
    this.peaks.copyWithin(0, 1, this.waiting);
    this.waiting--;
    const first = this.rPeak - beatLead;
    this.incomplete = first < this.signal.oldest;
    if (!this.incomplete) for (let i = 0; i < beatLength; i++) beat[i] = this.signal.at(first + i);
    return true;
  }

  clear(): void {
    this.signal.clear();
    this.peaks.fill(0);
    this.waiting = 0;
  }

  save(writer: StateWriter): void {
    this.signal.save(writer);
    writer.ints(this.peaks);
    writer.int(this.waiting);
  }

  load(reader: StateReader): void {
    this.signal.load(reader);
    reader.ints(this.peaks);
    this.waiting = reader.int();
  }
}
