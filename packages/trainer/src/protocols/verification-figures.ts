/** Figures of compared conditions: error rates by the number of windows of a probe, and the DET curve. */
import type { VerificationThreshold } from '@edgebeat/graph';
import { type BootstrapOptions, errorCurve, fnmrAtFmr, splitScores } from '@edgebeat/identity';
import type { DetPoint, Figure, Figures, VerificationRow } from '../report/evaluation-report.js';
import { hitRate, trialsBySubject } from './hit-rate.js';
import { thresholdsOf, verificationFigures } from './probe-figures.js';
import { type ComparedCondition, comparisonsOf, type ProbeSize, probeSizes } from './verification-comparisons.js';

const [mainSize] = probeSizes;
/** FMRs from one in 10,000 to a half, close enough together for a smooth line. */
const detPoints = 150;

/**
 * Figures of one condition, or of several together.
 *
 * @param subjects how many persons there are.
 * @returns undefined when there is no genuine or no impostor comparison of the main size.
 */
export function verificationRow(
  name: string,
  conditions: readonly ComparedCondition[],
  subjects: number,
  options: BootstrapOptions,
): VerificationRow | undefined {
  const scores = splitScores(comparisonsOf(conditions, mainSize, subjects));
  if (scores.genuine.length === 0 || scores.impostor.length === 0) return undefined;
  const recordings = conditions.flatMap((one) => one.recordings);
  return {
    condition: name,
    subjects: new Set(recordings.map(({ subject }) => subject)).size,
    records: recordings.length,
    windows: recordings.reduce((sum, { windows }) => sum + windows, 0),
    failedRecords: recordings.filter(({ probes }) => probes[mainSize].length === 0).length,
    genuine: scores.genuine.length,
    impostor: scores.impostor.length,
    metrics: Object.assign({}, ...probeSizes.map((size) => figuresOf(conditions, size, subjects, options))),
    isPool: conditions.length > 1,
    det: detOf(scores.genuine, scores.impostor),
  };
}

/** The mean of two conditions that tell the same. Intervals are the means of their bounds: too wide unless both err together. */
export function meanRow(
  name: string,
  [a, b]: readonly [VerificationRow, VerificationRow],
  subjects: number,
): VerificationRow {
  const shared = Object.keys(a.metrics).filter((figure) => b.metrics[figure] !== undefined);
  return {
    condition: name,
    subjects,
    records: a.records + b.records,
    windows: a.windows + b.windows,
    failedRecords: a.failedRecords + b.failedRecords,
    genuine: a.genuine + b.genuine,
    impostor: a.impostor + b.impostor,
    metrics: Object.fromEntries(
      shared.map((figure) => [figure, meanFigure(a.metrics[figure]!, b.metrics[figure]!, subjects)]),
    ),
    isPool: true,
    det: [],
  };
}

/** Thresholds on the similarity of a probe of the main size with a template, chosen on the impostors of these conditions. */
export function verificationThresholds(
  conditions: readonly ComparedCondition[],
  subjects: number,
  protocol: string,
): VerificationThreshold[] {
  return thresholdsOf(splitScores(comparisonsOf(conditions, mainSize, subjects)), mainSize, protocol);
}

function figuresOf(
  conditions: readonly ComparedCondition[],
  size: ProbeSize,
  subjects: number,
  options: BootstrapOptions,
): Figures {
  const { probes, ...set } = comparisonsOf(conditions, size, subjects);
  const { genuine, impostor } = splitScores(set);
  if (genuine.length === 0 || impostor.length === 0) return {};
  const hits = trialsBySubject(probes, subjects, ({ hit }) => ({ successes: hit ? 1 : 0, trials: 1 }));
  const figures: Figures = { ...verificationFigures(set, options), rank1: hitRate(hits, 'micro', options) };
  return Object.fromEntries(Object.entries(figures).map(([name, figure]) => [figureName(name, size), figure]));
}

/** Figures of the main size go by their plain names. */
function figureName(name: string, size: ProbeSize): string {
  return size === mainSize ? name : `${name}K${size}`;
}

/** Where fewer impostors than one are accepted, the curve tells nothing. */
function detOf(genuine: Float64Array, impostor: Float64Array): DetPoint[] {
  const curve = errorCurve(genuine, impostor);
  const lowest = Math.max(1e-4, 1 / impostor.length);
  const points = Array.from({ length: detPoints }, (_, i) => lowest * (0.5 / lowest) ** (i / (detPoints - 1)));
  return points.map((fmr) => Number(fmr.toPrecision(4))).map((fmr) => ({ fmr, fnmr: fnmrAtFmr(curve, fmr) }));
}

function meanFigure(a: Figure, b: Figure, subjects: number): Figure {
  return {
    value: (a.value + b.value) / 2,
    low: (a.low + b.low) / 2,
    high: (a.high + b.high) / 2,
    n: a.n + b.n,
    subjects,
  };
}
