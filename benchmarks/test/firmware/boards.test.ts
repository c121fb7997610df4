/** The C core on emulated Arm boards: the signal path to the bit, and the frame decoder. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { noise, syntheticEcg } from '../../../testing/synthetic-ecg.js';
import { describeWithProgram } from '../../../testing/system-packages.js';
import { boards } from '../../src/firmware/boards.js';
import { compareResults } from '../../src/firmware/compare-results.js';
import { CoreTestProgram } from '../../src/firmware/core-test-program.js';
import { referenceResults } from '../../src/firmware/results.js';
import { SignalPathProgram } from '../../src/firmware/signal-path-program.js';
import type { Stream } from '../../src/firmware/stream.js';

/** Two minutes of a noisy ECG that comes loose for a while, as a converter gives it. */
function recording(rate: number): Int16Array {
  const { samples } = syntheticEcg({ rate, seconds: 120, rr: 0.83 });
  const disturbance = noise(samples.length, rate);
  return Int16Array.from(samples, (value, i) => {
    const loose = i > 40 * rate && i < 50 * rate;
    return Math.round(1000 * (loose ? 3 * disturbance[i]! : value + 0.15 * disturbance[i]!));
  });
}

const streams: readonly Stream[] = [250, 360, 512, 130].map((rate, i) => ({
  milliHertz: rate * 1000,
  samples: recording(rate),
  scaleNanovolts: 1000,
  chunkSeed: i,
  identity: { normalize: i % 2 ? 'min-max' : 'z-score' },
  activity: { length: 1000, hop: 250 },
}));

describeWithProgram('arm-none-eabi-gcc', 'compiled for Arm', () => {
  describeWithProgram('qemu-system-arm', 'in QEMU', () => {
    describe.each(boards)('$name, a $processor', (board) => {
      let path: SignalPathProgram;
      beforeAll(() => {
        path = new SignalPathProgram({ board });
      });
      afterAll(() => path.remove());

      test('every beat, window and second is that of packages/ecg', () => {
        const results = path.run(streams);
        const comparisons = streams.map((stream, i) => compareResults(referenceResults(stream), results[i] ?? []));
        expect(comparisons.map(({ firstDifference }) => firstDifference)).toEqual(streams.map(() => undefined));
        expect(comparisons.every(({ beats }) => beats > 100)).toBe(true);
      });
    });

    test('a compiler that may join a multiplication and an addition gives other bits, and they are noticed', () => {
      const path = new SignalPathProgram({ board: boards[0]!, flags: ['-ffp-contract=fast'] });
      try {
        const [results] = path.run([streams[1]!]);
        expect(compareResults(referenceResults(streams[1]!), results!).mismatches).toBeGreaterThan(100);
      } finally {
        path.remove();
      }
    });

    test('the frame decoder survives damaged frames on a Cortex-M4', () => {
      const fuzzer = new CoreTestProgram('frame-fuzz', { board: boards[0]! });
      try {
        expect(fuzzer.start('5', '5000')).toMatch(/^\d{4} taken, \d{4} refused\n$/);
      } finally {
        fuzzer.remove();
      }
    });
  });
});
