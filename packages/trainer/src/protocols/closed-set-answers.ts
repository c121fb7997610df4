/**
 * Asks a model who of known persons windows show. A model that was trained to tell them apart answers by its logits; any other
 * one by the nearest of their templates: the mean direction of the embeddings of a person's training windows.
 */
import { cosineSimilarity, meanDirection } from '@edgebeat/identity';
import { personNumber } from '../datasets/person-names.js';
import type { EmbeddingModel } from '../inference/embedding-model.js';
import { type Answers, mostProbable, sumOf } from './classify-records.js';
import type { ClosedSetRecord } from './closed-set-protocol.js';
import { usableEmbeddings } from './embed-records.js';
import type { ProtocolOptions } from './protocol.js';
import { ProtocolError } from './protocol-error.js';
import { type WindowPart, type WindowReader, windowsOf } from './window-part.js';

/** The figure that is made of the answers. */
export type Accuracy = 'accuracy';

/** What was answered about a record. */
export interface IdentifiedRecord {
  /** Number of its person. */
  readonly subject: number;
  readonly windows: number;
  readonly answers: Readonly<Record<Accuracy, Answers>>;
  /** Of each window's answer its probability; undefined where templates answer, which have none. */
  readonly confidences: readonly number[] | undefined;
}

export interface ClosedSetAnswers {
  readonly answeredBy: 'logits' | 'templates';
  /** Persons without a usable training window where templates answer: nobody is taken for them. */
  readonly failedSubjects: readonly string[];
  readonly records: readonly IdentifiedRecord[];
}

/** Answers to windows of one record, as numbers of persons. */
type Identify = (
  windows: readonly Float32Array[],
) => Promise<Omit<Answers, 'truth'> & Pick<IdentifiedRecord, 'confidences'>>;

/**
 * @param testWindows reads what tests.
 * @throws ProtocolError when no test part holds a window, or nobody could be enrolled; InferenceError, RecordError.
 */
export async function identifyRecords(
  model: EmbeddingModel,
  parts: readonly ClosedSetRecord[],
  testWindows: WindowReader,
  { onProgress }: ProtocolOptions,
): Promise<ClosedSetAnswers> {
  const subjects = [...new Set(parts.map(({ test }) => test.record.subject))];
  const names = namesOf(model, parts);
  const knowsAll = names !== undefined;
  const total = knowsAll ? parts.length : 2 * parts.length;
  let done = 0;
  const readBy = (read: WindowReader) => (part: WindowPart) => {
    onProgress?.({ step: 'identifying windows', done: done++, total });
    return read(part, model.metadata);
  };
  const templates = knowsAll
    ? undefined
    : await templatesOf(
        model,
        parts.map(({ training }) => training),
        readBy(windowsOf),
      );
  const identify = templates === undefined ? byLogits(model) : byTemplates(model, subjects, templates);
  const records: IdentifiedRecord[] = [];
  const readTest = readBy(testWindows);
  for (const { test } of parts) {
    const windows = await readTest(test);
    const { subject } = test.record;
    const truth = names === undefined ? subjects.indexOf(subject) : names.get(subject)!;
    const { confidences, ...answers } = await identify(windows);
    const accuracy = { truth, ...answers };
    records.push({
      ...{ subject: subjects.indexOf(subject), windows: answers.windows.length, answers: { accuracy } },
      confidences,
    });
  }
  onProgress?.({ step: 'identifying windows', done: total, total });
  if (records.every(({ windows }) => windows === 0)) {
    throw new ProtocolError(
      'no test part holds three consecutive beats',
      'The records here are too short, or show no ECG: check the data.',
    );
  }
  return {
    answeredBy: knowsAll ? 'logits' : 'templates',
    failedSubjects: templates === undefined ? [] : subjects.filter((subject) => !templates.has(subject)),
    records,
  };
}

/**
 * The number that the model has for each person who tests; undefined unless it knows all of them.
 */
function namesOf(
  { persons }: EmbeddingModel,
  parts: readonly ClosedSetRecord[],
): ReadonlyMap<string, number> | undefined {
  const numbers = new Map<string, number>();
  for (const { record } of parts.map(({ test }) => test)) {
    const number = personNumber(persons ?? [], record);
    if (number < 0) return undefined;
    numbers.set(record.subject, number);
  }
  return numbers;
}

function byLogits(model: EmbeddingModel): Identify {
  return async (windows) => {
    const probabilities = await model.classify(windows);
    return {
      windows: probabilities.map(mostProbable),
      record: probabilities.length === 0 ? undefined : mostProbable(sumOf(probabilities)),
      confidences: probabilities.map((row) => Math.max(...row)),
    };
  };
}

function byTemplates(
  model: EmbeddingModel,
  subjects: readonly string[],
  templates: ReadonlyMap<string, Float32Array>,
): Identify {
  const nearest = (direction: Float32Array) =>
    mostProbable(
      subjects.map((subject) => {
        const template = templates.get(subject);
        return template === undefined ? Number.NEGATIVE_INFINITY : cosineSimilarity(template, direction);
      }),
    );
  return async (windows) => {
    const embeddings = await usableEmbeddings(model, windows);
    return {
      windows: embeddings.map(nearest),
      record: embeddings.length === 0 ? undefined : nearest(meanDirection(embeddings)),
      confidences: undefined,
    };
  };
}

async function templatesOf(
  model: EmbeddingModel,
  parts: readonly WindowPart[],
  readTraining: (part: WindowPart) => Promise<Float32Array[]>,
): Promise<Map<string, Float32Array>> {
  const embeddings = new Map<string, Float32Array[]>();
  for (const part of parts) {
    const { subject } = part.record;
    const more = await usableEmbeddings(model, await readTraining(part));
    embeddings.set(subject, [...(embeddings.get(subject) ?? []), ...more]);
  }
  const enrolled = [...embeddings].filter(([, ofSubject]) => ofSubject.length > 0);
  if (enrolled.length === 0) {
    throw new ProtocolError(
      'nobody could be enrolled',
      'No training part has three consecutive beats: check the data.',
    );
  }
  return new Map(enrolled.map(([subject, ofSubject]) => [subject, meanDirection(ofSubject)]));
}
