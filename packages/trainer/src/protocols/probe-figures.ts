/** Figures of probes against a gallery: identification and verification rates with intervals over subjects. */
import type { VerificationThreshold } from '@edgebeat/graph';
import {
  type BootstrapOptions,
  type ComparisonSet,
  errorCurve,
  type ScoreSets,
  splitScores,
  thresholdAtFmr,
  verificationRates,
} from '@edgebeat/identity';
import type { DataSetRecord } from '../datasets/data-set.js';
import type { Figure, ReportRow } from '../report/evaluation-report.js';
import type { GalleryProbeComparisons, Probe } from './gallery-probe.js';
import { hitRate, trialsBySubject } from './hit-rate.js';

/** FMRs at which FNMR and thresholds are reported. */
const fmrTargets = { fnmrAtFmr100: 0.01, fnmrAtFmr1000: 0.001 } as const;

/**
 * Figures of the probes that belong to a part.
 *
 * @returns undefined when no probe does.
 */
export function probeRow(
  { probes: all, templateSubjects, subjects }: GalleryProbeComparisons,
  condition: string,
  belongs: (record: DataSetRecord) => boolean,
  options: BootstrapOptions,
): ReportRow | undefined {
  const probes = all.filter(({ record }) => belongs(record));
  if (probes.length === 0) return undefined;
  const set = comparisonSet(probes, templateSubjects, subjects);
  const { genuine, impostor } = splitScores(set);
  return {
    condition,
    subjects: new Set(probes.map(({ subject }) => subject)).size,
    records: probes.length,
    windows: probes.reduce((sum, { windows }) => sum + windows, 0),
    failedRecords: probes.filter(({ windows }) => windows === 0).length,
    genuine: genuine.length,
    impostor: impostor.length,
    metrics: {
      ...identificationFigures(probes, subjects, options),
      ...(genuine.length > 0 && impostor.length > 0 ? verificationFigures(set, options) : {}),
    },
  };
}

/** Thresholds on the similarity of a probe record with a template, chosen on all probes; none that would accept nobody. */
export function similarityThresholds(
  { probes, templateSubjects, subjects }: GalleryProbeComparisons,
  protocol: string,
): VerificationThreshold[] {
  const windows = median(probes.filter((probe) => probe.windows > 0).map((probe) => probe.windows));
  return thresholdsOf(splitScores(comparisonSet(probes, templateSubjects, subjects)), windows, protocol);
}

/** Thresholds at the reported FMRs, as far as there are comparisons; none that would accept nobody. */
export function thresholdsOf(
  { genuine, impostor }: ScoreSets,
  windows: number,
  protocol: string,
): VerificationThreshold[] {
  if (genuine.length === 0 || impostor.length === 0) return [];
  const curve = errorCurve(genuine, impostor);
  return Object.values(fmrTargets)
    .map((fmr) => ({ metric: 'cosine' as const, value: thresholdAtFmr(curve, fmr), fmr, data: protocol, windows }))
    .filter(({ value }) => Number.isFinite(value));
}

function identificationFigures(
  probes: readonly Probe[],
  subjects: number,
  options: BootstrapOptions,
): Record<string, Figure> {
  const byRecord = trialsBySubject(probes, subjects, ({ hit }) => ({ successes: hit ? 1 : 0, trials: 1 }));
  const byWindow = trialsBySubject(probes, subjects, ({ windowHits, windows }) => ({
    successes: windowHits,
    trials: windows,
  }));
  const figures: Record<string, Figure> = {
    rank1: hitRate(byRecord, 'micro', options),
    rank1Macro: hitRate(byRecord, 'macro', options),
    rank1Window: hitRate(byWindow, 'micro', options),
    rank1WindowMacro: hitRate(byWindow, 'macro', options),
  };
  return Object.fromEntries(Object.entries(figures).filter(([, { n }]) => n > 0));
}

/** EER and FNMR at the reported FMRs. */
export function verificationFigures(set: ComparisonSet, options: BootstrapOptions): Record<string, Figure> {
  const targets = Object.values(fmrTargets);
  const { eer, fnmrAtFmr, genuine: n, subjects } = verificationRates(set, { ...options, fmrTargets: targets });
  const figures: Record<string, Figure> = { eer: { ...eer, n, subjects } };
  Object.keys(fmrTargets).forEach((name, index) => {
    figures[name] = { ...fnmrAtFmr[index]!, n, subjects };
  });
  return figures;
}

/** Failed records have no scores, and so no comparisons. */
function comparisonSet(probes: readonly Probe[], templateSubjects: readonly number[], subjects: number): ComparisonSet {
  const acquired = probes.filter(({ scores }) => scores.length > 0);
  return {
    scores: acquired.flatMap(({ scores }) => scores),
    templateSubjects: acquired.flatMap(() => templateSubjects),
    probeSubjects: acquired.flatMap(({ scores, subject }) => scores.map(() => subject)),
    subjects,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)]!;
}
