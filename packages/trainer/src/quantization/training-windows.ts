/** Windows of the recordings that a model was trained on, for those who have to calibrate it: never of any other recording. */
import type { ModelMetadata } from '@edgebeat/graph';
import type { DataSet, DataSetRecord } from '../datasets/data-set.js';
import { ecgId } from '../datasets/ecg-id.js';
import { heartprint } from '../datasets/heartprint.js';
import { identityStretches } from '../datasets/identity-stretches.js';
import { type KalouskovaRecord, kalouskova } from '../datasets/kalouskova.js';
import { personKeyOf } from '../datasets/person-names.js';
import { ptb } from '../datasets/ptb.js';
import { parseTrainingRecord, type RecordPart } from '../datasets/record-part.js';
import { cutWindows, signalStretches } from '../datasets/stretches.js';
import { identityWindows, requireStandardWindows } from '../datasets/windows.js';
import { InferenceError } from '../inference/inference-error.js';
import { type WindowedModelMetadata, windowedMetadata } from '../inference/model-file.js';
import { RandomGenerator } from '../random/random-generator.js';

export interface TrainingWindowsOptions {
  /** Folder that holds the data sets. */
  readonly dataDir: string;
  /** How many windows, at most. */
  readonly count: number;
  /** Default 1. Same seed, same windows. */
  readonly seed?: number;
  /** Called after each record that was read. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface TrainingWindow {
  readonly samples: Float32Array;
  /** Names by which the model's classes may call what it shows: `heartprint/001`, `001`, `walking`. */
  readonly labels: readonly string[];
}

/** Reading takes most of the time: of many windows some come from the same record, … */
const WINDOWS_OF_A_RECORD = 6;
/** … unless there are few. */
const LEAST_RECORDS = 64;

interface TrainingPart {
  readonly record: DataSetRecord;
  readonly part: RecordPart;
}

/** Data sets whose records a model's metadata may list, by the name that the ids begin with. */
const dataSets: Readonly<Record<string, (dataDir: string) => Promise<DataSet>>> = {
  'ecg-id': ecgId,
  heartprint,
  ptbdb: ptb,
  kalouskova,
};

/**
 * Cuts windows from the records, or parts of records, that `edgebeat.training` lists, as the model's metadata want them: identity
 * windows that share no beat, activity windows that do not overlap. Persons take turns, and so do the records of each; which
 * windows of a record are taken is drawn by chance. Recordings of noise and simulated ones are passed over.
 *
 * @param name of the model, for messages.
 * @returns `count` windows, or all where there are fewer, each flat, in a random order.
 * @throws InferenceError for metadata that do not say how windows are cut or what was trained on; DataSetError, RecordError for
 * recordings that are not there or cannot be read.
 */
export async function trainingWindows(
  name: string,
  metadata: ModelMetadata,
  options: TrainingWindowsOptions,
): Promise<Float32Array[]> {
  return (await labelledTrainingWindows(name, metadata, options)).map(({ samples }) => samples);
}

/** The same, and what each shows. @throws as `trainingWindows` does. */
export async function labelledTrainingWindows(
  name: string,
  metadata: ModelMetadata,
  { dataDir, count, seed = 1, onProgress }: TrainingWindowsOptions,
): Promise<TrainingWindow[]> {
  const windowed = windowedMetadata(name, metadata);
  const generator = new RandomGenerator(seed);
  const parts = inTurns(await trainingParts(name, metadata, dataDir), generator.fork('records'));
  const first = Math.min(
    parts.length,
    Math.max(Math.ceil(count / WINDOWS_OF_A_RECORD), Math.min(count, LEAST_RECORDS)),
  );
  const windows: TrainingWindow[][] = [];
  let found = 0;
  for (const part of parts) {
    if (windows.length >= first && found >= count) break;
    const cut = await windowsOf(name, part, windowed);
    generator.fork(part.record.id).shuffle(cut);
    const labels = labelsOf(part.record);
    windows.push(cut.map((samples) => ({ samples, labels })));
    found += cut.length;
    onProgress?.(windows.length, Math.max(first, windows.length));
  }
  const chosen = roundRobin(windows).slice(0, count);
  if (chosen.length === 0) {
    throw new InferenceError(
      `the recordings that ${name} was trained on hold no window`,
      'Give windows of your own (samples).',
    );
  }
  generator.fork('windows').shuffle(chosen);
  return chosen;
}

async function trainingParts(name: string, { training }: ModelMetadata, dataDir: string): Promise<TrainingPart[]> {
  const listed = (training?.records ?? []).map(parseTrainingRecord);
  const parts: TrainingPart[] = [];
  for (const [dataSet, load] of Object.entries(dataSets)) {
    const wanted = listed.filter(({ id }) => id.startsWith(`${dataSet}/`));
    if (wanted.length === 0) continue;
    const { subjects } = await load(dataDir);
    const records = new Map(subjects.flatMap((subject) => subject.records.map((record) => [record.id, record])));
    for (const { id, part } of wanted) {
      const record = records.get(id);
      if (record) parts.push({ record, part });
    }
  }
  if (parts.length > 0) return parts;
  throw new InferenceError(
    listed.length === 0
      ? `${name} does not say what it was trained on: there is no record in edgebeat.training of its metadata`
      : `none of the ${listed.length} records that ${name} was trained on is in ${dataDir}`,
    'Give windows of your own (samples), or the folder that holds its training recordings.',
  );
}

function labelsOf(record: DataSetRecord): readonly string[] {
  const { activity } = record as Partial<KalouskovaRecord>;
  return [personKeyOf(record), record.subject, ...(activity === undefined ? [] : [activity])];
}

async function windowsOf(
  name: string,
  { record, part }: TrainingPart,
  metadata: WindowedModelMetadata<'identity' | 'activity'>,
): Promise<Float32Array[]> {
  const { window, normalize } = metadata;
  if (window.kind === 'identity') {
    requireStandardWindows(name, { ...metadata, window });
    // The signal itself, which stretches have, is filtered once more: only parts need it.
    if (part.from === 0 && part.to === 1) return identityWindows(record, { ...metadata, window });
    const stretches = await identityStretches(record, { part, normalize, stride: window.beats });
    return stretches.flatMap(({ windows }) => windows.map(({ samples }) => samples));
  }
  const cut = { length: window.samples, hop: window.samples };
  return (await signalStretches(record, part)).flatMap((stretch) =>
    cutWindows(stretch, cut).map(({ samples }) => samples),
  );
}

/** One record of each person, then the next of each, both in random order. */
function inTurns(parts: readonly TrainingPart[], generator: RandomGenerator): TrainingPart[] {
  const persons = new Map<string, TrainingPart[]>();
  for (const part of parts) {
    const key = personKeyOf(part.record);
    persons.set(key, [...(persons.get(key) ?? []), part]);
  }
  const lists = [...persons.values()];
  generator.shuffle(lists);
  for (const list of lists) generator.shuffle(list);
  return roundRobin(lists);
}

/** The first of each list, then the second of each, … */
function roundRobin<T>(lists: readonly (readonly T[])[]): T[] {
  const most = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: most }, (_, turn) => lists.flatMap((list) => list.slice(turn, turn + 1))).flat();
}
