/** The shipped weights of dt4ecg reach on real recordings what their card says. */
import { weightsPath } from '@edgebeat/models';
import { expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../../testing/recordings.js';
import { evaluate } from '../src/index.js';

describeWithRecordings('kalouskova', 'dt4ecg', (kalouskova) => {
  test('knows persons and activities by kalouskova/time-split', async () => {
    const options = { protocol: 'kalouskova/time-split', dataDir: kalouskova, resamples: 100 };
    const { windows, metrics } = await evaluate(weightsPath('dt4ecg'), options);
    expect(windows).toBe(605);
    expect(metrics.identity!.value).toBeGreaterThanOrEqual(0.9912);
    expect(metrics.activity!.value).toBeGreaterThanOrEqual(0.97);
  }, 180_000);
});
