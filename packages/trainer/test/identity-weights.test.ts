/** The shipped weights of teacher and students reach on real recordings what their cards say. */
import { dirname } from 'node:path';
import { loadWeights } from '@edgebeat/models';
import { expect, test } from '@jest/globals';
import { describeWithRecordings, recordingsOf } from '../../../testing/recordings.js';
import { evaluate, type VerificationReport } from '../src/index.js';

/** Figures that stay below what `models` says; of `baseline-lda` they are 0.028, 0.124, 0.162, 0.045, 0.085 and 0.48. */
const limits = [
  'eerHeartprintSameSession',
  'eerHeartprintS2',
  'eerHeartprintS3',
  'eerEcgIdSameDay',
  'eerEcgIdOtherDate',
  'fnmrAtFmr100HeartprintS2',
] as const;
const models: Readonly<Record<string, readonly number[]>> = {
  resnet34: [0.01, 0.045, 0.075, 0.01, 0.035, 0.2],
  'deit-micro': [0.015, 0.055, 0.09, 0.015, 0.04, 0.25],
};

const all = ['heartprint', 'ptbdb'].every((dataSet) => recordingsOf(dataSet) !== undefined);
describeWithRecordings(all ? 'ecg-id' : 'ptbdb', 'verification/unseen', (folder) => {
  test.each(Object.keys(models))(
    '%s verifies strangers far better than the floors',
    async (name) => {
      const options = { protocol: 'verification/unseen', dataDir: dirname(folder), resamples: 100 };
      const report = (await evaluate(await loadWeights(name), options)) as VerificationReport;
      expect(report).toMatchObject({ training: 'unseen', subjects: 30 + 49 + 12, failedSubjects: [] });
      for (const [index, metric] of limits.entries())
        expect([metric, report.metrics[metric]!.value < models[name]![index]!]).toEqual([metric, true]);
    },
    300_000,
  );
});
