/** `ort-web` in a real browser: headless Chromium runs the committed model and gives the numbers of its definition. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeWithProgram } from '../../../../testing/system-packages.js';
import { createEngine } from '../../src/engine/index.js';
import { embeddings, expectedEmbeddings, largestDifference, model, TOLERANCE, windows } from './baseline-cosine.js';
import { type ChromiumPage, OPENING_TIMEOUT, openChromiumPage } from './chromium-page.js';

describeWithProgram('chromium', 'ort-web in Chromium', inChromium);

function inChromium(path: string): void {
  let opened: ChromiumPage;
  beforeAll(async () => {
    opened = await openChromiumPage(path);
  }, OPENING_TIMEOUT);
  afterAll(() => opened?.close());

  test('embeds as the definition has it, and as ort-node does', async () => {
    const beats = windows(3);
    // A function as text: it runs in the page, where the import map resolves what it imports.
    const inPage = (await opened.page.evaluate(`(async () => {
      const { createOrtWeb } = await import('/packages/runtime/src/engine/ort-web.js');
      const model = new Uint8Array(await (await fetch('/packages/models/weights/baseline-cosine.onnx')).arrayBuffer());
      const engine = await createOrtWeb({ wasmPaths: '/wasm/' });
      const session = await engine.load(model);
      const beats = { data: Float32Array.from(${JSON.stringify(Array.from(beats))}), shape: [3, 3, 300] };
      const { embedding } = await session.run({ beats });
      await session.close();
      return { name: engine.name, inputs: session.inputs, shape: embedding.shape, data: Array.from(embedding.data) };
    })()`)) as { name: string; inputs: unknown; shape: number[]; data: number[] };
    expect(inPage).toMatchObject({
      name: 'ort-web',
      inputs: [{ name: 'beats', dtype: 'float32', shape: ['N', 3, 300] }],
      shape: [3, 300],
    });
    expect(largestDifference(inPage.data, expectedEmbeddings(beats).flat())).toBeLessThan(TOLERANCE);
    const native = await embeddings(await createEngine('ort-node'), model(), beats);
    expect(largestDifference(inPage.data, native)).toBeLessThan(TOLERANCE);
    expect(opened.server.requests).toContain('/wasm/ort-wasm-simd-threaded.wasm');
    expect(opened.problems).toEqual([]);
  });

  test('the graph package reads metadata in the browser, too', async () => {
    const metadata = await opened.page.evaluate(`(async () => {
      const { decodeModel, inferShapes, readMetadata } = await import('@edgebeat/graph');
      const bytes = new Uint8Array(await (await fetch('/packages/models/weights/baseline-cosine.onnx')).arrayBuffer());
      const { graph, metadata } = decodeModel(bytes);
      return { ...readMetadata(metadata), embedding: inferShapes(graph).get('embedding') };
    })()`);
    expect(metadata).toMatchObject({
      name: 'baseline-cosine',
      rate: 250,
      window: { kind: 'identity', beats: 3, before: 150, after: 150 },
      embedding: { dtype: 'float32', shape: ['N', 300] },
    });
  });
}
