/**
 * Parts of records, by which training and test of one record are told apart. A part is `[from, to)`, fractions of the recorded
 * duration: of the samples there are, gaps not counted. Model metadata list parts as `kalouskova/01/01_01_beh[0,0.7)`.
 */
import { DataSetError } from './data-set-error.js';

export interface RecordPart {
  /** 0 … 1, included. */
  readonly from: number;
  /** 0 … 1, more than `from`; not included. */
  readonly to: number;
}

export const wholeRecord: RecordPart = { from: 0, to: 1 };

/** A record, or a part of it, as `edgebeat.training` lists it. */
export interface TrainingRecord {
  /** `data set/record`. */
  readonly id: string;
  readonly part: RecordPart;
}

/** What follows the id, where anything does. */
const suffix = /\[([^,[\]()]*),([^,[\]()]*)\)$/;
/** An id may end like `(2)`; brackets of this kind at the end are meant for a part. */
const bracketed = /\[[^[\]]*[\])]$/;
const decimalNumber = /^(?:\d+\.?\d*|\.\d+)(?:e-\d+)?$/;

/**
 * Reads an entry of `edgebeat.training`: an id, and behind it `[from,to)` unless the whole record is meant.
 *
 * @throws DataSetError for a suffix that is malformed, or no part.
 */
export function parseTrainingRecord(text: string): TrainingRecord {
  const found = suffix.exec(text);
  if (found === null) {
    if (bracketed.test(text)) throw malformed(text);
    return { id: text, part: wholeRecord };
  }
  const [from, to] = found.slice(1).map((number) => (decimalNumber.test(number) ? Number(number) : Number.NaN));
  const part = { from: from!, to: to! };
  if (!isPart(part)) throw malformed(text);
  return { id: text.slice(0, found.index), part };
}

/** The entry of `edgebeat.training` for a part of a record; the inverse of {@link parseTrainingRecord}. */
export function formatTrainingRecord({ id, part }: TrainingRecord): string {
  requirePart(part);
  const isPlain = part.from === 0 && part.to === 1 && !bracketed.test(id);
  return isPlain ? id : `${id}[${part.from},${part.to})`;
}

/** Whether two parts of one record share samples. */
export function partsOverlap(a: RecordPart, b: RecordPart): boolean {
  return a.from < b.to && b.from < a.to;
}

/** @throws DataSetError unless 0 ≤ from < to ≤ 1. */
export function requirePart(part: RecordPart): void {
  if (!isPart(part)) {
    throw new DataSetError(
      `[${part.from}, ${part.to}) is no part of a record`,
      'A part is [from, to) with 0 ≤ from < to ≤ 1, fractions of the recorded duration.',
    );
  }
}

function isPart({ from, to }: RecordPart): boolean {
  return from >= 0 && from < to && to <= 1;
}

function malformed(text: string): DataSetError {
  return new DataSetError(
    `"${text}" names no part of a record`,
    'A part is written [from,to) behind the record, 0 ≤ from < to ≤ 1: kalouskova/01/01_01_beh[0,0.7).',
  );
}
