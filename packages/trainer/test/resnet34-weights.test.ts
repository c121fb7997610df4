/** The shipped weights of resnet34 reach on real recordings what their card says. */
import { dirname } from 'node:path';
import { loadWeights } from '@edgebeat/models';
import { expect, test } from '@jest/globals';
import { describeWithRecordings, recordingsOf } from '../../../testing/recordings.js';
import { evaluate, type VerificationReport } from '../src/index.js';

const all = ['heartprint', 'ptbdb'].every((dataSet) => recordingsOf(dataSet) !== undefined);
describeWithRecordings(all ? 'ecg-id' : 'ptbdb', 'resnet34 by verification/unseen', (folder) => {
  test('verifies strangers far better than the floors', async () => {
    const options = { protocol: 'verification/unseen', dataDir: dirname(folder), resamples: 100 };
    const report = (await evaluate(await loadWeights('resnet34'), options)) as VerificationReport;
    expect(report).toMatchObject({ training: 'unseen', subjects: 30 + 49 + 12, failedSubjects: [] });
    const { metrics } = report;
    // baseline-lda: 0.028, 0.124, 0.162, 0.045, 0.085, and 0.48 of session 2 rejected.
    expect(metrics.eerHeartprintSameSession!.value).toBeLessThan(0.01);
    expect(metrics.eerHeartprintS2!.value).toBeLessThan(0.045);
    expect(metrics.eerHeartprintS3!.value).toBeLessThan(0.075);
    expect(metrics.eerEcgIdSameDay!.value).toBeLessThan(0.01);
    expect(metrics.eerEcgIdOtherDate!.value).toBeLessThan(0.035);
    expect(metrics.fnmrAtFmr100HeartprintS2!.value).toBeLessThan(0.2);
  }, 300_000);
});
