/** What became of the latest frames of a stream, so that one that comes again is told from one that comes too late. */

const SIZE = 256;

/** What a stream tracker remembers of a sequence number; `forgotten` is one that lies further back than 256 frames. */
export type FrameFate = 'delivered' | 'lost' | 'forgotten';

/** A ring of the latest 256 sequence numbers. Allocates nothing while it runs. */
export class FrameHistory {
  readonly #sequences = new Float64Array(SIZE).fill(-1);
  /** First-sample time in µs; NaN for a frame that was given up. */
  readonly #times = new Float64Array(SIZE);

  clear(): void {
    this.#sequences.fill(-1);
  }

  delivered(sequence: number, firstSampleTimeUs: number): void {
    this.#sequences[sequence % SIZE] = sequence;
    this.#times[sequence % SIZE] = firstSampleTimeUs;
  }

  /** Notes `count` frames, the last of which is `last`, as given up. */
  lost(last: number, count: number): void {
    for (let back = Math.min(count, SIZE) - 1; back >= 0; back--) this.delivered((last - back) >>> 0, Number.NaN);
  }

  fate(sequence: number): FrameFate {
    if (this.#sequences[sequence % SIZE] !== sequence) return 'forgotten';
    return Number.isNaN(this.#times[sequence % SIZE]) ? 'lost' : 'delivered';
  }

  /** First-sample time of a frame whose fate is `delivered`, µs. */
  timeUs(sequence: number): number {
    return this.#times[sequence % SIZE]!;
  }
}
