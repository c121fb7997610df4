/**
 * Whatever bytes a parser is given, it returns a result in proportion to them or throws a RecordError: no other error,
 * no hang, no large allocation. Inputs are random bytes, and sound files that are cut, overwritten and spliced.
 */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  detectFormat,
  encodeWfdbAnnotations,
  encodeWfdbRecord,
  parseCsv,
  parseEdf,
  parseHeartprint,
  parseKalouskova,
  parseKalouskovaLabels,
  parseWfdbAnnotations,
  parseWfdbHeader,
  parseWfdbRecord,
  RecordError,
} from '../../src/records/parsers.js';
import type { EcgRecord } from '../../src/records/record.js';
import { makeEdf } from './make-edf.js';

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);

/** Characters and numbers that header fields choke on. */
const nasty = [
  '2147483648',
  '-1',
  '0',
  '1e999',
  'NaN',
  '99999999',
  '65536',
  '/',
  '(',
  ':',
  '+',
  '"',
  '#',
  '\n',
  '\0',
  ';',
];

function mutationsOf(sound: Uint8Array): fc.Arbitrary<Uint8Array> {
  const position = fc.nat(sound.length - 1);
  const patch = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 4 }),
    fc.constantFrom(...nasty).map((text) => encode(text)),
  );
  const overwritten = fc.array(fc.tuple(position, patch), { minLength: 1, maxLength: 6 }).map((patches) => {
    const bytes = Uint8Array.from(sound);
    for (const [at, content] of patches) bytes.set(content.subarray(0, bytes.length - at), at);
    return bytes;
  });
  const cut = fc.nat(sound.length).map((length) => sound.slice(0, length));
  const spliced = fc
    .tuple(position, position, patch)
    .map(([from, to, content]) => Uint8Array.of(...sound.subarray(0, from), ...content, ...sound.subarray(to)));
  return fc.oneof(overwritten, cut, spliced, fc.uint8Array({ maxLength: 600 }));
}

