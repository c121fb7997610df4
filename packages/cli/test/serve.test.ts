/** `edgebeat run` and `edgebeat simulate` as two processes with a broker between them. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type EmbeddedBroker, startEmbeddedBroker } from '../src/broker/embedded-broker.js';
import { edgebeat, type Running, startEdgebeat } from './edgebeat-process.js';

let broker: EmbeddedBroker;
let folder: string;
let gateway: Running | undefined;

beforeAll(async () => {
  broker = await startEmbeddedBroker();
  folder = await mkdtemp(join(tmpdir(), 'edgebeat-serve-'));
});
afterEach(() => gateway?.kill('SIGKILL'));
afterAll(async () => {
  await broker.close();
  await rm(folder, { recursive: true });
});

describe('run and simulate', () => {
  test.each(['ort', 'ort-web'])('serve watches with engine %s, and end in good order on SIGINT', async (backend) => {
    const address = ['--broker', broker.address.url, '--mqtt', '3.1.1'];
    const templates = join(folder, `${backend}.json`);
    gateway = startEdgebeat([
      ...['run', ...address, '--backend', backend, '--enroll', '10', '--templates', templates],
      ...['--client-id', backend, '--json'],
    ]);
    await gateway.says('connected');
    const words = ['simulate', ...address, '--devices', '2', '--rate', '20', '--seconds', '40', '--prefix', backend];
    const { status, report } = await edgebeat([...words, '--json']);
    expect(status).toBe(0);
    expect(report.devices).toHaveLength(2);
    await new Promise((resolve) => setTimeout(resolve, 500));
    gateway.kill('SIGINT');
    const served = await gateway.ended;
    expect(served.status).toBe(0);
    expect(served.report.devices).toHaveLength(2);
    expect(served.report.unacknowledged).toBe(0);
    for (const device of report.devices) {
      const seen = served.report.devices.find((one: { device: string }) => one.device === device.device);
      expect(seen).toMatchObject({ delivered: device.framesMade, lost: 0, corrupt: 0 });
      expect(Math.abs(seen.beats - device.beats)).toBeLessThanOrEqual(2);
    }
    expect(served.report.answerLatencyMs.count).toBeGreaterThan(40);
    const { templates: stored } = JSON.parse(await readFile(templates, 'utf8'));
    expect(stored.map(({ subject }: { subject: string }) => subject).sort()).toEqual([`${backend}-1`, `${backend}-2`]);
  });

  test('prints every counter for people', async () => {
    const { status, stdout } = await edgebeat([
      'run',
      '--broker',
      broker.address.url,
      '--mqtt',
      '3.1.1',
      '--seconds',
      '0.1',
    ]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^device +beats +frames +lost +late +repeated +reordered +corrupt +restarts$/m);
    expect(stdout).not.toMatch(/acknowledged/);
  });

  test.each([
    [['run', '--broker', 'mqtt://127.0.0.1:1'], /127\.0\.0\.1:1/],
    [['simulate', '--broker', 'mqtt://127.0.0.1:1'], /127\.0\.0\.1:1/],
    [['simulate', '--source', '/no/such/record'], /\/no\/such\/record/],
    [['run', '--broker', 'nonsense'], /nonsense/],
    [['run', '--model', thisFile()], /./],
  ])('%j has one clear error', async (words, expected) => {
    const { status, stderr } = await edgebeat(words);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^error: .+\nhint: .+\n$/);
    expect(stderr).toMatch(expected);
  });
});

/** A file that is no model. */
function thisFile(): string {
  return new URL(import.meta.url).pathname;
}
