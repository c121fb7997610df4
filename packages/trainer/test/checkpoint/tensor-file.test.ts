import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataTypes, type Tensor, tensor } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { CheckpointError } from '../../src/checkpoint/checkpoint-error.js';
import { readTensorFile } from '../../src/checkpoint/read-tensor-file.js';
import { writeTensorFile } from '../../src/checkpoint/write-tensor-file.js';
import { RandomGenerator } from '../../src/random/random-generator.js';
import { temporaryFolder } from '../temporary-folder.js';

const folder = temporaryFolder();
let files = 0;
const newPath = () => join(folder, `${files++}.safetensors`);

/** A file by the published layout, byte by byte. */
function layOut(header: string | object, data: readonly number[] = []): Buffer {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, Buffer.from(data)]);
}

const given = (bytes: Buffer) => {
  const path = newPath();
  writeFileSync(path, bytes);
  return path;
};

/** One tensor of every element type, one scalar, one empty. */
const everyType: Tensor[] = [
  ...dataTypes.map((dtype, i) => tensor(`of ${dtype}`, dtype, [2, 3], [0, 1, 1, 0, 1, dtype === 'bool' ? 1 : i])),
  tensor('scalar', 'float32', [], [-0.5]),
  tensor('empty', 'int64', [0, 7], []),
];
const content = {
  tensors: everyType,
  metadata: { history: JSON.stringify({ loss: [1, 0.5] }), 'umlaut "ö"': 'line\nbreak \u{1f600}', empty: '' },
};

describe('what was written is read again', () => {
  test('tensors of every type, scalars, empty ones and texts', async () => {
    const path = newPath();
    await writeTensorFile(path, content);
    const { tensors, metadata } = await readTensorFile(path);
    expect(metadata).toEqual(content.metadata);
    const byName = (a: Tensor, b: Tensor) => (a.name < b.name ? -1 : 1);
    expect([...tensors].sort(byName)).toEqual([...everyType].sort(byName));
  });

  test('all bits of floats: infinities, NaN payloads, denormals, negative zero', async () => {
    const bits = Uint32Array.of(0x7f800000, 0xff800000, 0x7fc00123, 0x00000001, 0x80000000, 0x3f800000);
    const path = newPath();
    await writeTensorFile(path, {
      tensors: [tensor('w', 'float32', [6], new Float32Array(bits.buffer))],
      metadata: {},
    });
    const [read] = (await readTensorFile(path)).tensors;
    expect([...new Uint32Array(read!.data.buffer)]).toEqual([...bits]);
  });

  test('parts of a larger array', async () => {
    const all = Float32Array.from({ length: 10 }, (_, i) => i);
    const path = newPath();
    await writeTensorFile(path, { tensors: [tensor('part', 'float32', [3], all.subarray(4, 7))], metadata: {} });
    expect([...(await readTensorFile(path)).tensors[0]!.data]).toEqual([4, 5, 6]);
  });

  test('nothing at all', async () => {
    const path = newPath();
    await writeTensorFile(path, { tensors: [], metadata: {} });
    expect(await readTensorFile(path)).toEqual({ tensors: [], metadata: {} });
  });
});

