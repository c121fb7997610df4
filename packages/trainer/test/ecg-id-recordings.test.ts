/** The floor on real recordings: what baseline-cosine, which learnt nothing, reaches on ECG-ID. */
import { loadWeights } from '@edgebeat/models';
import { expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../../testing/recordings.js';
import { evaluate, type GalleryReport } from '../src/index.js';

describeWithRecordings('ecg-id', 'ecg-id/other-record on real recordings', (dataDir) => {
  test('judges every probe record of the 90 persons, well above chance, in less than a minute', async () => {
    const started = performance.now();
    const report = (await evaluate(await loadWeights('baseline-cosine'), {
      protocol: 'ecg-id/other-record',
      dataDir,
    })) as GalleryReport;
    expect(performance.now() - started).toBeLessThan(60_000);
    expect(report).toMatchObject({ subjects: 90, training: 'unseen', data: { complete: true } });
    expect(report.gallery).toMatchObject({ subjects: 90, records: 131, failedSubjects: [] });
    expect(report.rows.map(({ condition, subjects, records }) => [condition, subjects, records])).toEqual([
      ['all', 89, 179],
      ['same day', 75, 96],
      ['other day', 20, 83],
    ]);
    const [all] = report.rows;
    expect(all!.genuine).toBe(179 - all!.failedRecords);
    expect(all!.impostor).toBe(89 * all!.genuine);
    expect(all!.failedRecords).toBeLessThanOrEqual(2);
    // Chance is 1/90 and 0.5. A floor that is far off either way is a fault of the signal path or of the protocol.
    expect(report.metrics.rank1Macro!.value).toBeGreaterThan(0.45);
    expect(report.metrics.rank1Macro!.value).toBeLessThan(0.85);
    expect(report.metrics.eer!.value).toBeGreaterThan(0.05);
    expect(report.metrics.eer!.value).toBeLessThan(0.25);
  });
});
