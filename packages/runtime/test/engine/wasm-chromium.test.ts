/** `wasm` in a real browser: headless Chromium fetches a model, and gives the bits that node gives. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeWithProgram } from '../../../../testing/system-packages.js';
import { createEngine } from '../../src/engine/index.js';
import { type ChromiumPage, OPENING_TIMEOUT, openChromiumPage } from './chromium-page.js';
import { identityWindows } from './identity-windows.js';

const WINDOWS = 20;
const MODEL = '/packages/models/weights/int8/deit-micro.wasm';

describeWithProgram('chromium', 'wasm in Chromium', inChromium);

function inChromium(path: string): void {
  let opened: ChromiumPage;
  beforeAll(async () => {
    opened = await openChromiumPage(path);
  }, OPENING_TIMEOUT);
  afterAll(() => opened?.close());

  test('embeds to the bit as in node', async () => {
    const windows = (await identityWindows(WINDOWS)).flatMap((window) => [...window]);
    const shape = [windows.length / 900, 3, 300];
    // A function as text: it runs in the page, where the import map resolves what it imports.
    const inPage = (await opened.page.evaluate(`(async () => {
      const { createWasm } = await import('/packages/runtime/src/engine/wasm.js');
      const session = await (await createWasm()).load(new Uint8Array(await (await fetch('${MODEL}')).arrayBuffer()));
      const beats = { data: Float32Array.from(${JSON.stringify(windows)}), shape: ${JSON.stringify(shape)} };
      const { embedding, logits } = await session.run({ beats });
      await session.close();
      return { inputs: session.inputs, shape: embedding.shape, embedding: [...embedding.data], logits: [...logits.data] };
    })()`)) as { inputs: unknown; shape: number[]; embedding: number[]; logits: number[] };
    const model = new Uint8Array(readFileSync(new URL(`../../../..${MODEL}`, import.meta.url)));
    const session = await (await createEngine('wasm')).load(model);
    const { embedding, logits } = await session.run({ beats: { data: Float32Array.from(windows), shape } });
    expect(inPage).toEqual({
      inputs: session.inputs,
      shape: embedding!.shape,
      embedding: Array.from(embedding!.data as Float32Array),
      logits: Array.from(logits!.data as Float32Array),
    });
    expect(shape[0]).toBeGreaterThan(10);
    expect(opened.problems).toEqual([]);
  }, 240_000);
}
