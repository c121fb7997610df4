/** Numbers written as text in a record's file: read strictly, so that a damaged field is found where it stands. */
import { RecordError } from './record-error.js';

/** Where a field stands and what to do when it is wrong. */
export interface FieldPlace {
  readonly file: string;
  readonly field: string;
  readonly hint: string;
}

export interface NumberLimits {
  readonly integer?: boolean;
  readonly min?: number;
  readonly max?: number;
}

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Whether the text is a plain decimal number, such as `-1.5e3`. */
export function isDecimal(text: string): boolean {
  return decimal.test(text);
}

/**
 * A finite decimal number within limits.
 * @throws RecordError when the text is anything else
 */
export function parseNumber(text: string, place: FieldPlace, limits: NumberLimits = {}): number {
  const value = isDecimal(text) ? Number(text) : Number.NaN;
  const { integer = false, min = -Number.MAX_VALUE, max = Number.MAX_VALUE } = limits;
  if (integer ? !Number.isSafeInteger(value) : !Number.isFinite(value)) {
    throw wrong(place, `${quoted(text)} is not ${integer ? 'a whole number' : 'a number'}`);
  }
  if (value < min || value > max) throw wrong(place, `${value} is not between ${min} and ${max}`);
  return value;
}

/** The error for a field that is wrong. */
export function wrong(place: FieldPlace, problem: string): RecordError {
  return new RecordError(place.file, place.field, problem, place.hint);
}

/** Text of a file for use in a message: quoted, control characters escaped, not longer than a glance. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}
