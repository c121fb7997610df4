/**
 * Scores of an R-peak detector: sensitivity and positive predictivity at EC57's 150 ms, F1 at 50 and 20 ms too (a beat
 * window must sit on the peak), jitter, detection delay. Counts add up over records to gross figures.
 */
import { matchBeats } from './match-beats.js';
import type { ReferenceBeats } from './reference-beats.js';

/** Half widths of the match windows, in seconds. */
const windows = { ec57: 0.15, near: 0.05, on: 0.02 } as const;

interface Counts {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
}

/** Everything that gross figures need, of one record or of several. */
export interface DetectionCounts {
  readonly at150ms: Counts;
  readonly at50ms: Counts;
  readonly at20ms: Counts;
  /** Sum of the absolute offsets of the pairs at 150 ms, in seconds. */
  readonly offsetSum: number;
  /** Seconds from each R peak to its report. */
  readonly delays: readonly number[];
}

/** Rates are fractions of 1, NaN where nothing was counted. */
export interface DetectionScore {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  /** Sensitivity, tp / (tp + fn). */
  readonly se: number;
  /** Positive predictivity, tp / (tp + fp). */
  readonly ppv: number;
  readonly f1: number;
  readonly f1_50ms: number;
  readonly f1_20ms: number;
  /** Mean absolute distance from the reference mark, ms. */
  readonly jitterMs: number;
  /** From the R peak to its report, ms. */
  readonly delayMs: { readonly p50: number; readonly p99: number };
}

/** A detected beat, in seconds from the beginning of the record. */
export interface DetectedBeat {
  readonly time: number;
  readonly reportedAt: number;
}

/** @param from beats before this time (s) are not counted. */
export function countDetections(
  reference: ReferenceBeats,
  detected: readonly DetectedBeat[],
  from: number,
): DetectionCounts {
  const times = detected.map(({ time }) => time);
  const at = (window: number) => matchBeats(reference.beats, times, { window, from, excluded: reference.flutter });
  const counts = (match: ReturnType<typeof matchBeats>): Counts => ({
    tp: match.truePositives,
    fp: match.falsePositives.length,
    fn: match.falseNegatives.length,
  });
  const ec57 = at(windows.ec57);
  return {
    at150ms: counts(ec57),
    at50ms: counts(at(windows.near)),
    at20ms: counts(at(windows.on)),
    offsetSum: ec57.offsets.reduce((sum, offset) => sum + Math.abs(offset), 0),
    delays: detected.filter(({ time }) => time >= from).map(({ time, reportedAt }) => reportedAt - time),
  };
}

/** @returns the counts of all records together, for gross figures. */
export function addCounts(records: readonly DetectionCounts[]): DetectionCounts {
  const add = (window: 'at150ms' | 'at50ms' | 'at20ms'): Counts => ({
    tp: records.reduce((sum, record) => sum + record[window].tp, 0),
    fp: records.reduce((sum, record) => sum + record[window].fp, 0),
    fn: records.reduce((sum, record) => sum + record[window].fn, 0),
  });
  return {
    at150ms: add('at150ms'),
    at50ms: add('at50ms'),
    at20ms: add('at20ms'),
    offsetSum: records.reduce((sum, record) => sum + record.offsetSum, 0),
    delays: records.flatMap((record) => record.delays),
  };
}

const f1 = ({ tp, fp, fn }: Counts) => (2 * tp) / (2 * tp + fp + fn);

export function scoreDetections(counts: DetectionCounts): DetectionScore {
  const { tp, fp, fn } = counts.at150ms;
  const delays = Float64Array.from(counts.delays).sort();
  const percentile = (share: number) =>
    delays.length === 0 ? Number.NaN : 1000 * delays[Math.max(0, Math.ceil(share * delays.length) - 1)]!;
  return {
    tp,
    fp,
    fn,
    se: tp / (tp + fn),
    ppv: tp / (tp + fp),
    f1: f1(counts.at150ms),
    f1_50ms: f1(counts.at50ms),
    f1_20ms: f1(counts.at20ms),
    jitterMs: (1000 * counts.offsetSum) / tp,
    delayMs: { p50: percentile(0.5), p99: percentile(0.99) },
  };
}
