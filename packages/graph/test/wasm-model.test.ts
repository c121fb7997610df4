/** The section of a WebAssembly file that says what it is: written, read, and refused where it contradicts itself. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { GraphError, isWasm, readWasmModel, type WasmModel, writeWasmModel } from '../src/index.js';

/** A module with a memory of one page, which it exports as `memory`. */
const module = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
  ...[5, 3, 1, 0, 1],
  ...[7, 10, 1, 6, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 2, 0],
);

const model: WasmModel = {
  inputs: [{ name: 'beats', shape: ['N', 3, 300], type: 'int8', scale: Math.fround(0.05), zeroPoint: -33 }],
  outputs: [
    { name: 'embedding', shape: ['N', 64], type: 'int8', scale: Math.fround(1 / 3), zeroPoint: 0 },
    { name: 'norm', shape: ['N'], type: 'float32' },
  ],
  sourceSha256: 'ab'.repeat(32),
  codeSha256: 'cd'.repeat(32),
  metadata: new Map([
    ['edgebeat.name', 'deit-ünder'],
    ['other', ''],
    // Longer than a length of one or two bytes.
    ['edgebeat.classes', JSON.stringify({ logits: Array.from({ length: 4000 }, (_, i) => `Person ${i}`) })],
  ]),
};

const refusal = (bytes: Uint8Array) => {
  try {
    readWasmModel(bytes);
  } catch (error) {
    return error;
  }
  return undefined;
};

test('what is written is read, and the module is still one', async () => {
  const bytes = writeWasmModel(module, model);
  expect(readWasmModel(bytes)).toEqual(model);
  expect(isWasm(bytes)).toBe(true);
  const { WebAssembly } = globalThis as unknown as {
    WebAssembly: { instantiate(bytes: Uint8Array): Promise<{ instance: { exports: object } }> };
  };
  expect(Object.keys((await WebAssembly.instantiate(bytes)).instance.exports)).toEqual(['memory']);
});

test.each([0, 1, 100, 127, 128, 16_383, 16_384, 70_000])('metadata of %d characters', (length) => {
  const metadata = new Map([['text', 'x'.repeat(length)]]);
  expect(readWasmModel(writeWasmModel(module, { ...model, metadata })).metadata).toEqual(metadata);
});

describe('refused is', () => {
  const edited = (edit: (text: string) => string) => {
    const bytes = writeWasmModel(module, { ...model, metadata: new Map() });
    const json = edit(new TextDecoder().decode(bytes.subarray(module.length + 12)));
    const contents = new TextEncoder().encode(json);
    const name = new TextEncoder().encode('edgebeat');
    const length = contents.length + 9;
    const head = [0, (length % 128) + 128, Math.floor(length / 128), 8, ...name];
    return Uint8Array.from([...module, ...head, ...contents]);
  };

  test('nothing that is as it was written', () => {
    expect(refusal(edited((text) => text))).toBeUndefined();
  });

  test.each<[string, Uint8Array, RegExp]>([
    ['what is no WebAssembly', new TextEncoder().encode('ONNX'), /no WebAssembly/],
    ['no bytes', new Uint8Array(0), /no WebAssembly/],
    ['a module without the section', module, /no custom section edgebeat/],
    ['a module cut short', writeWasmModel(module, model).subarray(0, -1), /no custom section|cut short/],
    ['another schema', edited((text) => text.replace('wasm/1', 'wasm/2')), /schema/],
    ['an unknown type', edited((text) => text.replace('"float32"', '"float16"')), /outputs\[1\]\.type/],
    ['a zero point beyond int8', edited((text) => text.replace('-33', '-333')), /inputs\[0\]\.zeroPoint/],
    ['codes without a scale', edited((text) => text.replace('"scale"', '"scael"')), /scael/],
    ['a size of nothing', edited((text) => text.replace('300', '0')), /inputs\[0\]\.shape\[2\]/],
    ['what is no JSON', edited((text) => text.slice(1)), /^section edgebeat: is /],
  ])('%s', (_, bytes, message) => {
    const error = refusal(bytes);
    expect(error).toBeInstanceOf(GraphError);
    expect((error as GraphError).message).toMatch(message);
    expect((error as GraphError).hint).not.toBe('');
  });

  test('any other bytes, with one clear error', () => {
    const bytes = writeWasmModel(module, { ...model, metadata: new Map() });
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        const changed = bytes.with(at, byte);
        const error = refusal(changed);
        expect(error === undefined || error instanceof GraphError).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
