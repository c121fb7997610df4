import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../testing/recordings.js';
import { conditions, publishedNoisyRecord } from '../src/detector-bench/conditions.js';
import { renderReport } from '../src/detector-bench/report.js';
import { rejectionRows, scoreRows, sportRows } from '../src/detector-bench/rows.js';
import { scoreRecord } from '../src/detector-bench/score-record.js';
import { judgeSport } from '../src/detector-bench/sport.js';
import { detectors } from '../src/detectors/index.js';

test('rejects the worst tenth of all windows, its beats on both sides', () => {
  const from = 300;
  const windows = Array.from({ length: 10 }, (_, i) => ({
    from: from + 10 * i,
    to: from + 10 * (i + 1),
    sqi: i === 4 ? 0.1 : 0.9,
  }));
  const times = Array.from({ length: 100 }, (_, i) => from + i + 0.5);
  // Everything is right but for the fifth window, where one beat is missed and one invented.
  const detected = times.filter((time) => time !== 344.5).concat(346);
  const record = {
    reference: { beats: times, flutter: [] },
    detected: detected.toSorted((a, b) => a - b).map((time) => ({ time, reportedAt: time })),
    windows,
  };
  const [all, without] = rejectionRows([record]);
  expect([all!.tp, all!.fp, all!.fn]).toEqual([99, 1, 1]);
  expect([without!.tp, without!.fp, without!.fn]).toEqual([90, 0, 0]);
  expect(rejectionRows([])).toEqual([]);
});

describeWithRecordings('nstdb', 'the benchmark on one record', (folder) => {
  test('gives a row for every detector, and a table of them', async () => {
    const chosen = conditions.filter(({ records }) => records?.includes(publishedNoisyRecord));
    const path = join(folder, publishedNoisyRecord);
    const { scores } = await scoreRecord({ kind: 'score', path, root: join(folder, '..'), conditions: chosen });
    const rows = scoreRows(chosen, scores);
    expect(rows.map(({ detector }) => detector)).toEqual(detectors.map(({ name }) => name));
    for (const row of rows) {
      expect(row.f1).toBeGreaterThan(0.4);
      expect(row.f1).toBeLessThan(0.95);
      expect(row.delayMs === null).toBe(!row.causal);
    }
    const report = renderReport(rows);
    for (const { name } of detectors) expect(report).toContain(`| ${name}`);
    expect(report).not.toContain('NaN');
  });
});

describeWithRecordings('kalouskova', 'sport', (folder) => {
  test('at rest three detectors agree', async () => {
    const counts = await judgeSport({ kind: 'sport', path: join(folder, '01', '01_01_klud.csv') });
    const rows = sportRows(counts).filter(({ condition }) => condition === 'kalouskova/rest');
    expect(rows).toHaveLength(3);
    for (const { sport, se } of rows) {
      expect(se).toBeNull();
      expect(sport!.beats).toBeGreaterThan(40);
      expect(sport!.found).toBeGreaterThan(0.98);
      expect(sport!.alone).toBeLessThan(0.02);
      expect(sport!.implausibleRr).toBeLessThan(0.02);
    }
  });
});
