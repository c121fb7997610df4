/** What the signal path tells about one heart beat. */
export interface Beat {
  /** Position of the R peak, in samples at 250 Hz since the stream began. */
  readonly rPeak: number;
  /** Position of the newest sample when the beat was reported: the difference is the detection delay. */
  readonly reportedAt: number;
  /** Samples since the R peak before it; 0 for the first beat after a start or a break. */
  readonly rr: number;
  /** Signal quality around this beat, 0 (unusable) to 1 (clean). */
  readonly quality: number;
}
