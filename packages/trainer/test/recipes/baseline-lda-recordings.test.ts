/** baseline-lda on real recordings: the figure that networks are held against. */
import { encodeModel } from '@edgebeat/graph';
import { expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../../../testing/recordings.js';
import { type ClosedSetProtocol, evaluate, fitBaselineLda, protocolOf } from '../../src/index.js';

const TIMEOUT = 300_000;

describeWithRecordings('ecg-id', 'baseline-lda on ecg-id/closed', (dataDir) => {
  test(
    'names the person of 95 to 98 % of the windows and of 98 % of the records at least',
    async () => {
      const protocol = protocolOf('ecg-id/closed') as ClosedSetProtocol;
      const model = await fitBaselineLda(await protocol.trainingParts(dataDir), { closedSet: true });
      const report = await evaluate(encodeModel(model), { protocol: protocol.name, dataDir, resamples: 10 });
      expect(report).toMatchObject({ subjects: 90, training: 'parts', answeredBy: 'logits' });
      const { accuracy, accuracyPerRecord } = report.metrics;
      expect(accuracy!.value).toBeGreaterThan(0.95);
      expect(accuracy!.value).toBeLessThan(0.98);
      expect(accuracyPerRecord!.value).toBeGreaterThan(0.98);
    },
    TIMEOUT,
  );
});