describe('the layout', () => {
  test('is the published one', async () => {
    const path = newPath();
    const tensors = [tensor('b', 'uint8', [3], [1, 2, 3]), tensor('a', 'float32', [1, 2], [1, -2])];
    await writeTensorFile(path, { tensors, metadata: { step: '7' } });
    const bytes = readFileSync(path);
    const length = Number(bytes.readBigUInt64LE(0));
    expect(length % 8).toBe(0);
    expect(JSON.parse(bytes.subarray(8, 8 + length).toString())).toEqual({
      __metadata__: { step: '7' },
      a: { dtype: 'F32', shape: [1, 2], data_offsets: [0, 8] },
      b: { dtype: 'U8', shape: [3], data_offsets: [8, 11] },
    });
    expect([...bytes.subarray(8 + length)]).toEqual([0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0, 1, 2, 3]);
  });

  test('aligns every tensor to its elements, and does not depend on the order given', async () => {
    const [path, other] = [newPath(), newPath()];
    await writeTensorFile(path, content);
    await writeTensorFile(other, { ...content, tensors: [...everyType].reverse() });
    expect(readFileSync(path).equals(readFileSync(other))).toBe(true);
    const { tensors } = await readTensorFile(path);
    const sizes = tensors.map(({ data }) => data.BYTES_PER_ELEMENT);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });

  test('may have other spaces, another order, no metadata and a zero-sized tensor between', async () => {
    const header = `{ "x" : {"shape":[2],"data_offsets":[1,5],"dtype":"I16"},
      "e":{"dtype":"F32","shape":[0],"data_offsets":[1,1]}, "7":{"dtype":"BOOL","shape":[1],"data_offsets":[0,1]} }  `;
    const { tensors, metadata } = await readTensorFile(given(layOut(header, [1, 2, 1, 255, 255])));
    expect(metadata).toEqual({});
    expect(tensors.map(({ name, data }) => [name, [...data]])).toEqual([
      ['7', [1]],
      ['e', []],
      ['x', [258, -1]],
    ]);
  });
});

