/**
 * Sport, where nobody marked the beats: what can be told without a reference. Three detectors of different kinds run on
 * every recording of the Kalouskova set; for each one the beats that the other two agree on stand in for a reference, and
 * the RR intervals are looked at for what a heart does not do. Both flatter detectors that fail together.
 */
import { type Channel, type EcgRecord, matchBeats, openRecord } from '@edgebeat/ecg';
import { edgebeat } from '../detectors/edgebeat.js';
import { elgendi } from '../detectors/elgendi.js';
import { hamilton } from '../detectors/hamilton.js';

/** Two detectors mean the same beat when their R peaks are no further apart, in seconds. */
const agreementWindow = 0.1;
/** Detectors learn this long after the beginning and after every gap, in seconds; none is counted there. */
const learning = 10;
/** Beats of the last second before a gap or the end may still be undecided, in seconds; none is counted there. */
const undecided = 1;
/** Shortest and longest interval of a beating heart, in seconds, … */
const shortestInterval = 0.25;
const longestInterval = 2;
/** … and the largest change from one to the next, as a share of the former. */
const largestJump = 0.4;

export const jury = [edgebeat, hamilton, elgendi] as const;

export interface SportTask {
  readonly kind: 'sport';
  readonly path: string;
}

/** Counts of one detector in one stretch of one kind; they add up. */
export interface SportCounts {
  readonly detector: string;
  readonly activity: string;
  readonly electrode: string;
  /** The annotators' artefact level, 1 to 4; 0 where they gave none. */
  readonly level: number;
  readonly beats: number;
  /** Beats that the other two agree on, and how many of them this one has too. */
  readonly agreed: number;
  readonly found: number;
  /** Beats that none of the other two has. */
  readonly alone: number;
  readonly intervals: number;
  readonly implausible: number;
}

/** @throws RecordError for a recording that cannot be read. */
export async function judgeSport({ path }: SportTask): Promise<SportCounts[]> {
  const record = await openRecord(path);
  const channel = record.channels[0]!;
  const edges = [0, ...record.gaps.map(({ beforeSample }) => beforeSample), channel.samples.length];
  return edges.slice(1).flatMap((to, i) => judgeStretch(record, channel, edges[i]!, to));
}

function judgeStretch(record: EcgRecord, { samples, rate }: Channel, from: number, to: number): SportCounts[] {
  if (to - from < 2 * learning * rate) return [];
  const stretch = samples.subarray(from, to);
  const peaks = jury.map((detector) => detector.detect(stretch, rate).rPeaks);
  const end = stretch.length / rate - undecided;
  const levels = record.artefactLevels ?? [];
  const levelAt = (time: number) => {
    const sample = from + time * rate;
    return levels.find(({ start, end }) => sample >= start && sample < end)?.level ?? 0;
  };
  return jury.flatMap((detector, index) => {
    const own = peaks[index]!;
    const [first, second] = peaks.filter((_, other) => other !== index) as [number[], number[]];
    const agreed = common(first, second);
    const found = new Set(common(agreed, own));
    const supported = new Set([...common(own, first), ...common(own, second)]);
    return [...new Set([0, ...levels.map(({ level }) => level)])].flatMap((level) => {
      const here = (time: number) => time >= learning && time < end && levelAt(time) === level;
      const intervals = own.flatMap((time, i) => (i > 1 && here(time) ? [i] : []));
      const beats = own.filter(here);
      const counts = {
        detector: detector.name,
        activity: record.labels.activity ?? 'unknown',
        electrode: record.labels.electrode ?? 'unknown',
        level,
        beats: beats.length,
        agreed: agreed.filter(here).length,
        found: agreed.filter((time) => here(time) && found.has(time)).length,
        alone: beats.filter((time) => !supported.has(time)).length,
        intervals: intervals.length,
        implausible: intervals.filter((i) => isImplausible(own[i - 2]!, own[i - 1]!, own[i]!)).length,
      };
      return counts.beats + counts.agreed > 0 ? [counts] : [];
    });
  });
}

/** Those of `times` that have a partner in `others`. */
function common(times: readonly number[], others: readonly number[]): number[] {
  const { falseNegatives } = matchBeats(times, others, { window: agreementWindow, from: 0, excluded: [] });
  const missing = new Set(falseNegatives);
  return times.filter((time) => !missing.has(time));
}

function isImplausible(before: number, previous: number, beat: number): boolean {
  const interval = beat - previous;
  if (interval < shortestInterval || interval > longestInterval) return true;
  const former = previous - before;
  return Math.abs(interval - former) > largestJump * former;
}
