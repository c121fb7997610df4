/** Reads test parts, cuts their windows and asks the model about each: the slow half of every classification protocol. */
import type { DataSetRecord } from '../datasets/data-set.js';
import { cutWindows, signalStretches } from '../datasets/stretches.js';
import type { ActivityModel, Classification, Task } from '../inference/activity-model.js';
import type { ProtocolOptions } from './protocol.js';
import { ProtocolError } from './protocol-error.js';
import type { TestPart } from './training-overlap.js';

/** A record whose truth is known for both tasks. */
export interface ActivityRecord extends DataSetRecord {
  readonly activity: string;
}

/** What a model answered about one test part; classes are numbered as the model or the protocol lists them. */
export interface Answers {
  /** The true class. */
  readonly truth: number;
  /** The most probable class of each window, in order. */
  readonly windows: readonly number[];
  /** The most probable class by the mean of the windows' probabilities; undefined where there is no window. */
  readonly record: number | undefined;
}

export interface ClassifiedRecord<R extends ActivityRecord = ActivityRecord> {
  readonly record: R;
  /** Number of its person, from 0. */
  readonly subject: number;
  readonly windows: number;
  /** For each task that is judged. */
  readonly answers: Partial<Readonly<Record<Task, Answers>>>;
}

/** The truth about a record, as a class is named. */
const truthOf: Readonly<Record<Task, (record: ActivityRecord) => string>> = {
  identity: ({ subject }) => subject,
  activity: ({ activity }) => activity,
};

/**
 * Classifies windows that do not overlap: the first of a part begins with it, after a gap with the signal, and all that fit
 * are taken.
 *
 * @param tasks what is judged; the model must have them.
 * @throws ProtocolError when the model has no class for what is true, or no part holds a window; InferenceError, RecordError.
 */
export async function classifyRecords<R extends ActivityRecord>(
  tests: readonly TestPart<R>[],
  model: ActivityModel,
  tasks: readonly Task[],
  { onProgress }: ProtocolOptions,
): Promise<ClassifiedRecord<R>[]> {
  requireClasses(tests, model, tasks);
  const { samples } = model.metadata.window;
  const subjects = [...new Set(tests.map(({ record }) => record.subject))];
  const classified: ClassifiedRecord<R>[] = [];
  for (const { record, part } of tests) {
    onProgress?.({ step: 'classifying windows', done: classified.length, total: tests.length });
    const stretches = await signalStretches(record, part);
    const windows = stretches.flatMap((stretch) => cutWindows(stretch, { length: samples, hop: samples }));
    const classifications = await model.classify(windows.map((window) => window.samples));
    const answers = Object.fromEntries(
      tasks.map((task) => [
        task,
        answersTo(task, model.classes[task]!.indexOf(truthOf[task](record)), classifications),
      ]),
    );
    classified.push({ record, subject: subjects.indexOf(record.subject), windows: windows.length, answers });
  }
  onProgress?.({ step: 'classifying windows', done: tests.length, total: tests.length });
  if (classified.every(({ windows }) => windows === 0)) {
    throw new ProtocolError(
      `no test part holds a window of ${samples} samples without a gap`,
      'The records here are too short for this model: check the data, or use a model of shorter windows.',
    );
  }
  return classified;
}

function requireClasses(tests: readonly TestPart<ActivityRecord>[], model: ActivityModel, tasks: readonly Task[]) {
  for (const task of tasks) {
    const truths = new Set(tests.map(({ record }) => truthOf[task](record)));
    const missing = [...truths].filter((truth) => !model.classes[task]!.includes(truth));
    if (missing.length === 0) continue;
    throw new ProtocolError(
      `${model.name} cannot answer ${missing.join(', ')}: its classes of "${task}" are ${model.classes[task]!.join(', ')}`,
      'This protocol judges what a model was trained to tell apart: choose another, or train on all classes.',
    );
  }
}

function answersTo(task: Task, truth: number, classifications: readonly Classification[]): Answers {
  const probabilities = classifications.map((one) => one[task]!);
  return {
    truth,
    windows: probabilities.map(mostProbable),
    record: probabilities.length === 0 ? undefined : mostProbable(sumOf(probabilities)),
  };
}

/** Number of the class with the highest probability, or likeness. */
export function mostProbable(probabilities: ArrayLike<number>): number {
  const numbers = Array.from(probabilities);
  return numbers.indexOf(Math.max(...numbers));
}

/** Points where the mean does. */
export function sumOf(rows: readonly Float64Array[]): Float64Array {
  return rows.reduce((sum, row) => sum.map((value, index) => value + row[index]!));
}
