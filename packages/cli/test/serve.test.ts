/** `edgebeat run` and `edgebeat simulate` as two processes with a broker between them. */
import { mkdtempSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeMessage, type Message, parseTopic, subscriptionFilter } from '@edgebeat/wire';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import mqtt from 'mqtt';
import { steepnessModel } from '../../../testing/steepness-model.js';
import { type EmbeddedBroker, startEmbeddedBroker } from '../src/broker/embedded-broker.js';
import { edgebeat, type Running, startEdgebeat } from './edgebeat-process.js';

let broker: EmbeddedBroker;
const folder = mkdtempSync(join(tmpdir(), 'edgebeat-serve-'));
const steepness = join(folder, 'steepness.onnx');
let gateway: Running | undefined;

beforeAll(async () => {
  broker = await startEmbeddedBroker();
  await writeFile(steepness, steepnessModel());
});
afterEach(() => gateway?.kill('SIGKILL'));
afterAll(async () => {
  await broker.close();
  await rm(folder, { recursive: true });
});

describe('run and simulate', () => {
  test.each(['ort', 'ort-web', 'tfjs'])(
    'serve watches with engine %s, and end in good order on SIGINT',
    async (backend) => {
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
      expect(stored.map(({ subject }: { subject: string }) => subject).sort()).toEqual([
        `${backend}-1`,
        `${backend}-2`,
      ]);
    },
  );

  test.each(['ort', 'ort-web', 'tfjs'])(
    'say with engine %s what wearers do, by a model of one file',
    async (backend) => {
      const address = ['--broker', broker.address.url, '--mqtt', '3.1.1'];
      const listener = await mqtt.connectAsync(broker.address.url, { protocolVersion: 4 });
      const heard: Message<'activity'>[] = [];
      listener.on('message', (topic, payload) => {
        if (parseTopic(topic).device.startsWith(`does-${backend}`)) heard.push(decodeMessage('activity', payload));
      });
      await listener.subscribeAsync(subscriptionFilter('activity'), { qos: 1 });
      const models = [
        '--activity-model',
        steepness,
        '--activity-every',
        '2',
        '--activity-windows',
        '4',
        '--backend',
        backend,
      ];
      gateway = startEdgebeat(['run', ...address, ...models, '--client-id', `does-${backend}`, '--json']);
      await gateway.says('steepness');
      const words = ['simulate', ...address, '--rate', '20', '--seconds', '20', '--prefix', `does-${backend}`];
      expect((await edgebeat([...words, '--json'])).status).toBe(0);
      await new Promise((resolve) => setTimeout(resolve, 500));
      gateway.kill('SIGINT');
      expect((await gateway.ended).status).toBe(0);
      await listener.endAsync();
      expect(heard.map(({ windows }) => windows)).toEqual([1, 2, 3, 4, 4, 4, 4, 4, 4]);
      for (const message of heard) expect(message).toMatchObject({ activity: 'rest', model: 'steepness' });
    },
  );

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
    [['run', '--activity-model', thisFile()], /./],
    [['run', '--activity-model', 'no-such-model'], /no-such-model/],
    [['run', '--activity-model', steepness, '--activity-every', '5'], /last 4 s/],
    [['run', '--activity-model', 'baseline-cosine'], /"identity"/],
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
