/** The floor on real recordings: closed sets and verification by baseline-cosine, which learnt nothing. */
import { dirname } from 'node:path';
import { loadWeights } from '@edgebeat/models';
import { expect, test } from '@jest/globals';
import { describeWithRecordings, recordingsOf } from '../../../testing/recordings.js';
import { type ClosedSetReport, evaluate, type VerificationReport } from '../src/index.js';

const resamples = 100;

describeWithRecordings('ecg-id', 'ecg-id/closed on real recordings', (ecgId) => {
  test('tests 1,337 windows of 310 records of 90 persons, far above chance and below what learning gives', async () => {
    const options = { protocol: 'ecg-id/closed', dataDir: dirname(ecgId), resamples };
    const report = (await evaluate(await loadWeights('baseline-cosine'), options)) as ClosedSetReport;
    expect(report).toMatchObject({ subjects: 90, windows: 1337, data: { complete: true }, failedSubjects: [] });
    expect(report.rows[0]).toMatchObject({ records: 310, failedRecords: 0 });
    // Chance is 1/90.
    expect(report.metrics.accuracy!.value).toBeGreaterThan(0.45);
    expect(report.metrics.accuracy!.value).toBeLessThan(0.75);
  });
});

const all = ['heartprint', 'ptbdb'].every((dataSet) => recordingsOf(dataSet) !== undefined);
describeWithRecordings(all ? 'ecg-id' : 'ptbdb', 'verification/unseen on real recordings', (folder) => {
  test('judges 91 persons, and finds other sessions harder than the same', async () => {
    const options = { protocol: 'verification/unseen', dataDir: dirname(folder), resamples };
    const report = (await evaluate(await loadWeights('baseline-cosine'), options)) as VerificationReport;
    expect(report).toMatchObject({ subjects: 30 + 49 + 12, data: { complete: true }, failedSubjects: [] });
    expect(report.rows.map(({ condition, subjects, records }) => [condition, subjects, records])).toEqual([
      ['all, same session or day', 79, 110],
      ['all, other session or date', 68, 302],
      ['Heartprint, same session', 49, 63],
      ['Heartprint, session 1 to 2', 48, 110],
      ['Heartprint, session 1 to 3R', 14, 49],
      ['Heartprint, session 1 to 3L', 20, 60],
      ['Heartprint, session 1 to 3, mean of R and L', 27, 109],
      ['ECG-ID, same day', 30, 47],
      ['ECG-ID, other date', 20, 83],
      ['PTB, same record', 12, 12],
      ['PTB, other record', 5, 10],
    ]);
    const { eerWithin, eerAcross, eerK1Within } = report.metrics;
    expect(eerWithin!.value).toBeGreaterThan(0.05);
    expect(eerAcross!.value).toBeGreaterThan(eerWithin!.value);
    expect(eerAcross!.value).toBeLessThan(0.45);
    expect(eerK1Within!.value).toBeGreaterThan(eerWithin!.value);
  });
});
