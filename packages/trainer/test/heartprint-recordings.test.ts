/** The floor on real recordings: what baseline-cosine, which learnt nothing, reaches across the sessions of Heartprint. */
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { loadWeights } from '@edgebeat/models';
import { expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../../testing/recordings.js';
import { evaluate } from '../src/index.js';
import { temporaryFolder } from './temporary-folder.js';

/** A data folder with some of the persons linked into it: all of them take too long for a test. */
function linkPersons(heartprint: string, dataDir: string, persons: readonly number[]): void {
  for (const session of ['Session-1', 'Session-2', 'Session-3L', 'Session-3R']) {
    mkdirSync(join(dataDir, 'heartprint', session), { recursive: true });
    for (const name of persons.map((person) => String(person).padStart(3, '0'))) {
      const published = join(heartprint, session, name);
      if (existsSync(published)) symlinkSync(published, join(dataDir, 'heartprint', session, name));
    }
  }
}

describeWithRecordings('heartprint', 'heartprint/cross-session on real recordings', (heartprint) => {
  const dataDir = temporaryFolder();

  test('judges all records of the later sessions of every fourth number (some are not given), above chance', async () => {
    linkPersons(
      heartprint,
      dataDir,
      Array.from({ length: 50 }, (_, i) => 1 + 4 * i),
    );
    const report = await evaluate(await loadWeights('baseline-cosine'), {
      protocol: 'heartprint/cross-session',
      dataDir,
    });
    expect(report).toMatchObject({ subjects: 45, training: 'unseen', data: { complete: false } });
    expect(report.rows.map(({ condition, subjects, records }) => [condition, subjects, records])).toEqual([
      ['all', 45, 197],
      ['session 2', 45, 96],
      ['session 3L', 21, 63],
      ['session 3R', 11, 38],
    ]);
    // Chance is 1/45 and 0.5; weeks to years lie between the sessions, and nothing was learnt.
    expect(report.metrics.rank1!.value).toBeGreaterThan(0.15);
    expect(report.metrics.rank1!.value).toBeLessThan(0.6);
    expect(report.metrics.eer!.value).toBeGreaterThan(0.1);
    expect(report.metrics.eer!.value).toBeLessThan(0.4);
  });
});
