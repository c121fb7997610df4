/** What the benchmark asks of a detector. */

export interface Detections {
  /** Times of the R peaks in seconds, ascending. */
  readonly rPeaks: readonly number[];
  /** When each was certain, in seconds; only causal detectors have it. */
  readonly reportedAt?: readonly number[];
}

export interface BeatDetector {
  /** As it is called in reports. */
  readonly name: string;
  /** Where it was published. */
  readonly source: string;
  /** True where every decision rests on samples up to `reportedAt` alone; false where the whole record must be there. */
  readonly causal: boolean;
  /** @param samples ECG in mV, all finite. @param rate samples per second. */
  detect(samples: Float32Array, rate: number): Detections;
}
