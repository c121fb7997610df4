import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  decodeTemplates,
  encodeTemplates,
  enrol,
  IdentityError,
  JsonFileTemplateStore,
  MemoryTemplateStore,
  type Template,
  type TemplateStore,
} from '../src/index.js';

const template = (subject: string, values: number[]): Template =>
  enrol([Float32Array.from(values)], {
    subject,
    model: { name: 'baseline-cosine', sha256: 'ab'.repeat(32) },
    createdAt: new Date('2024-05-06T07:08:09Z'),
  });
const ada = template('ada', [1, 2, 3]);
const bob = template('bob', [3, -2, 1]);

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'edgebeat-templates-'));
  path = join(folder, 'templates.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe.each<[string, () => Promise<TemplateStore>]>([
  ['MemoryTemplateStore', async () => new MemoryTemplateStore()],
  ['JsonFileTemplateStore', () => JsonFileTemplateStore.open(path)],
])('%s', (_, open) => {
  test('keeps one template per subject, in order of arrival', async () => {
    const store = await open();
    expect(await store.list()).toEqual([]);
    await store.put(ada);
    await store.put(bob);
    const again = template('ada', [0, 0, 1]);
    await store.put(again);
    expect(await store.list()).toEqual([again, bob]);
    expect(await store.get('bob')).toEqual(bob);
    expect(await store.get('eve')).toBeUndefined();
    expect(await store.delete('ada')).toBe(true);
    expect(await store.delete('ada')).toBe(false);
    expect(await store.list()).toEqual([bob]);
  });

  test('hands out copies', async () => {
    const store = await open();
    await store.put(ada);
    (await store.get('ada'))!.embedding.fill(0);
    expect(await store.get('ada')).toEqual(ada);
  });
});

describe('JsonFileTemplateStore', () => {
  test('is there again after opening, to the bit, readable by its owner only, without leftovers', async () => {
    const store = await JsonFileTemplateStore.open(path);
    expect(existsSync(path)).toBe(false);
    await Promise.all([store.put(ada), store.put(bob), store.delete('ada'), store.put(ada)]);
    expect(await (await JsonFileTemplateStore.open(path)).list()).toEqual([bob, ada]);
    expect(statSync(path).mode & 0o077).toBe(0);
    expect(readdirSync(folder)).toEqual(['templates.json']);
  });

  test.each([
    ['half a document', '{"schema": "edgebeat.templates/1", "templ'],
    ['an empty file', ''],
    ['another schema', '{"schema": "edgebeat.templates/2", "templates": []}'],
    ['another document', '[1, 2]'],
    ['a negative count', encodeTemplates([ada]).replace('"count": 1', '"count": -1')],
    ['a cut embedding', encodeTemplates([ada]).replace(/"embedding": "..../, '"embedding": "')],
    ['a subject twice', encodeTemplates([ada, { ...bob, subject: 'ada' }])],
    ['a number that is not finite', encodeTemplates([{ ...ada, embedding: Float32Array.of(1, Number.NaN) }])],
  ])('refuses %s, names the file, and leaves it as it is', async (_, text) => {
    writeFileSync(path, text);
    const error = await JsonFileTemplateStore.open(path).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(IdentityError);
    expect((error as IdentityError).message).toContain(path);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  test('does not overwrite what somebody else wrote meanwhile', async () => {
    const store = await JsonFileTemplateStore.open(path);
    await store.put(ada);
    writeFileSync(path, 'precious');
    await expect(store.put(bob)).rejects.toThrow(/changed by somebody else/);
    expect(readFileSync(path, 'utf8')).toBe('precious');
    expect(await store.list()).toEqual([ada]);
  });

  test('a failed write says so and changes nothing', async () => {
    const store = await JsonFileTemplateStore.open(join(folder, 'no', 'such', 'folder.json'));
    await expect(store.put(ada)).rejects.toThrow(IdentityError);
    expect(await store.list()).toEqual([]);
  });
});

describe('the document', () => {
  test('survives encoding and decoding to the bit', () => {
    const finite = fc.float({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1 }), fc.string({ minLength: 1 }), (values, subject) => {
        const made = { ...ada, subject, embedding: Float32Array.from(values) };
        expect(decodeTemplates(encodeTemplates([made]), 'memory')).toEqual([made]);
      }),
    );
  });

  test('a damaged document gives an IdentityError and nothing else', () => {
    const text = encodeTemplates([ada, bob]);
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ maxLength: 3 }), (at, junk) => {
        try {
          decodeTemplates(text.slice(0, at) + junk + text.slice(at + junk.length), 'memory');
        } catch (error) {
          expect(error).toBeInstanceOf(IdentityError);
        }
      }),
    );
  });
});
