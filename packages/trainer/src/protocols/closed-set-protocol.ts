/** Makes a protocol in which windows of persons are tested who all stand in the training: only the split differs. */
import type { DataSet } from '../datasets/data-set.js';
import { requireStandardWindows } from '../datasets/windows.js';
import { type ClosedSetReport, REPORT_SCHEMA } from '../report/evaluation-report.js';
import { calibrationFigure } from './calibration-figure.js';
import { classificationRow } from './classification-figures.js';
import { identifyRecords } from './closed-set-answers.js';
import type { ClosedSetProtocol } from './protocol.js';
import { formatTestNoise, noisyWindowReader } from './test-noise.js';
import { requireUnseen, trainingRecordsOf } from './training-overlap.js';
import type { WindowPart } from './window-part.js';

/** What of one record trains, and what tests. */
export interface ClosedSetRecord {
  readonly training: WindowPart;
  readonly test: WindowPart;
}

export interface ClosedSetDefinition {
  readonly name: string;
  readonly description: string;
  readonly load: (dataDir: string) => Promise<DataSet>;
  readonly split: (dataSet: DataSet) => readonly ClosedSetRecord[];
  /** Whether test windows share beats with training windows. Such a protocol cannot refuse a model for what it has seen. */
  readonly leaky: boolean;
}

export function closedSetProtocol({ name, description, load, split, leaky }: ClosedSetDefinition): ClosedSetProtocol {
  return {
    name,
    description,
    windows: 'identity',
    takesNoise: true,
    async trainingParts(dataDir) {
      return split(await load(dataDir)).map(({ training }) => training);
    },
    async run(model, dataDir, options = {}): Promise<ClosedSetReport> {
      const { seed = 1, resamples = 1000, noise } = options;
      requireStandardWindows(model.name, model.metadata);
      const dataSet = await load(dataDir);
      const records = split(dataSet);
      const tests = records.map(({ test }) => test);
      const training = trainingOf(model.metadata.training, dataSet.name, tests, leaky);
      const testWindows = await noisyWindowReader(noise, dataDir, seed);
      const {
        answeredBy,
        failedSubjects,
        records: answered,
      } = await identifyRecords(model, records, testWindows, options);
      options.onProgress?.({ step: 'intervals', done: 0, total: 1 });
      const shares = classificationRow(answered, 'all', ['accuracy'], { seed, resamples });
      const ece = calibrationFigure(answered, { seed, resamples });
      const row = ece === undefined ? shares : { ...shares, metrics: { ...shares.metrics, ece } };
      return {
        schema: REPORT_SCHEMA,
        model: model.name,
        modelSha256: model.sha256,
        protocol: name,
        subjects: row.subjects,
        windows: row.windows,
        metrics: row.metrics,
        rows: [row],
        answeredBy,
        failedSubjects,
        data: { name: dataSet.name, complete: dataSet.complete },
        training,
        ...(noise !== undefined && { noise: formatTestNoise(noise) }),
        leaky,
        seed,
        resamples,
      };
    },
  };
}

/** @throws ProtocolError as `trainingRecordsOf`; unless the protocol is leaky, when the model has seen what tests. */
function trainingOf(
  training: Parameters<typeof trainingRecordsOf>[0],
  dataSet: string,
  tests: readonly WindowPart[],
  leaky: boolean,
): ClosedSetReport['training'] {
  const seen = trainingRecordsOf(training, dataSet);
  if (seen === undefined) return 'unstated';
  if (!leaky) return requireUnseen(seen, tests);
  const ids = new Set(seen.map(({ id }) => id));
  return tests.some(({ record }) => ids.has(record.id)) ? 'windows' : 'unseen';
}
