/** The shipped weights of baseline-lda: that fitting again gives them, and what they reach on real recordings. */
import { dirname } from 'node:path';
import { decodeModel, encodeModel } from '@edgebeat/graph';
import { cosineSimilarity } from '@edgebeat/identity';
import { loadWeights } from '@edgebeat/models';
import { expect, test } from '@jest/globals';
import { describeWithRecordings, recordingsOf } from '../../../testing/recordings.js';
import {
  EmbeddingModel,
  evaluate,
  fitBaselineLda,
  type IdentityProtocol,
  protocolOf,
  type VerificationReport,
} from '../src/index.js';
import { windowsOf } from '../src/protocols/window-part.js';

const TIMEOUT = 300_000;

const all = ['heartprint', 'ptbdb'].every((dataSet) => recordingsOf(dataSet) !== undefined);
describeWithRecordings(all ? 'ecg-id' : 'ptbdb', 'baseline-lda by verification/unseen', (folder) => {
  const dataDir = dirname(folder);

  test(
    'fitted again, are the same',
    async () => {
      const parts = await (protocolOf('verification/unseen') as IdentityProtocol).trainingParts(dataDir);
      const shipped = await loadWeights('baseline-lda');
      const fitted = encodeModel(await fitBaselineLda(parts));
      expect(decodeModel(fitted).metadata).toEqual(decodeModel(shipped).metadata);
      const windows = await windowsOf(parts.at(-1)!, { normalize: 'z-score' });
      const [before, after] = await Promise.all(
        [shipped, fitted].map(async (bytes) => {
          const model = await EmbeddingModel.load(bytes);
          return model.embed(windows).finally(() => model.release());
        }),
      );
      // Directions of almost equal weight may turn with the last bits, which are those of the processor; angles do not.
      expect(windows.length).toBeGreaterThan(20);
      for (const [index, own] of before!.entries()) {
        for (const [other, embedding] of before!.entries()) {
          const again = cosineSimilarity(after![index]!, after![other]!);
          expect(Math.abs(cosineSimilarity(own, embedding) - again)).toBeLessThan(1e-3);
        }
      }
    },
    TIMEOUT,
  );

  test(
    'verify strangers as their card says',
    async () => {
      const options = { protocol: 'verification/unseen', dataDir, resamples: 20 };
      const report = (await evaluate(await loadWeights('baseline-lda'), options)) as VerificationReport;
      expect(report).toMatchObject({ training: 'unseen', subjects: 30 + 49 + 12, failedSubjects: [] });
      const { metrics } = report;
      expect(metrics.eerHeartprintSameSession!.value).toBeCloseTo(0.028, 2);
      expect(metrics.eerHeartprintS2!.value).toBeCloseTo(0.124, 2);
      expect(metrics.eerHeartprintS3!.value).toBeCloseTo(0.162, 2);
      expect(metrics.eerEcgIdSameDay!.value).toBeCloseTo(0.045, 2);
      expect(metrics.eerEcgIdOtherDate!.value).toBeCloseTo(0.085, 2);
    },
    TIMEOUT,
  );
});
