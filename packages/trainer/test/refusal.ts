/** What a data set that cannot be read is refused with. */
import { expect } from '@jest/globals';
import { DataSetError } from '../src/index.js';

export async function refusal(promise: Promise<unknown>): Promise<DataSetError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DataSetError);
  return error as DataSetError;
}
