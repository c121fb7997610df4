/** Where a simulated watch gets its ECG from, and what the source knows to be true about it. */

/** A true R peak. */
export interface TrueBeat {
  /** Time since the source began, s. */
  readonly seconds: number;
}

/** What is true at a moment. */
export interface Truth {
  /** Who wears the watch; null for nobody, or nobody known. */
  readonly identity: string | null;
  /** What the wearer does; null where it is not known. */
  readonly activity: string | null;
}

/** A stretch of samples without a hole in it. */
export interface SourceChunk {
  /** `[n]`, mV, one channel. */
  readonly samples: Float32Array;
  /** Samples per second. */
  readonly rate: number;
  /** Time of the first sample since the source began, s. Beyond the end of the chunk before it where there is a gap. */
  readonly seconds: number;
  /** Whether the electrodes had no contact; the same for the whole chunk. */
  readonly leadOff: boolean;
  /** R peaks in the chunk, in order; undefined where the source does not know them. */
  readonly beats: readonly TrueBeat[] | undefined;
}

/** A source is read once, from beginning to end. */
export interface EcgSource {
  /** What the source is, for logs and status messages. */
  readonly name: string;
  /**
   * The next samples.
   *
   * @param count at most so many, at least 1. Fewer come only before a gap, a change of contact or rate, or the end.
   * @returns undefined at the end.
   */
  read(count: number): SourceChunk | undefined;
  /** @param seconds time since the source began. */
  truthAt(seconds: number): Truth;
}

/** A source that cannot be made as asked. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  /** What the user can do about it. */
  readonly hint: string;

  constructor(problem: string, hint: string) {
    super(problem);
    this.hint = hint;
  }
}
