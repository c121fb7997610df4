/** From the results of all tasks to the rows of the report. */
import { addCounts, countDetections, type DetectionCounts, type DetectionScore, scoreDetections } from '@edgebeat/ecg';
import type { BeatDetector } from '../detectors/beat-detector.js';
import { edgebeat } from '../detectors/edgebeat.js';
import { detectors } from '../detectors/index.js';
import { type Condition, rejectionCondition } from './conditions.js';
import { type RecordScore, type RejectableRecord, scoredFrom } from './score-record.js';
import { jury, type SportCounts } from './sport.js';

/** Rates are fractions of 1. A figure that a condition cannot give is null. */
export interface Row {
  readonly detector: string;
  readonly causal: boolean;
  readonly condition: string;
  /** Conditions of one group stand in one table. */
  readonly group: string;
  readonly se: number | null;
  readonly ppv: number | null;
  readonly f1: number | null;
  readonly f1_50ms: number | null;
  readonly f1_20ms: number | null;
  readonly jitterMs: number | null;
  readonly delayMs: { readonly p50: number; readonly p99: number } | null;
  readonly xRealTime: number | null;
  readonly tp: number | null;
  readonly fp: number | null;
  readonly fn: number | null;
  /** Sport alone: see {@link SportFigures}. */
  readonly sport?: SportFigures;
}

export interface SportFigures {
  readonly beats: number;
  /** Share of the beats that the two other detectors agree on which this one has too. */
  readonly found: number;
  /** Share of its beats that none of the two others has. */
  readonly alone: number;
  /** Share of its RR intervals outside 0.25–2 s, or more than 40 % off the one before. */
  readonly implausibleRr: number;
}

/** Share of the windows that are rejected by their quality. */
const rejectedShare = 0.1;

/** Gross figures of every detector under every condition. */
export function scoreRows(conditions: readonly Condition[], scores: readonly RecordScore[]): Row[] {
  return conditions.flatMap((condition) =>
    detectors.map((detector) => {
      const own = scores.filter((score) => score.condition === condition.name && score.detector === detector.name);
      const seconds = own.reduce((sum, score) => sum + score.seconds, 0);
      const elapsedMs = own.reduce((sum, score) => sum + score.elapsedMs, 0);
      const counts = addCounts(own.map((score) => score.counts));
      return rowOf(detector, condition, scoreDetections(counts), (1000 * seconds) / elapsedMs);
    }),
  );
}

/** Our own detector where the worst windows of all recordings together are left out on both sides. */
export function rejectionRows(records: readonly RejectableRecord[]): Row[] {
  if (records.length === 0) return [];
  const group = 'Rejection by quality: every record with electrode motion at 0 dB, windows of 10 s';
  const score = (rejected: ReadonlySet<unknown>) =>
    scoreDetections(addCounts(records.map((record) => countWithout(record, rejected))));
  const windows = records.flatMap((record) => record.windows).toSorted((a, b) => a.sqi - b.sqi);
  const worst = new Set(windows.slice(0, Math.floor(rejectedShare * windows.length)));
  return [
    rowOf(edgebeat, { name: `${rejectionCondition}, all windows`, group }, score(new Set()), null),
    rowOf(edgebeat, { name: `${rejectionCondition}, without the worst 10 %`, group }, score(worst), null),
  ];
}

function countWithout(record: RejectableRecord, rejected: ReadonlySet<unknown>): DetectionCounts {
  const excluded = record.windows.filter((window) => rejected.has(window));
  const reference = { ...record.reference, flutter: [...record.reference.flutter, ...excluded] };
  return countDetections(reference, record.detected, scoredFrom);
}

function rowOf(
  { name, causal }: BeatDetector,
  condition: Pick<Condition, 'name' | 'group'>,
  score: DetectionScore,
  xRealTime: number | null,
): Row {
  const { delayMs, ...figures } = score;
  return {
    detector: name,
    causal,
    condition: condition.name,
    group: condition.group,
    ...figures,
    delayMs: causal ? delayMs : null,
    xRealTime,
  };
}

/** Sport by activity, by activity and electrode, and by the annotators' artefact level. */
export function sportRows(counts: readonly SportCounts[]): Row[] {
  const divisions: readonly { group: string; key: (counts: SportCounts) => string }[] = [
    { group: 'Sport, by activity', key: ({ activity }) => activity },
    { group: 'Sport, by activity and electrode', key: ({ activity, electrode }) => `${activity}, ${electrode}` },
    {
      group: 'Sport, by artefact level (1 little, 4 worst)',
      key: ({ level }) => `artefact level ${level || 'unknown'}`,
    },
  ];
  return divisions.flatMap(({ group, key }) =>
    [...new Set(counts.map(key))].sort().flatMap((name) =>
      jury.map((detector) => {
        const own = counts.filter((one) => key(one) === name && one.detector === detector.name);
        return sportRow(detector, { name: `kalouskova/${name}`, group }, own);
      }),
    ),
  );
}

function sportRow(
  { name, causal }: BeatDetector,
  condition: Pick<Condition, 'name' | 'group'>,
  counts: readonly SportCounts[],
): Row {
  const sum = (of: (one: SportCounts) => number) => counts.reduce((total, one) => total + of(one), 0);
  const beats = sum((one) => one.beats);
  return {
    detector: name,
    causal,
    condition: condition.name,
    group: condition.group,
    se: null,
    ppv: null,
    f1: null,
    f1_50ms: null,
    f1_20ms: null,
    jitterMs: null,
    delayMs: null,
    xRealTime: null,
    tp: null,
    fp: null,
    fn: null,
    sport: {
      beats,
      found: sum((one) => one.found) / sum((one) => one.agreed),
      alone: sum((one) => one.alone) / beats,
      implausibleRr: sum((one) => one.implausible) / sum((one) => one.intervals),
    },
  };
}
