/** The lock of scripts/setup.mjs: one set-up at a time, and a dead owner does not stop the next. */
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';

const lockScript = new URL('../../../scripts/setup/lock.mjs', import.meta.url).href;
type TakeLock = (file: string, onWait: (owner: string) => void) => Promise<() => void>;

let folder: string;
let file: string;
let takeLock: TakeLock;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'edgebeat-lock-'));
  file = join(folder, 'cache', 'setup.lock');
  ({ takeLock } = await import(lockScript));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the second waits, is told for whom, and comes after the first', async () => {
  const order: string[] = [];
  const release = await takeLock(file, () => order.push('first waits'));
  const second = takeLock(file, (owner) => order.push(owner)).then((done) => {
    order.push('second');
    done();
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  order.push('first done');
  release();
  await second;
  expect(order).toEqual([`process ${process.pid}`, 'first done', 'second']);
  expect(existsSync(file)).toBe(false);
});

test.each([
  ['of a process that is gone', JSON.stringify({ pid: 2 ** 30, host: hostname() }), 0],
  ['nobody has touched for long', JSON.stringify({ pid: process.pid, host: 'elsewhere' }), 60],
  ['that is half written and old', '', 60],
])('a lock %s is taken over', async (_, content, ageSeconds) => {
  const release = await takeLock(file, () => {});
  release();
  writeFileSync(file, content);
  const then = new Date(Date.now() - ageSeconds * 1_000);
  utimesSync(file, then, then);
  const again = await takeLock(file, () => {
    throw new Error('must not wait');
  });
  expect(JSON.parse(readFileSync(file, 'utf8')).pid).toBe(process.pid);
  again();
});

test('giving back leaves the lock of somebody else alone', async () => {
  const release = await takeLock(file, () => {});
  writeFileSync(file, 'taken over');
  release();
  expect(readFileSync(file, 'utf8')).toBe('taken over');
});
