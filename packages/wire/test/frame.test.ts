/** The frame codec: golden bytes, properties, damage. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  crc32,
  decodeFrame,
  encodeFrame,
  type Frame,
  FrameError,
  type FrameErrorCode,
  frameEndTimeUs,
  frameMillivolts,
  quantizeMillivolts,
  sampleTimeUs,
} from '../src/index.js';
import { anyFrame } from './frame-arbitrary.js';

interface Golden {
  valid: { name: string; hex: string; frame: Omit<Frame, 'samples'> & { samples: number[] } }[];
  invalid: { name: string; hex: string; code: FrameErrorCode }[];
}
const golden = JSON.parse(readFileSync(new URL('golden/frames.json', import.meta.url), 'utf8')) as Golden;
const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (!(error instanceof FrameError)) throw error;
    expect(error.hint).not.toBe('');
    return error.code;
  }
  return 'no error';
}

const second: Frame = {
  flags: 0,
  streamId: 1,
  sequence: 0,
  firstSampleTimeUs: 1_000_000,
  rateMilliHertz: 360_000,
  scaleNanovolts: 5000,
  channels: 2,
  samples: new Int16Array(720),
};

describe('golden frames', () => {
  test.each(golden.valid)('$name', ({ hex, frame }) => {
    const expected = { ...frame, samples: Int16Array.from(frame.samples) };
    expect(decodeFrame(bytesOf(hex))).toEqual(expected);
    expect(Buffer.from(encodeFrame(expected)).toString('hex')).toBe(hex);
  });

  test.each(golden.invalid)('refuses $name', ({ hex, code }) => {
    expect(codeOf(() => decodeFrame(bytesOf(hex)))).toBe(code);
  });
});

describe('codec', () => {
  test('CRC-32 has the check value of its catalogue entry', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });

  test('decodes what it encodes, at any alignment', () => {
    fc.assert(
      fc.property(anyFrame, fc.integer({ min: 0, max: 7 }), (frame, shift) => {
        const bytes = encodeFrame(frame);
        const shifted = new Uint8Array(shift + bytes.length);
        shifted.set(bytes, shift);
        expect(decodeFrame(shifted.subarray(shift))).toEqual(frame);
      }),
    );
  });

  test('finds every error of one bit', () => {
    fc.assert(
      fc.property(anyFrame, fc.nat(), (frame, at) => {
        const bytes = encodeFrame(frame);
        const bit = at % (8 * bytes.length);
        bytes[bit >> 3]! ^= 1 << (bit & 7);
        expect(['bad-magic', 'bad-crc']).toContain(codeOf(() => decodeFrame(bytes)));
      }),
    );
    const bytes = encodeFrame(second);
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      if (codeOf(() => decodeFrame(bytes)) === 'no error') throw new Error(`bit ${bit} flipped unseen`);
      bytes[bit >> 3]! ^= 1 << (bit & 7);
    }
  });

  test('any bytes are a frame or a FrameError', () => {
    const signed = fc.uint8Array({ minLength: 30, maxLength: 60 }).map((body) => {
      const bytes = new Uint8Array(body.length + 6);
      bytes.set([0x45, 0x42]);
      bytes.set(body, 2);
      new DataView(bytes.buffer).setUint32(bytes.length - 4, crc32(bytes, bytes.length - 4), true);
      return bytes;
    });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 100 }), signed), (bytes) => {
        const code = codeOf(() => expect(encodeFrame(decodeFrame(bytes))).toEqual(bytes));
        expect(code).toMatch(/^(too-short|bad-|unsupported-|length-mismatch|no error)/);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['flags', { flags: 256 }],
    ['streamId', { streamId: -1 }],
    ['sequence', { sequence: 2 ** 32 }],
    ['firstSampleTimeUs', { firstSampleTimeUs: 0.5 }],
    ['firstSampleTimeUs', { firstSampleTimeUs: 2 ** 53 }],
    ['rateMilliHertz', { rateMilliHertz: 0 }],
    ['scaleNanovolts', { scaleNanovolts: Number.NaN }],
    ['channels', { channels: 0 }],
    ['number of samples', { samples: new Int16Array(0) }],
    ['number of samples', { samples: new Int16Array(3) }],
    ['number of samples', { samples: new Int16Array(2 * 65536) }],
  ])('names the field that cannot be encoded: %s', (field, change) => {
    expect(() => encodeFrame({ ...second, ...change })).toThrow(field);
    expect(codeOf(() => encodeFrame({ ...second, ...change }))).toBe('bad-field');
  });
});

describe('meaning', () => {
  test('times come from the first sample, rounded once', () => {
    expect(sampleTimeUs(second, 0)).toBe(1_000_000);
    expect(sampleTimeUs(second, 1)).toBe(1_002_778);
    expect(sampleTimeUs(second, 9)).toBe(1_025_000);
    expect(frameEndTimeUs(second)).toBe(2_000_000);
  });

  test('millivolts of a channel', () => {
    const frame = { ...second, samples: Int16Array.of(200, -1, 201, -2) };
    expect([...frameMillivolts(frame, 0)]).toEqual([1, 1.005].map(Math.fround));
    expect([...frameMillivolts(frame, 1)]).toEqual([-0.005, -0.01].map(Math.fround));
    expect(codeOf(() => frameMillivolts(frame, 2))).toBe('bad-field');
  });

  test('millivolts are rounded to steps and clipped', () => {
    expect([...quantizeMillivolts(Float32Array.of(0.0014, 0.0016, -0.0016, 40, -40), 1000)]).toEqual([
      1, 2, -2, 32767, -32767,
    ]);
  });
});
