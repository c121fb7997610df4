/** A page of the local web server in headless Chromium, and what it complains about. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { type PageServer, startPageServer } from './page-server.js';

/** For `beforeAll`, in ms: a browser on a busy machine takes its time. */
export const OPENING_TIMEOUT = 120_000;

export interface ChromiumPage {
  readonly page: Page;
  readonly server: PageServer;
  /** Errors and whatever stands in the console, so far. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

/**
 * @param executablePath of Chromium
 * @param files that the server has at `/files/`
 */
export async function openChromiumPage(
  executablePath: string,
  files?: ReadonlyMap<string, Uint8Array>,
): Promise<ChromiumPage> {
  const server = await startPageServer(files);
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    await server.close();
  };
  try {
    browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => problems.push(message.text()));
    await page.goto(server.origin);
    return { page, server, problems, close };
  } catch (error) {
    await close();
    throw error;
  }
}
