/** What users install: the runtime is small and runs by itself; the exporter brings the firmware's core. */
import { mkdtempSync, readFileSync, symlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readIntegerGraph, toC } from '@edgebeat/exporter';
import { decodeModel } from '@edgebeat/graph';
import { loadWeights, weightsPath } from '@edgebeat/models';
import { createEngine, IdentityModel } from '@edgebeat/runtime';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bytesOnDisk, filesBelow, hasInstallScript, install, installedWith, runModule } from './packed-packages.js';

const folder = mkdtempSync(join(tmpdir(), 'edgebeat-packing-'));
afterAll(() => rm(folder, { recursive: true }));

const WINDOW = 'Float32Array.from({ length: 900 }, (_, i) => Math.exp(-(((i % 300) - 150) ** 2) / 50) - 0.1)';
const MOST_BYTES = 10_000_000;

describe('@edgebeat/runtime', () => {
  const places = installedWith('@edgebeat/runtime');
  const place = join(folder, 'runtime');
  beforeAll(() => install(place, places), 120_000);

  test('installs in less than 10 MB, without native code and without scripts', () => {
    const files = filesBelow(place);
    expect(places).toEqual(expect.arrayContaining(['packages/ecg', 'packages/graph', 'packages/runtime']));
    expect(bytesOnDisk(files)).toBeLessThan(MOST_BYTES);
    expect(files.filter((file) => /\.(node|so|dylib|dll|gyp)$/.test(file))).toEqual([]);
    expect(places.filter(hasInstallScript)).toEqual([]);
  });

  test('runs a window through the engine wasm there, to the bit', async () => {
    const file = weightsPath('deit-micro', 'wasm');
    const source = `
      import { readFileSync } from 'node:fs';
      import { createEngine, IdentityModel } from '@edgebeat/runtime';
      const model = await IdentityModel.load(readFileSync(${JSON.stringify(file)}), await createEngine('wasm'));
      console.log(JSON.stringify([...await model.embed(${WINDOW})]));`;
    const model = await IdentityModel.load(await loadWeights('deit-micro', 'wasm'), await createEngine('wasm'));
    const window = Float32Array.from({ length: 900 }, (_, i) => Math.exp(-(((i % 300) - 150) ** 2) / 50) - 0.1);
    expect(JSON.parse(runModule(place, source))).toEqual(Array.from(await model.embed(window)));
    await model.close();
  });

  test('says which package a gateway, or another engine, wants', () => {
    const source = `
      import { createEngine, Gateway } from '@edgebeat/runtime';
      const hintOf = (promise) => promise.then(() => 'none', ({ name, hint }) => name + ': ' + hint);
      const broker = { url: 'mqtt://127.0.0.1:1', protocolVersion: 4 };
      console.log(await hintOf(Gateway.start({ broker })));
      console.log(await hintOf(createEngine('ort-node')));`;
    expect(runModule(place, source)).toBe(
      'RuntimeError: Install it: npm install mqtt@5.16.0\nRuntimeError: Install it: npm install onnxruntime-node@1.30.0\n',
    );
  });
});

describe('@edgebeat/exporter', () => {
  const place = join(folder, 'exporter');
  beforeAll(() => {
    const places = installedWith('@edgebeat/exporter');
    // Some 300 MB of libraries need not be copied to be there.
    const heavy = places.filter((one) => one.includes('node_modules/onnxruntime-'));
    install(
      place,
      places.filter((one) => !heavy.includes(one)),
    );
    for (const one of heavy) symlinkSync(fileURLToPath(new URL(`../../../${one}`, import.meta.url)), join(place, one));
  }, 120_000);

  test('writes the same C outside of the repository as in it', () => {
    const file = weightsPath('deit-micro', 'int8');
    const source = `
      import { readFileSync } from 'node:fs';
      import { readIntegerGraph, toC } from '@edgebeat/exporter';
      import { decodeModel } from '@edgebeat/graph';
      const model = decodeModel(readFileSync(${JSON.stringify(file)}));
      console.log(JSON.stringify([...toC(readIntegerGraph(model), { metadata: model.metadata }).files]));`;
    const model = decodeModel(readFileSync(file));
    const { files } = toC(readIntegerGraph(model), { metadata: model.metadata });
    expect(JSON.parse(runModule(place, source))).toEqual([...files]);
  });

  test('has what WebAssembly is compiled from', () => {
    const core = join(place, 'node_modules', '@edgebeat', 'exporter', 'firmware-core');
    const names = filesBelow(core).map((file) => file.slice(core.length + 1));
    expect(names).toEqual(expect.arrayContaining(['wasm/watch.c', 'app/app.c', 'src/signal-path.c']));
  });
});