/** Runs the parser and hands what it returned to `check`. */
function survives<Result>(
  sound: Uint8Array,
  parse: (bytes: Uint8Array) => Result,
  check: (result: Result, bytes: Uint8Array) => void,
  numRuns = 400,
): void {
  check(parse(sound), sound);
  fc.assert(
    fc.property(mutationsOf(sound), (bytes) => {
      let result: Result;
      try {
        result = parse(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(RecordError);
        expect((error as RecordError).hint).not.toBe('');
        return;
      }
      check(result, bytes);
    }),
    { numRuns },
  );
}

/** Every format takes at least a byte a sample, save 212 (1.5) and CSV cells left empty (1 with its separator). */
function isInProportion({ channels, gaps }: EcgRecord, bytes: Uint8Array): void {
  const samples = channels.reduce((sum, channel) => sum + channel.samples.length, 0);
  expect(samples).toBeGreaterThan(0);
  expect(samples).toBeLessThanOrEqual(bytes.length + 1);
  for (const { rate } of channels) expect(rate > 0 && Number.isFinite(rate)).toBe(true);
  for (const { beforeSample, seconds } of gaps) {
    expect(beforeSample).toBeLessThan(channels[0]!.samples.length);
    expect(seconds).toBeGreaterThan(0);
  }
}

const channel = {
  name: 'ECG I',
  units: 'mV',
  rate: 250,
  samples: Float32Array.from({ length: 40 }, (_, i) => Math.sin(i)),
};
const wfdb = encodeWfdbRecord({
  name: 'r',
  channels: [channel, { ...channel, name: 'ECG II' }],
  start: new Date(1e12),
  comments: ['Age: 25'],
});

test.each(['16', '80', '212', '16x2:1+3'])('WFDB header and signals, format %s', (format) => {
  const header = encode(wfdb.header.replaceAll('.dat 16 ', `.dat ${format} `).replace(' 40 ', ' 10 '));
  const sound = Uint8Array.of(...header, 0xff, ...wfdb.signals);
  const parse = (bytes: Uint8Array) => {
    const border = bytes.indexOf(0xff);
    const text = decode(border < 0 ? bytes : bytes.subarray(0, border));
    const signals = border < 0 ? new Uint8Array(0) : bytes.subarray(border + 1);
    return parseWfdbRecord(parseWfdbHeader(text), new Map([['r.dat', signals]]));
  };
  survives(sound, parse, isInProportion);
});

test('WFDB annotations', () => {
  const base = { symbol: 'N', subtype: 0, channel: 0, number: 0, aux: '' };
  const sound = encodeWfdbAnnotations([
    { ...base, sample: 0, symbol: '"', aux: '## time resolution: 1000' },
    { ...base, sample: 100_000, symbol: '+', aux: '(AFIB', channel: 1 },
    { ...base, sample: 100_100, symbol: '!', number: 3, subtype: 2 },
  ]);
  survives(
    sound,
    (bytes) => parseWfdbAnnotations(bytes, { rate: 250 }),
    (annotations, bytes) => {
      expect(annotations.length).toBeLessThanOrEqual(bytes.length / 2);
      for (const { sample } of annotations) expect(Number.isSafeInteger(sample) && sample >= 0).toBe(true);
    },
    1000,
  );
});

test.each(['EDF+C', 'EDF+D'] as const)('%s', (kind) => {
  const records = ['+0\u0014\u0014\0+0.5\u00151\u0014note\u0014', '+9\u0014\u0014'];
  const sound = makeEdf({
    kind,
    signals: [
      {
        label: 'ECG',
        units: 'uV',
        samplesPerDataRecord: 8,
        records: [
          [1, 2, 3],
          [4, 5],
        ],
      },
      { label: 'EDF Annotations', samplesPerDataRecord: 16, records },
    ],
  });
  survives(sound, (bytes) => parseEdf(bytes), isInProportion, 800);
});

test.each([
  ['numbers', 'time [ms],ecg [mV],note\n0,1,a\n4,2,b\n8,"3",c\n112,4,d\n'],
  ['dates', '# c\ntime;ecg (uV)\n2024-03-26 10:00:00.00;1,5\n2024-03-26 10:00:00.01;2\n2024-03-26 10:00:00.02;3\n'],
])('CSV with a time column of %s', (_, text) => {
  survives(encode(text), (bytes) => parseCsv(bytes), isInProportion);
});

test('CSV with a stated rate', () => {
  survives(encode('a\tb (V)\n1\t2\n\t4\n5\t6\n'), (bytes) => parseCsv(bytes, { rate: 250 }), isInProportion);
});

test('Heartprint', () => {
  const lines = [...Array.from({ length: 3747 }, (_, i) => i % 7), 103, 403, 0, 0];
  survives(encode(lines.join('\n')), (bytes) => parseHeartprint(bytes), isInProportion, 60);
});

test('Kalouskova', () => {
  const lines = Array.from({ length: 60 }, (_, i) => `2024-03-26 10:00:00.${String(i * 2000).padStart(6, '0')} ; ${i}`);
  survives(encode(lines.join('\n')), (bytes) => parseKalouskova(bytes), isInProportion);
});

test('Kalouskova label file', () => {
  const sound = encode('start;end;activity;artifact;electrode\n0;1000;3;4;1\n1000;2000;3;1;1\n');
  survives(
    sound,
    (bytes) => parseKalouskovaLabels(bytes),
    (levels, bytes) => expect(levels.length).toBeLessThan(bytes.length),
  );
});

test('format detection', () => {
  fc.assert(
    fc.property(fc.string(), fc.uint8Array({ maxLength: 600 }), (name, bytes) => {
      expect(['wfdb', 'edf', 'csv', 'heartprint', 'kalouskova', undefined]).toContain(detectFormat(name, bytes));
    }),
  );
});
