/** Heart rate over the latest beats: the median RR interval, which one missed or extra beat does not move. */
import { sampleRate } from '@edgebeat/ecg';

const beats = 8;
const fewest = 3;

export class HeartRate {
  private intervals: number[] = [];

  /** @param rr samples at 250 Hz since the beat before; 0 for a first beat. @returns beats per minute, null while too few. */
  update(rr: number): number | null {
    if (rr > 0) this.intervals.push(rr);
    if (this.intervals.length > beats) this.intervals.shift();
    if (this.intervals.length < fewest) return null;
    const sorted = [...this.intervals].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
    return (60 * sampleRate) / median;
  }

  clear(): void {
    this.intervals = [];
  }
}
