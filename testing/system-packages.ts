/** Tests that need a program which npm does not bring: a broker, a browser. The table is scripts/system-packages.mjs. */
import { describe, test } from '@jest/globals';
import { findProgram, type SystemProgram, systemPackages } from '../scripts/system-packages.mjs';

/**
 * A `describe` block that needs a program of the table; its body is given the program's path. Where the program is missing
 * its tests are skipped by name; where `CI` is set that is a failure instead, because a check that silently does not run is
 * worse than none. The body is called either way, so it must only use the path inside tests and hooks.
 */
export function describeWithProgram(program: SystemProgram, title: string, body: (path: string) => void): void {
  const path = findProgram(program);
  if (path !== undefined) {
    describe(title, () => body(path));
  } else if (process.env.CI) {
    test(`${title}: needs ${program}`, () => {
      const entry = systemPackages.find((row) => row.program === program);
      throw new Error(`${program} is missing: sudo apt-get install ${entry?.packages.join(' ')}`);
    });
  } else {
    describe.skip(`${title} (needs ${program})`, () => body(program));
  }
}
