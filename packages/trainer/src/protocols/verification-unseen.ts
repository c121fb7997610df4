/**
 * `verification/unseen`: is it the person it is said to be? Asked about persons of ECG-ID, Heartprint and PTB on whom no weights
 * that come with edgebeat are trained (`heldOutSubjects`), in the same sitting and weeks to years later.
 *
 * - Template: the mean direction of ten windows, spread evenly over what enrols: in the same sitting its first recording, for
 *   another sitting all recordings of the first.
 * - Probe: the mean direction of 1, 3, 5 or 10 windows of one recording. Neighbouring windows share two of their three beats, so a
 *   recording's windows are dealt into interleaved sets; no window is in two probes of the same size.
 * - Impostors: all other held-out persons of the same data set, under the same condition.
 *
 * Figures without a number rest on probes of five windows (`eerHeartprintS2`), others say so (`eerK1HeartprintS2`).
 */
import type { DataSet, DataSetRecord } from '../datasets/data-set.js';
import { ecgId } from '../datasets/ecg-id.js';
import { heartprint } from '../datasets/heartprint.js';
import { isHeldOut } from '../datasets/held-out.js';
import { wholeRecord } from '../datasets/record-part.js';
import { requireStandardWindows } from '../datasets/windows.js';
import { REPORT_SCHEMA, type VerificationReport, type VerificationRow } from '../report/evaluation-report.js';
import type { ProtocolOptions, VerificationProtocol } from './protocol.js';
import { ProtocolError } from './protocol-error.js';
import { ptbPatients } from './ptb-patients.js';
import { formatTestNoise, noisyWindowReader } from './test-noise.js';
import { requireStrangers } from './training-overlap.js';
import {
  type ComparedCondition,
  compareConditions,
  probeSizes,
  templateWindows,
  type VerificationComparisons,
} from './verification-comparisons.js';
import {
  ecgIdConditions,
  heartprintConditions,
  type Pool,
  ptbConditions,
  type VerificationCondition,
} from './verification-conditions.js';
import { meanRow, verificationRow, verificationThresholds } from './verification-figures.js';

const name = 'verification/unseen';

export const verificationUnseen: VerificationProtocol = {
  name,
  description:
    'ECG-ID, Heartprint, PTB: verification of the held-out persons, same and other session, 10 windows against 1 to 10',
  windows: 'identity',
  draws: 'det',
  takesNoise: true,
  async trainingParts(dataDir) {
    return (await load(dataDir))
      .flatMap(({ dataSet }) => recordsOf(dataSet))
      .filter((record) => !isHeldOut(record))
      .map((record) => ({ record, part: wholeRecord }));
  },
  async run(model, dataDir, options = {}): Promise<VerificationReport> {
    const { seed = 1, resamples = 1000, noise } = options;
    requireStandardWindows(model.name, model.metadata);
    const loaded = await load(dataDir);
    const tested = loaded.map(({ dataSet }) => heldOutOf(dataSet));
    const training = requireStrangers(model.metadata.training, tested);
    const conditions = loaded.flatMap(({ conditionsOf }, index) => conditionsOf(tested[index]!));
    const probeWindows = await noisyWindowReader(noise, dataDir, seed);
    const comparisons = await compareConditions(model, conditions, probeWindows, options);
    const rows = rowsOf(comparisons, { ...options, seed, resamples });
    return {
      schema: REPORT_SCHEMA,
      model: model.name,
      modelSha256: model.sha256,
      protocol: name,
      subjects: comparisons.subjects.length,
      windows: comparisons.windows,
      metrics: Object.fromEntries(
        rows.flatMap(({ suffix, row }) =>
          Object.entries(row.metrics).map(([figure, value]) => [figure + suffix, value]),
        ),
      ),
      rows: rows.map(({ row }) => row),
      templateWindows,
      probeWindows: probeSizes,
      failedSubjects: comparisons.failedSubjects,
      thresholds: verificationThresholds(pooled(comparisons.conditions, 'Across'), comparisons.subjects.length, name),
      data: {
        name: loaded.map(({ dataSet }) => dataSet.name).join(', '),
        complete: loaded.every(({ dataSet }) => dataSet.complete),
      },
      training,
      ...(noise !== undefined && { noise: formatTestNoise(noise) }),
      leaky: false,
      seed,
      resamples,
    };
  },
};

/** A data set, and how its persons are judged. */
interface JudgedDataSet {
  readonly dataSet: DataSet;
  readonly conditionsOf: (dataSet: DataSet) => VerificationCondition[];
}

/** @throws DataSetError when one of them is not there. */
async function load(dataDir: string): Promise<JudgedDataSet[]> {
  return [
    { dataSet: await heartprint(dataDir), conditionsOf: heartprintConditions },
    { dataSet: await ecgId(dataDir), conditionsOf: ecgIdConditions },
    { dataSet: await ptbPatients(dataDir), conditionsOf: ptbConditions },
  ];
}

function recordsOf({ subjects }: DataSet): DataSetRecord[] {
  return subjects.flatMap(({ records }) => records);
}

function heldOutOf(dataSet: DataSet): DataSet {
  return { ...dataSet, subjects: dataSet.subjects.filter(({ records }) => records.every(isHeldOut)) };
}

interface SuffixedRow {
  /** Of its figures. */
  readonly suffix: string;
  readonly row: VerificationRow;
}

/** Pools first, then every condition by itself; those without comparisons are left out. */
function rowsOf(
  { conditions, subjects }: VerificationComparisons,
  { onProgress, seed, resamples }: ProtocolOptions & { readonly seed: number },
): SuffixedRow[] {
  const wanted = [
    { condition: 'all, same session or day', suffix: 'Within', of: pooled(conditions, 'Within') },
    { condition: 'all, other session or date', suffix: 'Across', of: pooled(conditions, 'Across') },
    ...conditions.map((one) => ({ ...one.condition, of: [one] })),
  ];
  const rows: SuffixedRow[] = [];
  for (const [done, { condition, suffix, of }] of wanted.entries()) {
    onProgress?.({ step: 'intervals', done, total: wanted.length });
    const row = verificationRow(condition, of, subjects.length, { seed, ...(resamples && { resamples }) });
    if (row !== undefined) rows.push({ suffix, row });
  }
  if (rows.length === 0) {
    throw new ProtocolError(
      'no held-out person can be compared with another',
      'The data folder lacks their records, or the records show no beats: fetch the data sets again.',
    );
  }
  return withThirdSession(rows, conditions);
}

/** The third sessions of Heartprint, right and left hand, are often published as one figure: their mean. */
function withThirdSession(rows: readonly SuffixedRow[], conditions: readonly ComparedCondition[]): SuffixedRow[] {
  const hands = ['HeartprintS3R', 'HeartprintS3L'] as const;
  const [right, left] = hands.map((hand) => rows.find(({ suffix }) => suffix === hand)?.row);
  if (right === undefined || left === undefined) return [...rows];
  const subjects = new Set(
    conditions
      .filter(({ condition }) => hands.some((hand) => hand === condition.suffix))
      .flatMap(({ recordings }) => recordings.map(({ subject }) => subject)),
  );
  const row = meanRow('Heartprint, session 1 to 3, mean of R and L', [right, left], subjects.size);
  return rows.flatMap((one) => (one.row === left ? [one, { suffix: 'HeartprintS3', row }] : [one]));
}

function pooled(conditions: readonly ComparedCondition[], pool: Pool): ComparedCondition[] {
  return conditions.filter(({ condition }) => condition.pool === pool);
}
