/** The firmware's frame codec in C: frames of packages/wire both ways, every kind of damage, a fuzzer under sanitizers. */
import { crc32 as zlibCrc32 } from 'node:zlib';
import { decodeFrame, encodeFrame, type Frame, FrameError, type FrameErrorCode } from '@edgebeat/wire';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { describeWithProgram } from '../../../testing/system-packages.js';
import { CoreTestProgram, sanitizerFlags } from '../../src/firmware/core-test-program.js';
import { padded, WordReader, wordBytes } from './words.js';

/** As eb_frame_status counts them. */
const statuses: readonly ('ok' | FrameErrorCode)[] = [
  'ok',
  'too-short',
  'bad-magic',
  'bad-crc',
  'unsupported-version',
  'unsupported-encoding',
  'length-mismatch',
  'bad-field',
];

const u32 = fc.integer({ min: 0, max: 0xffffffff });
const anyFrame: fc.Arbitrary<Frame> = fc
  .record({ count: fc.integer({ min: 1, max: 60 }), channels: fc.integer({ min: 1, max: 4 }) })
  .chain(({ count, channels }) =>
    fc.record({
      flags: fc.integer({ min: 0, max: 255 }),
      streamId: u32,
      sequence: u32,
      firstSampleTimeUs: fc.maxSafeNat(),
      rateMilliHertz: u32.map((value) => Math.max(1, value)),
      scaleNanovolts: u32.map((value) => Math.max(1, value)),
      channels: fc.constant(channels),
      samples: fc.int16Array({ minLength: count * channels, maxLength: count * channels }),
    }),
  );

/** What was decoded, and the bytes that it encodes to. */
interface Decoded {
  readonly status: 'ok' | FrameErrorCode;
  readonly frame?: Frame;
  readonly again?: Uint8Array;
}

function decodeInTypeScript(bytes: Uint8Array): Decoded {
  try {
    const frame = decodeFrame(bytes);
    return { status: 'ok', frame, again: encodeFrame(frame) };
  } catch (thrown) {
    if (thrown instanceof FrameError) return { status: thrown.code };
    throw thrown;
  }
}

function readDecoded(reader: WordReader): Decoded {
  const status = statuses[reader.word()]!;
  if (status !== 'ok') return { status };
  const [flags, channels, count, streamId, sequence, low, high, rateMilliHertz, scaleNanovolts] = Array.from(
    { length: 9 },
    () => reader.word(),
  ) as [number, number, number, number, number, number, number, number, number];
  const samples = Int16Array.from({ length: count * channels }, () => reader.word());
  const firstSampleTimeUs = high * 2 ** 32 + low;
  const frame = { flags, streamId, sequence, firstSampleTimeUs, rateMilliHertz, scaleNanovolts, channels, samples };
  expect(reader.word()).toBe(0);
  return { status, frame, again: reader.bytes(36 + 2 * samples.length) };
}

/** Damage that a seed chooses; the checksum is mended for some, so that fields are looked at. */
function damaged(bytes: Uint8Array, [at, value, cut, mend]: readonly [number, number, number, boolean]): Uint8Array {
  const longer = new Uint8Array(bytes.length + 8);
  longer.set(bytes);
  const changed = longer.slice(0, Math.max(0, bytes.length + cut));
  if (changed.length > 0) changed[at % changed.length] = value;
  if (mend && changed.length >= 4) {
    const checked = changed.length - 4;
    new DataView(changed.buffer).setUint32(checked, zlibCrc32(changed.subarray(0, checked)), true);
  }
  return changed;
}

describeWithProgram('cc', 'frame codec in C', (compiler) => {
  let codec: CoreTestProgram;
  beforeAll(() => {
    codec = new CoreTestProgram('frame-host', { flags: sanitizerFlags, compiler });
  });
  afterAll(() => codec.remove());

  function decodeInC(frames: readonly Uint8Array[]): Decoded[] {
    const reader = new WordReader(
      codec.convert(Buffer.concat(frames.flatMap((bytes) => [wordBytes(bytes.length), padded(bytes)]))),
    );
    const decoded = frames.map(() => readDecoded(reader));
    expect(reader.atEnd).toBe(true);
    return decoded;
  }

  test('frames of TypeScript are the same frames in C, and come back as the same bytes', () => {
    const frames = fc.sample(anyFrame, { numRuns: 600, seed: 1 });
    const decoded = decodeInC(frames.map(encodeFrame));
    expect(decoded).toEqual(frames.map((frame) => ({ status: 'ok', frame, again: encodeFrame(frame) })));
  });

  test('the longest frame', () => {
    const samples = new Int16Array(65_535).map((_, i) => i * 7);
    const frame: Frame = {
      ...{ flags: 7, streamId: 1, sequence: 0xffffffff, firstSampleTimeUs: Number.MAX_SAFE_INTEGER },
      ...{ rateMilliHertz: 0xffffffff, scaleNanovolts: 1, channels: 1, samples },
    };
    expect(decodeInC([encodeFrame(frame)])[0]!.frame).toEqual(frame);
  });

  test('damaged frames are refused for the same reason, or are the same frames', () => {
    const damage = fc.tuple(fc.nat(80), fc.nat(255), fc.constantFrom(0, 0, 0, -1, 3, -40), fc.boolean());
    const cases = fc.sample(fc.tuple(anyFrame, damage), { numRuns: 2000, seed: 2 });
    const headers = fc.sample(fc.tuple(anyFrame, fc.integer({ min: 0, max: 31 }), fc.constantFrom(0, 1, 255)), {
      numRuns: 2000,
      seed: 3,
    });
    const bytes = [
      ...cases.map(([frame, choice]) => damaged(encodeFrame(frame), choice)),
      ...headers.map(([frame, at, value]) => damaged(encodeFrame(frame), [at, value, 0, true])),
      ...[12, 16, 20, 24, 28].map((at) => {
        // Whole fields of zeros, or of ones.
        const frame = encodeFrame(cases[0]![0]);
        frame.fill(at < 20 ? 255 : 0, at, at + (at === 28 ? 2 : 4));
        return damaged(frame, [0, 0x45, 0, true]);
      }),
    ];
    const decoded = decodeInC(bytes);
    expect(decoded).toEqual(bytes.map(decodeInTypeScript));
    expect(new Set(decoded.map(({ status }) => status))).toEqual(new Set(statuses));
  });

  test('a fuzzer finds nothing in 100,000 frames', () => {
    const fuzzer = new CoreTestProgram('frame-fuzz', { flags: sanitizerFlags, compiler });
    try {
      const [, taken, refused] = /^(\d+) taken, (\d+) refused\n$/.exec(fuzzer.start('20260', '100000'))!;
      expect(Number(taken)).toBeGreaterThan(10_000);
      expect(Number(refused)).toBeGreaterThan(50_000);
    } finally {
      fuzzer.remove();
    }
  });
});
