/** What a WebAssembly file says of itself, and what stops its compilation. Whole networks are compared in test/c/networks.test.ts. */
import { existsSync } from 'node:fs';
import { GraphBuilder, type Model, readWasmModel, type Shape, tensor } from '@edgebeat/graph';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { describeWithProgram } from '../../../../testing/system-packages.js';
import { ExportError, findEmcc, prepareModel, quantizeModel, toWasm } from '../../src/index.js';

/** Without the choices that are measured. */
const PLAIN = { threads: 1, equalization: 'off', biasCorrection: 'off', accuracyBudget: 1 } as const;

const waves = (length: number, seed: number) =>
  Float32Array.from({ length }, (_, i) => Math.sin(12.9898 * (i + 1) + 78.233 * seed));

/** A matrix and its Relu, in int8. @param batch of the input */
async function smallModel(batch: number | string): Promise<Model> {
  const g = new GraphBuilder('small');
  const x = g.input('x', 'float32', [batch, 12]);
  const product = g.gemm(x, g.constant(tensor('w', 'float32', [12, 5], waves(60, 1))), undefined, { name: 'fc' });
  g.output('plain', product);
  g.output('relu', g.relu(product));
  const { model } = await prepareModel({ ...g.build(), metadata: new Map([['edgebeat.name', 'small']]) });
  const windows = Array.from({ length: 8 }, (_, i) => waves(12, i + 2));
  return (await quantizeModel(model, windows, PLAIN)).model;
}

describeWithProgram('emcc', 'a small network as WebAssembly', (emcc) => {
  const shapesOf = (bytes: Uint8Array) => {
    const { inputs, outputs } = readWasmModel(bytes);
    return [...inputs, ...outputs].map(({ name, shape }): [string, Shape] => [name, shape]);
  };

  test('is the same file each time, and says what the int8 graph says', async () => {
    const int8 = await smallModel('N');
    const bytes = await toWasm(int8, emcc);
    expect(await toWasm(int8, emcc)).toEqual(bytes);
    expect(shapesOf(bytes)).toEqual([
      ['x', ['N', 12]],
      ['plain', ['N', 5]],
      ['relu', ['N', 5]],
    ]);
    const { metadata, inputs, outputs } = readWasmModel(bytes);
    expect(metadata).toEqual(int8.metadata);
    for (const { type } of [...inputs, ...outputs]) expect(type).toBe('int8');
    // It has no watch in it: no embedding of three beats.
    const { exports } = (await WebAssembly.instantiate(bytes, {})).instance;
    expect(
      Object.keys(exports)
        .filter((name) => name.startsWith('edgebeat'))
        .sort(),
    ).toEqual(['edgebeat_input', 'edgebeat_output', 'edgebeat_run']);
  });

  test('keeps a batch of one that the graph fixes', async () => {
    expect(shapesOf(await toWasm(await smallModel(1), emcc))).toEqual([
      ['x', [1, 12]],
      ['plain', [1, 5]],
      ['relu', [1, 5]],
    ]);
  });
});

describe('a compiler', () => {
  let int8: Model;
  beforeAll(async () => {
    int8 = await smallModel('N');
  });

  test('that is missing is named, with the line that installs it', () => {
    expect(() => findEmcc('/nowhere::')).toThrow(ExportError);
    expect(() => findEmcc('/nowhere::')).toThrow('emcc, the compiler of Emscripten, is not installed');
  });

  const failing = ['/usr/bin/false', '/bin/false'].find(existsSync) ?? 'false';
  test.each([failing, '/no/such/emcc'])('%s that fails is one clear error', async (emcc) => {
    const error = await toWasm(int8, emcc).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ExportError);
    expect((error as ExportError).message).toContain(`${emcc} fails`);
    expect((error as ExportError).hint).toContain('edgebeat doctor');
  });
});
