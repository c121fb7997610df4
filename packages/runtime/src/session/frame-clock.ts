/** Tells when a position of the signal path was: by the frames' own times, so that nothing lost before can shift it. */
import { sampleRate } from '@edgebeat/ecg';

/** Frames remembered; a search-back reaches some seconds into the past. */
const remembered = 64;

interface Entry {
  /** Index of the frame's first sample since the path began, at the input rate. */
  readonly firstSample: number;
  readonly timeUs: number;
}

export class FrameClock {
  private readonly milliHertz: number;
  private readonly entries: Entry[] = [];
  private samples = 0;

  /** @param milliHertz input rate in thousandths of a sample per second. */
  constructor(milliHertz: number) {
    this.milliHertz = milliHertz;
  }

  /** @param timeUs time of a frame's first sample. @param count its samples. */
  add(timeUs: number, count: number): void {
    this.entries.push({ firstSample: this.samples, timeUs });
    if (this.entries.length > remembered) this.entries.shift();
    this.samples += count;
  }

  /** @param position in samples at 250 Hz since the path began. @returns µs; 0 before the first frame. */
  timeUs(position: number): number {
    const sample = (position * this.milliHertz) / (sampleRate * 1000);
    let entry = this.entries[0];
    for (const candidate of this.entries) if (candidate.firstSample <= sample) entry = candidate;
    return entry === undefined ? 0 : Math.round(entry.timeUs + ((sample - entry.firstSample) * 1e9) / this.milliHertz);
  }
}
