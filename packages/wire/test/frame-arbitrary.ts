/** Frames for property tests. */
import fc from 'fast-check';
import type { Frame } from '../src/index.js';

const u32 = fc.integer({ min: 0, max: 0xffffffff });
const positiveU32 = fc.integer({ min: 1, max: 0xffffffff });

/** Any frame that the format allows, of up to 40 samples of up to 4 channels. */
export const anyFrame: fc.Arbitrary<Frame> = fc
  .record({ count: fc.integer({ min: 1, max: 40 }), channels: fc.integer({ min: 1, max: 4 }) })
  .chain(({ count, channels }) =>
    fc.record({
      flags: fc.integer({ min: 0, max: 255 }),
      streamId: u32,
      sequence: u32,
      firstSampleTimeUs: fc.maxSafeNat(),
      rateMilliHertz: positiveU32,
      scaleNanovolts: positiveU32,
      channels: fc.constant(channels),
      samples: fc.int16Array({ minLength: count * channels, maxLength: count * channels }),
    }),
  );
