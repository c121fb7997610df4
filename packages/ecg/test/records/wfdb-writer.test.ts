import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { annotationSymbols } from '../../src/records/annotation-symbols.js';
import type { Annotation } from '../../src/records/record.js';
import { parseWfdbAnnotations } from '../../src/records/wfdb-annotations.js';
import { parseWfdbHeader } from '../../src/records/wfdb-header.js';
import { parseWfdbRecord } from '../../src/records/wfdb-record.js';
import { encodeWfdbAnnotations, encodeWfdbRecord } from '../../src/records/wfdb-writer.js';
import { expectRecordError } from './expect-record-error.js';

const channel = (samples: number[], rate = 250, name = 'ECG') => ({
  name,
  units: 'mV',
  rate,
  samples: Float32Array.from(samples),
});

describe('record', () => {
  test('comes back from what was written, to the resolution of the gain', () => {
    const sample = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: -32767, max: 32767 }) }, fc.constant(Number.NaN));
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((signals) =>
        fc.array(fc.array(sample, { minLength: signals, maxLength: signals }), { minLength: 1, maxLength: 50 }),
      );
    const rate = fc.double({ min: 0.5, max: 10_000, noNaN: true });
    fc.assert(
      fc.property(
        table,
        rate,
        fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }),
        (rows, hz, start) => {
          const channels = rows[0]!.map((_, i) =>
            channel(
              rows.map((row) => row[i]! / 1000),
              hz,
              `lead ${i}`,
            ),
          );
          const { header, signals } = encodeWfdbRecord({
            name: 'r',
            channels,
            start,
            comments: ['Age: 25', 'two\nlines'],
          });
          const parsed = parseWfdbHeader(header);
          const record = parseWfdbRecord(parsed, new Map([['r.dat', signals]]), { verifyChecksum: true });
          expect(record).toMatchObject({ name: 'r', start, comments: ['Age: 25', 'two lines'], labels: { age: '25' } });
          expect(record.channels).toEqual(channels);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('another gain trades range for resolution', () => {
    const { header, signals } = encodeWfdbRecord({ name: 'r', channels: [channel([100, 0.013])], comments: [] }, 100);
    const [read] = parseWfdbRecord(parseWfdbHeader(header), new Map([['r.dat', signals]])).channels;
    expect([...read!.samples]).toEqual([100, Math.fround(0.01)]);
  });

  test('what does not fit is refused', () => {
    const write = (channels: ReturnType<typeof channel>[], name = 'r', gain?: number) =>
      encodeWfdbRecord({ name, channels, comments: [] }, gain);
    expectRecordError(() => write([channel([0, 40])]), /channel ECG/, /sample 1 is 40/);
    expectRecordError(() => write([channel([Number.POSITIVE_INFINITY])]), /channel ECG/);
    expectRecordError(() => write([channel([0]), channel([0], 500)]), /channels/, /differ/);
    expectRecordError(() => write([channel([0]), channel([0, 0])]), /channels/, /differ/);
    expectRecordError(() => write([]), /channels/);
    expectRecordError(() => write([channel([])]), /channels/);
    expectRecordError(() => write([channel([0])], 'a/b'), /record name/);
    expectRecordError(() => write([channel([0])], 'r', 0), /ADC gain/);
  });
});

describe('annotations', () => {
  const base: Annotation = { sample: 0, symbol: 'N', subtype: 0, channel: 0, number: 0, aux: '' };

  test('come back from what was written', () => {
    const symbols = Array.from({ length: 49 }, (_, code) => annotationSymbols.ofCode(code + 1));
    const annotation = fc.record({
      sample: fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 2 ** 31 - 1 })),
      symbol: fc.constantFrom(...symbols),
      subtype: fc.integer({ min: -128, max: 127 }),
      channel: fc.integer({ min: 0, max: 255 }),
      number: fc.integer({ min: -128, max: 127 }),
      aux: fc.oneof(
        fc.constant(''),
        fc.string({ maxLength: 60 }).map((aux) => aux.replace(/\0|#/g, '.')),
      ),
    });
    fc.assert(
      fc.property(fc.array(annotation, { maxLength: 30 }), (annotations) => {
        expect(parseWfdbAnnotations(encodeWfdbAnnotations(annotations))).toEqual(annotations);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    [{ sample: -1 }, /sample -1/],
    [{ sample: 1.5 }, /sample 1.5/],
    [{ sample: 2 ** 31 }, /sample/],
    [{ symbol: 'nope' }, /symbol/],
    [{ symbol: ' ' }, /symbol/],
    [{ subtype: 128 }, /subtype/],
    [{ channel: -1 }, /channel/],
    [{ number: 1000 }, /number/],
    [{ aux: 'x'.repeat(256) }, /auxiliary text/],
  ])('%j is refused', (change, problem) => {
    expectRecordError(() => encodeWfdbAnnotations([base, { ...base, ...change }]), /annotation 1/, problem);
  });
});
