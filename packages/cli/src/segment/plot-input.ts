/** What a picture of a recording is drawn from. */
import type { Episode, ReferenceBeats } from '@edgebeat/ecg';

/** A part of the recording without a gap in it. */
export interface PlotStretch {
  readonly startSeconds: number;
  /** mV; a sample that is not finite leaves a hole. */
  readonly samples: Float32Array;
}

/** All times are in seconds from the first sample, gaps included. */
export interface PlotInput {
  /** Name of the recording, and of its channel. */
  readonly record: string;
  readonly channel: string;
  /** In the order of time; samples per second. */
  readonly stretches: readonly PlotStretch[];
  readonly rate: number;
  /** Detected beats. */
  readonly beats: readonly number[];
  /** Signal quality, 0 to 1, of the second that ends there. */
  readonly quality: readonly { readonly end: number; readonly sqi: number }[];
  readonly reference?: ReferenceBeats;
  /** Beats before this are not scored. */
  readonly from: number;
}

export interface PlotOptions {
  /** Length of a row in seconds, 12 by default. */
  readonly rowSeconds?: number;
  /** Most rows drawn, 12 by default. */
  readonly rows?: number;
  /** Where the first row begins; by default the rows with the most errors are drawn, or those of the worst quality. */
  readonly start?: number;
}

export function lengthOf({ stretches, rate }: PlotInput): number {
  const last = stretches.at(-1);
  return last ? last.startSeconds + last.samples.length / rate : 0;
}

/** What was recorded between two times. */
export function piecesOf({ stretches, rate }: PlotInput, { from, to }: Episode): PlotStretch[] {
  return stretches.flatMap(({ startSeconds, samples }) => {
    const first = Math.max(0, Math.round((from - startSeconds) * rate));
    const piece = samples.subarray(first, Math.max(first, Math.round((to - startSeconds) * rate)));
    return piece.length > 0 ? [{ startSeconds: startSeconds + first / rate, samples: piece }] : [];
  });
}
