/** The shipped weights of the students reach on real recordings what their cards say. */
import { dirname } from 'node:path';
import { loadWeights, weightsNames } from '@edgebeat/models';
import { expect, test } from '@jest/globals';
import { describeWithRecordings, recordingsOf } from '../../../testing/recordings.js';
import { evaluate, type VerificationReport } from '../src/index.js';

const all = ['heartprint', 'ptbdb'].every((dataSet) => recordingsOf(dataSet) !== undefined);
const students = weightsNames().filter((name) => name.startsWith('deit-'));

describeWithRecordings(all ? 'ecg-id' : 'ptbdb', 'students by verification/unseen', (folder) => {
  test.each(students)(
    '%s verifies strangers far better than the floors',
    async (name) => {
      const options = { protocol: 'verification/unseen', dataDir: dirname(folder), resamples: 100 };
      const report = (await evaluate(await loadWeights(name), options)) as VerificationReport;
      expect(report).toMatchObject({ training: 'unseen', subjects: 30 + 49 + 12, failedSubjects: [] });
      const { metrics } = report;
      // baseline-lda: 0.028, 0.124, 0.162, 0.045, 0.085, and 0.48 of session 2 rejected.
      expect(metrics.eerHeartprintSameSession!.value).toBeLessThan(0.015);
      expect(metrics.eerHeartprintS2!.value).toBeLessThan(0.055);
      expect(metrics.eerHeartprintS3!.value).toBeLessThan(0.09);
      expect(metrics.eerEcgIdSameDay!.value).toBeLessThan(0.015);
      expect(metrics.eerEcgIdOtherDate!.value).toBeLessThan(0.04);
      expect(metrics.fnmrAtFmr100HeartprintS2!.value).toBeLessThan(0.25);
    },
    300_000,
  );
});
