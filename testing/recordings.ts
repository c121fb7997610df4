/** Where tests find real recordings: `EDGEBEAT_DATA` names a folder with one sub-folder per data set. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from '@jest/globals';

/** Folder of one data set (`mitdb`, `ecg-id`, `heartprint`, …), or undefined where it is not there. */
export function recordingsOf(dataSet: string): string | undefined {
  const root = process.env.EDGEBEAT_DATA;
  if (!root) return undefined;
  const folder = join(root, dataSet);
  return existsSync(folder) ? folder : undefined;
}

/**
 * A `describe` block that needs real recordings. Without them its tests are skipped by name; where
 * `EDGEBEAT_REQUIRE_RECORDINGS` is set that is a failure instead, because a check that silently does not run is worse than
 * none.
 */
export function describeWithRecordings(dataSet: string, title: string, body: (folder: string) => void): void {
  const folder = recordingsOf(dataSet);
  if (folder) {
    describe(title, () => body(folder));
  } else if (process.env.EDGEBEAT_REQUIRE_RECORDINGS) {
    test(`${title}: needs recordings of ${dataSet}`, () => {
      throw new Error(`set EDGEBEAT_DATA to a folder that holds ${dataSet}/`);
    });
  } else {
    describe.skip(`${title} (needs EDGEBEAT_DATA with ${dataSet}/)`, () => {
      test('is skipped without recordings', () => {});
    });
  }
}
