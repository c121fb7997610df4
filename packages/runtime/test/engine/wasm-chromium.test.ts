/** `wasm` in a real browser: headless Chromium fetches a model, and gives the bits that node gives. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { describeWithProgram } from '../../../../testing/system-packages.js';
import { createEngine } from '../../src/engine/index.js';
import { identityWindows } from './identity-windows.js';
import { type PageServer, startPageServer } from './page-server.js';

const WINDOWS = 20;
const MODEL = '/packages/models/weights/int8/deit-micro.wasm';

describeWithProgram('chromium', 'wasm in Chromium', inChromium);

function inChromium(path: string): void {
  let server: PageServer;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    server = await startPageServer();
    browser = await chromium.launch({ executablePath: path, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
    page = await browser.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => problems.push(message.text()));
    await page.goto(server.origin);
    // A browser on a busy machine takes its time.
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  test('embeds to the bit as in node', async () => {
    const windows = (await identityWindows(WINDOWS)).flatMap((window) => [...window]);
    const shape = [windows.length / 900, 3, 300];
    // A function as text: it runs in the page, where the import map resolves what it imports.
    const inPage = (await page.evaluate(`(async () => {
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
    expect(problems).toEqual([]);
  }, 240_000);
}
