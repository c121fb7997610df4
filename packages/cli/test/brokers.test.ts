/**
 * The same streams over the embedded broker and over a real Mosquitto, with MQTT 3.1.1 and 5, give the same beats and
 * answers: every message published about a device, byte for byte.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRecord } from '@edgebeat/ecg';
import { MemoryTemplateStore } from '@edgebeat/identity';
import { weightsPath } from '@edgebeat/models';
import { ActivityModel, type BrokerOptions, createEngine, Gateway, IdentityModel } from '@edgebeat/runtime';
import { drawPerson, type EcgSource, RecordSource, SimulatedWatch, SyntheticSource } from '@edgebeat/sim-device';
import { type MessageKind, parseTopic, subscriptionFilter } from '@edgebeat/wire';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import mqtt from 'mqtt';
import { recordingsOf } from '../../../testing/recordings.js';
import { steepnessModel } from '../../../testing/steepness-model.js';
import { describeWithProgram } from '../../../testing/system-packages.js';
import { startEmbeddedBroker } from '../src/broker/embedded-broker.js';

const startTimeUs = 1_700_000_000_000_000;
const resultKinds: readonly MessageKind[] = ['beat', 'identity', 'activity', 'quality'];

/** Streams for one round; a fresh source each time, always with the same samples. */
async function sources(round: string): Promise<Map<string, EcgSource>> {
  const list = new Map<string, EcgSource>();
  for (const name of ['ada', 'ben']) {
    const wearer = drawPerson(name);
    const schedule = [{ fromSeconds: 0, wearer, activity: 'arms' }] as const;
    list.set(name, new SyntheticSource({ seed: `${round}/${name}`, schedule, seconds: 60 }));
  }
  const mitdb = recordingsOf('mitdb');
  if (mitdb)
    list.set(
      'mitdb-208',
      new RecordSource({ items: [{ record: await openRecord(join(mitdb, '208')), seconds: 120 }] }),
    );
  return list;
}

/** One round of streams through a gateway; returns the payloads published about each device, in their order. */
async function stream(broker: BrokerOptions, round: string, store: MemoryTemplateStore, enrolSeconds?: number) {
  const engine = await createEngine('ort-node');
  const model = await IdentityModel.load(await readFile(weightsPath('baseline-cosine')), engine);
  const activity = { model: await ActivityModel.load(steepnessModel(), engine) };
  const published = new Map<string, string[]>();
  const listener = await mqtt.connectAsync(broker.url, { protocolVersion: broker.protocolVersion });
  listener.on('message', (topic, payload) => {
    const { device, kind } = parseTopic(topic);
    published.set(device, [...(published.get(device) ?? []), `${kind} ${payload}`]);
  });
  await listener.subscribeAsync(
    resultKinds.map((kind) => subscriptionFilter(kind)),
    { qos: 1 },
  );
  const identity = { model, store, threshold: { metric: 'cosine', value: 0.9 }, windows: 4, enrolSeconds } as const;
  const gateway = await Gateway.start({ broker, clientId: 'gateway', identity, activity });
  const watches = Array.from(
    await sources(round),
    ([device, source]) =>
      new SimulatedWatch({ device, source, broker, rate: 'max', seed: `${round}/${device}`, startTimeUs }),
  );
  await Promise.all(watches.map((watch) => watch.start()));
  const reports = await Promise.all(watches.map((watch) => watch.finished));
  const delivered = () => gateway.reports.reduce((sum, report) => sum + report.delivered, 0);
  const made = reports.reduce((sum, report) => sum + report.framesMade, 0);
  for (let i = 0; i < 1000 && delivered() < made; i++) await new Promise((resolve) => setTimeout(resolve, 20));
  await gateway.stop();
  await new Promise((resolve) => setTimeout(resolve, 500));
  await listener.endAsync();
  await model.close();
  await activity.model.close();
  expect(gateway.reports.every(({ lost, corrupt }) => lost === 0 && corrupt === 0)).toBe(true);
  expect(delivered()).toBe(made);
  return published;
}

/** Enrols everybody, then recognises them: what was published in both rounds, and the templates. */
async function conversation(broker: BrokerOptions) {
  const store = new MemoryTemplateStore();
  const enrolment = await stream(broker, 'first', store, 20);
  const templates = (await store.list()).sort((a, b) => a.subject.localeCompare(b.subject));
  // A gallery in the order of completion would depend on the timing; candidates with equal scores follow its order.
  const sorted = new MemoryTemplateStore();
  for (const template of templates) await sorted.put(template);
  return { enrolment, templates, recognition: await stream(broker, 'second', sorted) };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilListening(port: number): Promise<void> {
  for (let i = 0; i < 200; i++) {
    const isUp = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('mosquitto did not start');
}

describeWithProgram('mosquitto', 'a real Mosquitto', (program) => {
  let folder: string;
  let mosquitto: ChildProcess;
  let url: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edgebeat-mosquitto-'));
    const port = await freePort();
    // Watches that stream as fast as the broker takes it run ahead of the gateway: no limit on what waits for it.
    const settings = [
      `listener ${port} 127.0.0.1`,
      'allow_anonymous true',
      'max_queued_messages 0',
      'persistence false',
    ];
    await writeFile(join(folder, 'mosquitto.conf'), `${settings.join('\n')}\n`);
    mosquitto = spawn(program, ['-c', join(folder, 'mosquitto.conf')], { stdio: 'ignore' });
    await untilListening(port);
    url = `mqtt://127.0.0.1:${port}`;
  });
  afterAll(async () => {
    mosquitto.kill();
    await rm(folder, { recursive: true });
  });

  test('gives the beats and answers of the embedded broker, to the bit, with MQTT 3.1.1 and with 5', async () => {
    const embedded = await startEmbeddedBroker();
    const expected = await conversation(embedded.address);
    await embedded.close();
    const devices = [...expected.recognition.keys()];
    expect(devices.length).toBeGreaterThanOrEqual(2);
    for (const device of devices) {
      expect(expected.enrolment.get(device)!.length).toBeGreaterThan(100);
      expect(expected.recognition.get(device)!.filter((line) => line.startsWith('beat')).length).toBeGreaterThan(50);
    }
    const active = expected.recognition.get('ada')!.filter((line) => line.startsWith('activity'));
    expect(active.length).toBeGreaterThan(50);
    expect(expected.recognition.get('ada')!.some((line) => line.includes('"identity":"ada"'))).toBe(true);
    for (const protocolVersion of [4, 5] as const) {
      const found = await conversation({ url, protocolVersion });
      expect(found.templates).toEqual(expected.templates);
      for (const device of devices) {
        // Enrolment sees the others' templates come and go; its beats and its own template do not.
        const beats = (lines: string[]) => lines.filter((line) => line.startsWith('beat')).join('\n');
        expect(beats(found.enrolment.get(device)!) === beats(expected.enrolment.get(device)!)).toBe(true);
        const lines = found.recognition.get(device)!;
        expect(lines.join('\n') === expected.recognition.get(device)!.join('\n')).toBe(true);
      }
    }
  }, 120_000);
});
