/** The firmware's signal path in C gives the bits of packages/ecg on real recordings of every data set. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../../testing/recordings.js';
import { describeWithProgram } from '../../../testing/system-packages.js';
import { compareResults } from '../../src/firmware/compare-results.js';
import { bitDataSets, recordedStreams } from '../../src/firmware/recorded-streams.js';
import { referenceResults } from '../../src/firmware/results.js';
import { SignalPathProgram } from '../../src/firmware/signal-path-program.js';

describeWithRecordings('mitdb', 'recordings', (folder) => {
  describeWithProgram('cc', 'through the signal path in C', (compiler) => {
    let core: SignalPathProgram;
    beforeAll(() => {
      core = new SignalPathProgram({ compiler });
    });
    afterAll(() => core.remove());

    test('every beat, window and second of more than an hour', async () => {
      const root = dirname(folder);
      const seen = new Set<string>();
      let beats = 0;
      for await (const { path, dataSet, stream } of recordedStreams(root, 1.2)) {
        const [results] = core.run([stream]);
        const comparison = compareResults(referenceResults(stream), results ?? []);
        expect([path, comparison.firstDifference]).toEqual([path, undefined]);
        beats += comparison.beats;
        seen.add(dataSet);
      }
      expect(beats).toBeGreaterThan(4000);
      const present = bitDataSets.filter((name) => existsSync(join(root, name)));
      expect([...seen].sort()).toEqual([...present].sort());
    });
  });
});
