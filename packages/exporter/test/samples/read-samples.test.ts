/** .npy files: as NumPy writes them, and all that is refused. */
import { describe, expect, test } from '@jest/globals';
import { ExportError, readSamples } from '../../src/index.js';

interface NpyOptions {
  readonly descr?: string;
  readonly order?: 'True' | 'False';
  readonly shape?: readonly number[];
  readonly version?: number;
  readonly header?: string;
  readonly magic?: string;
}

/** A file as NumPy writes it: the header is padded with spaces to a multiple of 64 and ends in a line feed. */
function npy(values: readonly number[], options: NpyOptions = {}): Uint8Array {
  const { descr = '<f4', order = 'False', shape = [values.length], version = 1, magic = 'NUMPY' } = options;
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = options.header ?? `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${sizes}), }`;
  const fixed = version === 1 ? 10 : 12;
  const length = Math.ceil((fixed + text.length + 1) / 64) * 64 - fixed;
  const bytes = new Uint8Array(fixed + length + 4 * values.length);
  bytes.set([0x93, ...[...magic].map((letter) => letter.charCodeAt(0)), version, 0]);
  const view = new DataView(bytes.buffer);
  if (version === 1) view.setUint16(8, length, true);
  else view.setUint32(8, length, true);
  bytes.set(new TextEncoder().encode(`${text.padEnd(length - 1)}\n`), fixed);
  values.forEach((value, index) => {
    view.setFloat32(fixed + length + 4 * index, value, true);
  });
  return bytes;
}

const six = [1, -2, 3.5, 4, 5, 6];

describe('windows are read', () => {
  test.each([1, 2, 3])('of version %d of the format', (version) => {
    const windows = readSamples(npy(six, { shape: [2, 1, 3], version }), [1, 3], 'w.npy');
    expect(windows.map((window) => [...window])).toEqual([
      [1, -2, 3.5],
      [4, 5, 6],
    ]);
  });

  test('wherever the bytes lie, and whatever the order of the entries', () => {
    const header = "{'shape': (3, 2), 'fortran_order': False, 'descr': '<f4'}";
    const file = npy(six, { header });
    const shifted = new Uint8Array(file.length + 3);
    shifted.set(file, 3);
    expect(readSamples(shifted.subarray(3), [2], 'w.npy')).toHaveLength(3);
  });
});

test.each<[string, Uint8Array, RegExp]>([
  ['another file', new TextEncoder().encode('time,mV\n0,0.1\n'), /is no \.npy file/],
  ['nothing', new Uint8Array(), /is no \.npy file/],
  ['float64', npy(six, { descr: '<f8', shape: [2, 3] }), /type <f8, not float32/],
  ['big-endian numbers', npy(six, { descr: '>f4', shape: [2, 3] }), /type >f4/],
  ['columns first', npy(six, { order: 'True', shape: [2, 3] }), /column by column/],
  ['another shape', npy(six, { shape: [3, 2] }), /is \[3, 2\]/],
  ['a single window without a batch', npy([1, 2, 3], { shape: [3] }), /is \[3\]/],
  ['no window', npy([], { shape: [0, 3] }), /holds no window/],
  ['a file that was cut off', npy(six, { shape: [2, 3] }).subarray(0, -1), /holds 23 bytes .* promises 24/],
  ['a header that was cut off', npy(six, { shape: [2, 3] }).subarray(0, 40), /ends in its header/],
  ['another header', npy(six, { header: '{}' }), /header that cannot be read/],
  ['a version to come', npy(six, { shape: [2, 3], version: 9 }), /version 9/],
  ['a number that is not finite', npy([1, 2, 3, 4, Number.NaN, 6], { shape: [2, 3] }), /window 1 .* not finite/],
])('%s is refused', (_, bytes, message) => {
  expect(() => readSamples(bytes, [3], 'w.npy')).toThrow(ExportError);
  expect(() => readSamples(bytes, [3], 'w.npy')).toThrow(message);
  expect(() => readSamples(bytes, [3], 'w.npy')).toThrow(/^w\.npy: /);
});
