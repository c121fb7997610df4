/** Long metadata, packed: read in both forms, against zlib, and refused where damaged. */
import { constants, deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { GraphError, packMetadata, readMetadata, writeMetadata } from '../src/index.js';
import { inflate } from '../src/metadata/inflate.js';

const records = Array.from(
  { length: 300 },
  (_, index) => `heartprint/Session-${1 + (index % 3)}/${index}/2012${(index * 7919) % 1000}_ECG`,
);
const metadata = { name: 'micro', training: { data: ['heartprint'], records }, classes: { logits: ['ä', 'b'] } };
const deflate = (bytes: Uint8Array) => deflateRawSync(bytes, { level: 9 });

test('packed metadata are read as the plain ones are, and are shorter', () => {
  const plain = writeMetadata(metadata);
  const packed = packMetadata(plain, deflate);
  expect([...packed.keys()]).toEqual([...plain.keys()]);
  expect(packed.get('edgebeat.training')).toMatch(/^deflate:[A-Za-z0-9+/]+=*$/);
  expect(packed.get('edgebeat.training')!.length).toBeLessThan(plain.get('edgebeat.training')!.length / 4);
  // What is short stays readable.
  expect(packed.get('edgebeat.classes')).toBe(plain.get('edgebeat.classes'));
  expect(readMetadata(packed)).toEqual(metadata);
  expect(packMetadata(packed, deflate)).toEqual(packed);
});

test("others' metadata are left alone", () => {
  const others = new Map([['author', `{"a":"${'x'.repeat(2000)}"}`]]);
  expect(packMetadata(others, deflate)).toEqual(others);
});

describe('inflate', () => {
  const texts = {
    empty: '',
    short: 'a',
    repeating: 'abc'.repeat(5000),
    list: JSON.stringify(records),
    noise: Array.from({ length: 70_000 }, (_, index) => String.fromCharCode((index * index * 31) % 251)).join(''),
  };
  test.each(Object.entries(texts))('%s, by every kind of block', (_, text) => {
    const bytes = new TextEncoder().encode(text);
    for (const options of [{ level: 0 }, { strategy: constants.Z_FIXED }, { level: 1 }, { level: 9 }]) {
      expect(Buffer.from(inflate(deflateRawSync(bytes, options), bytes.length, 'text')).equals(bytes)).toBe(true);
    }
  });

  const packed = deflateRawSync(new TextEncoder().encode(texts.list));

  test('a stream that is cut off, or grows beyond what is allowed, is refused', () => {
    for (const length of [0, 1, 20, packed.length - 1])
      expect(() => inflate(packed.subarray(0, length), 1e6, 'metadata x')).toThrow(/^metadata x.*ends too early/);
    expect(() => inflate(packed, 100, 'metadata x')).toThrow(/longer than 100 bytes/);
    const bomb = deflateRawSync(new Uint8Array(5_000_000));
    expect(() => inflate(bomb, 1000, 'metadata x')).toThrow(GraphError);
  });

  test('damaged streams end in an error or in a text, never in anything else', () => {
    for (let at = 0; at < packed.length; at++) {
      const damaged = Uint8Array.from(packed);
      damaged[at]! ^= 1 << (at % 8);
      try {
        expect(inflate(damaged, 100_000, 'metadata x').length).toBeLessThanOrEqual(100_000);
      } catch (error) {
        expect(error).toBeInstanceOf(GraphError);
      }
    }
  });
});

test.each([
  ['no base64', 'deflate:***', /no base64/],
  ['no stream', 'deflate:////', /packed text/],
  ['no JSON', `deflate:${Buffer.from(deflateRawSync(Buffer.from('hello'))).toString('base64')}`, /is "deflate:/],
])('metadata with %s are refused', (_, text, message) => {
  expect(() => readMetadata(new Map([['edgebeat.training', text]]))).toThrow(message);
});