describe('writing', () => {
  test('replaces a file as a whole and leaves nothing beside it', async () => {
    const own = join(folder, 'own');
    mkdirSync(own);
    const path = join(own, 'state.safetensors');
    await Promise.all([1, 2, 3].map((step) => writeTensorFile(path, { ...content, metadata: { step: `${step}` } })));
    expect((await readTensorFile(path)).tensors).toHaveLength(everyType.length);
    expect(readdirSync(own)).toEqual(['state.safetensors']);
  });

  test('keeps the old file where the new one cannot be written', async () => {
    const path = newPath();
    await writeTensorFile(path, content);
    const before = readFileSync(path);
    const two = [tensor('w', 'int8', [1], [1]), tensor('w', 'int8', [1], [2])];
    await expect(writeTensorFile(path, { tensors: two, metadata: {} })).rejects.toThrow(/a tensor "w"/);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test.each([
    ['a folder that is not there', () => join(folder, 'none', 'state.safetensors')],
    ['the place of a folder', () => folder],
  ])('fails clearly at %s, and cleans up', async (_, pathOf) => {
    await expect(writeTensorFile(pathOf(), content)).rejects.toMatchObject({
      name: 'CheckpointError',
      message: expect.stringMatching(/cannot be written/),
      hint: expect.stringMatching(/folder/),
    });
    expect(readdirSync(join(folder, '..')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(existsSync(folder)).toBe(true);
  });

  test.each<[string, Tensor, RegExp]>([
    ['the name that is taken', tensor('__metadata__', 'int8', [1], [1]), /"__metadata__"/],
    ['more elements than its shape', { ...tensor('w', 'int8', [1], [1]), shape: [2] } as Tensor, /\[2\] has 1/],
  ])('refuses a tensor with %s', async (_, bad, message) => {
    await expect(writeTensorFile(newPath(), { tensors: [bad], metadata: {} })).rejects.toThrow(message);
  });
});

describe('reading refuses', () => {
  const one = (entry: object, rest: object = {}) => ({
    w: { dtype: 'U8', shape: [2], data_offsets: [0, 2], ...entry },
    ...rest,
  });

  test.each<[string, Buffer, RegExp]>([
    ['an empty file', Buffer.alloc(0), /cut short.* 0 bytes/],
    ['a length alone', layOut(''), /no safetensors file/],
    ['a text', Buffer.from('step,loss\n1,0.5\n'), /no safetensors file/],
    ['a zip archive', Buffer.from('PK\x03\x04\x14\0\0\0\x08\0abcdefgh', 'latin1'), /no safetensors file/],
    ['a header cut short', layOut(one({}), [1, 2]).subarray(0, 30), /22 of \d+ bytes of its header/],
    ['data cut short', layOut(one({}), [1]), /1 of 2 bytes of tensors/],
    ['bytes behind', layOut(one({}), [1, 2, 3]), /1 bytes stand behind/],
    ['no JSON', layOut('{"w": }'), /not JSON/],
    ['no UTF-8', Buffer.concat([layOut('').fill(3, 0, 1), Buffer.from([0x7b, 0xff, 0x7d])]), /not JSON/],
    ['another header', layOut('{"w":[1]}'), /unknown type undefined/],
    ['an unknown type', layOut(one({ dtype: 'F8' }), [1, 2]), /"w" is of unknown type "F8"/],
    ['a type that objects have', layOut(one({ dtype: 'constructor' }), [1, 2]), /unknown type/],
    ['a negative size', layOut(one({ shape: [-2] }), [1, 2]), /"w" has no shape but \[-2\]/],
    ['too few bytes', layOut(one({ dtype: 'F32' }), [1, 2]), /"w" needs 8 bytes/],
    ['too large a shape', layOut(one({ shape: [2 ** 40, 2 ** 40] }), [1, 2]), /"w" needs/],
    ['offsets that are none', layOut(one({ data_offsets: [0] }), [1, 2]), /"w" needs 2 bytes and has those of \[0\]/],
    ['offsets in the wrong order', layOut(one({ shape: [0], data_offsets: [2, 0] }), [1, 2]), /"w" needs 0/],
    ['a hole', layOut(one({ data_offsets: [1, 3] }), [1, 2, 3]), /"w" begins at byte 1, where 0/],
    [
      'tensors that overlap',
      layOut(one({}, { v: { dtype: 'U8', shape: [2], data_offsets: [1, 3] } }), [1, 2, 3]),
      /"v" begins at byte 1, where 2/,
    ],
    ['texts that are none', layOut({ __metadata__: { step: 7 } }), /__metadata__ holds something other/],
    ['metadata that are no object', layOut({ __metadata__: 'step 7' }), /__metadata__/],
  ])('%s', async (_, bytes, message) => {
    const path = given(bytes);
    await expect(readTensorFile(path)).rejects.toMatchObject({
      name: 'CheckpointError',
      path,
      message: expect.stringMatching(message),
      hint: expect.any(String),
      isMissing: false,
    });
  });

  test('no file, and a folder', async () => {
    await expect(readTensorFile(join(folder, 'none'))).rejects.toMatchObject({ isMissing: true });
    await expect(readTensorFile(folder)).rejects.toMatchObject({
      name: 'CheckpointError',
      message: expect.stringMatching(/cannot be read/),
      isMissing: false,
    });
  });

  test('every length but the whole', async () => {
    const path = newPath();
    await writeTensorFile(path, { tensors: everyType.slice(0, 3), metadata: { a: 'b' } });
    const whole = readFileSync(path);
    for (let length = whole.length - 1; length >= 0; length--) {
      truncateSync(path, length);
      await expect(readTensorFile(path)).rejects.toThrow(CheckpointError);
    }
    writeFileSync(path, whole);
    await expect(readTensorFile(path)).resolves.toBeDefined();
  });

  test('or reads, and never breaks on, files with bytes changed at random', async () => {
    const path = newPath();
    await writeTensorFile(path, content);
    const whole = readFileSync(path);
    const generator = new RandomGenerator('fuzz');
    let refused = 0;
    for (let i = 0; i < 1500; i++) {
      const changed = Buffer.from(whole);
      for (let k = 0; k <= generator.integer(3); k++)
        changed[generator.integer(changed.length)] = generator.integer(256);
      writeFileSync(path, changed);
      await readTensorFile(path).catch((error: unknown) => {
        expect(error).toBeInstanceOf(CheckpointError);
        refused++;
      });
    }
    // Most of the file is header.
    expect(refused).toBeGreaterThan(500);
  });
});
