/** Holds that something fails the way every reader must fail: one RecordError that names file and field, with a hint. */
import { expect } from '@jest/globals';
import { RecordError } from '../../src/records/record-error.js';

export function expectRecordError(action: () => unknown, field: RegExp, problem: RegExp = /./): RecordError {
  let thrown: unknown;
  try {
    action();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(RecordError);
  const error = thrown as RecordError;
  expect(error.field).toMatch(field);
  expect(error.message).toMatch(problem);
  expect(error.message.startsWith(`${error.file}: ${error.field}: `)).toBe(true);
  expect(error.hint).toMatch(/^[A-Z].+\.$/);
  return error;
}
