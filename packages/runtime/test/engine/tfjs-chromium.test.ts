/** `tfjs` in a real browser: headless Chromium fetches a TensorFlow.js model and gives the numbers of its definition. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeWithProgram } from '../../../../testing/system-packages.js';
import { expectedEmbeddings, largestDifference, TOLERANCE, windows } from './baseline-cosine.js';
import { tfjsModel } from './baseline-cosine-tfjs.js';
import { type ChromiumPage, OPENING_TIMEOUT, openChromiumPage } from './chromium-page.js';

describeWithProgram('chromium', 'tfjs in Chromium', inChromium);

function inChromium(path: string): void {
  let opened: ChromiumPage;
  beforeAll(async () => {
    const { modelJson, shards } = tfjsModel();
    opened = await openChromiumPage(path, new Map([['model.json', modelJson], ...shards]));
  }, OPENING_TIMEOUT);
  afterAll(() => opened?.close());

  test('embeds as the definition has it', async () => {
    const beats = windows(3);
    // A function as text: it runs in the page, where the import map resolves what it imports.
    const inPage = (await opened.page.evaluate(`(async () => {
      const { createTfjs } = await import('/packages/runtime/src/engine/tfjs.js');
      const { fetchTfjsModel } = await import('/packages/runtime/src/engine/tfjs-model.js');
      const engine = await createTfjs({ wasmPaths: '/node_modules/@tensorflow/tfjs-backend-wasm/dist/' });
      const session = await engine.load(await fetchTfjsModel('/files'));
      const beats = { data: Float32Array.from(${JSON.stringify(Array.from(beats))}), shape: [3, 3, 300] };
      const { embedding } = await session.run({ beats });
      await session.close();
      return { name: engine.name, inputs: session.inputs, shape: embedding.shape, data: Array.from(embedding.data) };
    })()`)) as { name: string; inputs: unknown; shape: number[]; data: number[] };
    expect(inPage).toMatchObject({
      name: 'tfjs',
      inputs: [{ name: 'beats', dtype: 'float32', shape: ['N', 3, 300] }],
      shape: [3, 300],
    });
    expect(largestDifference(inPage.data, expectedEmbeddings(beats).flat())).toBeLessThan(TOLERANCE);
    expect(opened.server.requests).toContain(
      '/node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
    );
    expect(opened.problems).toEqual([]);
  }, 240_000);

  test('says where a model is missing', async () => {
    const message = await opened.page.evaluate(`(async () => {
      const { fetchTfjsModel } = await import('/packages/runtime/src/engine/tfjs-model.js');
      return fetchTfjsModel('/nowhere/').catch((error) => error.message);
    })()`);
    expect(message).toMatch(/\/nowhere\/model\.json answers 404$/);
  });
}
