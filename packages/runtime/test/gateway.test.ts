import { readFile } from 'node:fs/promises';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { MemoryTemplateStore } from '@edgebeat/identity';
import { decodeMessage, encodeMessage, type Message, subscriptionFilter, topicOf } from '@edgebeat/wire';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Aedes } from 'aedes';
import mqtt, { type MqttClient } from 'mqtt';
import { steepnessModel } from '../../../testing/steepness-model.js';
import {
  ActivityModel,
  createEngine,
  Gateway,
  type GatewayOptions,
  IdentityModel,
  RuntimeError,
} from '../src/index.js';
import { frames } from './stream.js';

const weights = new URL('../../models/weights/baseline-cosine.onnx', import.meta.url);
let broker: Aedes;
let server: Server;
let url: string;
const sockets = new Set<Socket>();
const ends: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  broker = await Aedes.createBroker();
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    broker.handle(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
  await new Promise<void>((resolve) => broker.close(resolve));
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

async function client(): Promise<MqttClient> {
  const connected = await mqtt.connectAsync(url, { protocolVersion: 4 });
  ends.push(() => connected.endAsync(true));
  return connected;
}

async function gateway(options: Partial<GatewayOptions> = {}): Promise<{ gateway: Gateway; warnings: string[] }> {
  const warnings: string[] = [];
  const started = await Gateway.start({
    broker: { url, protocolVersion: 4 },
    onWarning: ({ message }) => warnings.push(message),
    ...options,
  });
  ends.push(() => started.stop());
  return { gateway: started, warnings };
}

async function identity(): Promise<NonNullable<GatewayOptions['identity']>> {
  const model = await IdentityModel.load(await readFile(weights), await createEngine('ort-node'));
  ends.push(() => model.close());
  return { model, store: new MemoryTemplateStore(), threshold: { metric: 'cosine', value: 0.95 }, windows: 3 };
}

/** Polls until a condition holds; fails loudly when it never does. */
async function until(what: string, condition: () => boolean): Promise<void> {
  const started = Date.now();
  while (!condition()) {
    if (Date.now() - started > 10_000) throw new Error(`waited 10 s in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('the gateway', () => {
  test('answers over MQTT: enrolment by command, recognition, latency, counters', async () => {
    const watch = await client();
    const messages: Message<'identity'>[] = [];
    watch.on('message', (_, payload) => messages.push(decodeMessage('identity', payload)));
    await watch.subscribeAsync(subscriptionFilter('identity'), { qos: 1 });
    const { gateway: running } = await gateway({ identity: await identity() });
    const command = encodeMessage('cmd', { command: 'enroll', subject: 'ada', seconds: 10, id: 'one' });
    await watch.publishAsync(topicOf('watch-1', 'cmd'), command, { qos: 1 });
    for (const payload of frames({ seconds: 30 }).payloads)
      await watch.publishAsync(topicOf('watch-1', 'ecg'), Buffer.from(payload), { qos: 1 });
    await until('all frames', () => running.reports[0]?.delivered === 150);
    await until('all answers', () => messages.length === running.answerLatency.count + 1);
    expect(messages.at(-1)).toMatchObject({ decision: 'accepted', identity: 'ada' });
    expect(messages[0]).toMatchObject({ decision: 'enrolling', enrolment: { subject: 'ada', state: 'running' } });
    expect(running.reports).toMatchObject([{ device: 'watch-1', delivered: 150, lost: 0, corrupt: 0 }]);
    const { p50, p95, count } = running.answerLatency;
    expect(count).toBeGreaterThan(30);
    expect(p50).toBeGreaterThan(0);
    expect(p95).toBeGreaterThanOrEqual(p50);
  });

  test('keeps the template when a command comes twice, and forgets on request', async () => {
    const watch = await client();
    const settings = await identity();
    const { gateway: running } = await gateway({ identity: settings });
    const send = (payload: string) => watch.publishAsync(topicOf('watch-1', 'cmd'), payload, { qos: 1 });
    const enroll = encodeMessage('cmd', { command: 'enroll', subject: 'ada', seconds: 8, id: 'one' });
    await send(enroll);
    for (const payload of frames({ seconds: 15 }).payloads)
      await watch.publishAsync(topicOf('watch-1', 'ecg'), Buffer.from(payload), { qos: 1 });
    await send(enroll);
    await until('all frames', () => running.reports[0]?.delivered === 75);
    expect((await settings.store.list()).map(({ subject }) => subject)).toEqual(['ada']);
    await send(encodeMessage('cmd', { command: 'forget', subject: 'ada' }));
    for (let i = 0; i < 500 && (await settings.store.get('ada')); i++) await new Promise((r) => setTimeout(r, 10));
    expect(await settings.store.list()).toEqual([]);
  });

  test('says what the wearer does, and counts the latency of that, too', async () => {
    const watch = await client();
    const messages: Message<'activity'>[] = [];
    watch.on('message', (_, payload) => messages.push(decodeMessage('activity', payload)));
    await watch.subscribeAsync(subscriptionFilter('activity'), { qos: 1 });
    const model = await ActivityModel.load(steepnessModel(), await createEngine('ort-node'));
    ends.push(() => model.close());
    const { gateway: running } = await gateway({ activity: { model, windows: 2 } });
    for (const payload of frames({ seconds: 10 }).payloads)
      await watch.publishAsync(topicOf('watch-1', 'ecg'), Buffer.from(payload), { qos: 1 });
    await until('all frames', () => running.reports[0]?.delivered === 50);
    await until('all answers', () => messages.length === 7);
    expect(running.answerLatency.count).toBe(7);
    expect(running.answerLatency.p50).toBeGreaterThan(0);
    expect(messages.map(({ windows }) => windows)).toEqual([1, 2, 2, 2, 2, 2, 2]);
    for (const message of messages) expect(message).toMatchObject({ device: 'watch-1', activity: 'rest' });
  });

  test('goes on after malformed messages, and says what was wrong', async () => {
    const watch = await client();
    const { gateway: running, warnings } = await gateway();
    await watch.publishAsync(topicOf('watch-1', 'cmd'), '{"command": "dance"}', { qos: 1 });
    await watch.publishAsync(topicOf('watch-1', 'status'), 'no json', { qos: 1 });
    await watch.publishAsync(topicOf('watch-1', 'ecg'), 'no frame', { qos: 1 });
    const enroll = encodeMessage('cmd', { command: 'enroll', subject: 'ada' });
    await watch.publishAsync(topicOf('watch-1', 'cmd'), enroll, { qos: 1 });
    for (const payload of frames({ seconds: 10 }).payloads)
      await watch.publishAsync(topicOf('watch-1', 'ecg'), Buffer.from(payload), { qos: 1 });
    await until('all frames', () => running.reports[0]?.delivered === 50);
    await watch.publishAsync(topicOf('watch-1', 'ecg'), 'no frame either', { qos: 1 });
    await watch.publishAsync(topicOf('watch-2', 'ecg'), 'junk makes no device', { qos: 1 });
    await until('all warnings', () => warnings.length === 6);
    expect(running.reports).toMatchObject([{ device: 'watch-1', corrupt: 1 }]);
    expect(running.reports[0]!.beats).toBeGreaterThan(8);
    expect(warnings.join('\n')).toMatch(/watch-1: frames 1 corrupt/);
    expect(warnings.join('\n')).toMatch(/needs a model/);
  });

  test('takes what a broker kept while it was away', async () => {
    const watch = await client();
    const { gateway: first } = await gateway({ clientId: 'gateway-a' });
    const { payloads } = frames({ seconds: 20 });
    const send = async (from: number, to: number) => {
      for (const payload of payloads.slice(from, to))
        await watch.publishAsync(topicOf('watch-1', 'ecg'), Buffer.from(payload), { qos: 1 });
    };
    await send(0, 30);
    await until('first part', () => first.reports[0]?.delivered === 30);
    await first.stop();
    await send(30, 100);
    const { gateway: second } = await gateway({ clientId: 'gateway-a' });
    await until('the rest', () => second.reports[0]?.delivered === 70);
    expect(second.reports[0]!.lost).toBe(0);
  });

  test('enrols whoever first wears a device, when told to', async () => {
    const watch = await client();
    const settings = await identity();
    await gateway({ identity: { ...settings, enrolSeconds: 8 } });
    for (const payload of frames({ seconds: 15 }).payloads)
      await watch.publishAsync(topicOf('watch-9', 'ecg'), Buffer.from(payload), { qos: 1 });
    for (let i = 0; i < 500 && !(await settings.store.get('watch-9')); i++) await new Promise((r) => setTimeout(r, 10));
    expect((await settings.store.list()).map(({ subject }) => subject)).toEqual(['watch-9']);
  });

  test('ends when another one takes its client id', async () => {
    const { gateway: first } = await gateway({ clientId: 'same' });
    const { gateway: second } = await gateway({ clientId: 'same' });
    await expect(Promise.race([first.failure, second.failure])).rejects.toThrow(/client with the id 'same'/);
  });

  test('has one clear error when the broker hangs up at once', async () => {
    const rude = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
    ends.push(() => new Promise((resolve) => rude.close(resolve)));
    const address = `mqtt://127.0.0.1:${(rude.address() as AddressInfo).port}`;
    const start = Gateway.start({ broker: { url: address, protocolVersion: 4 } });
    await expect(start).rejects.toThrow(/closed the connection|ECONNRESET/);
  });

  test.each([
    ['nothing listens there', 'mqtt://127.0.0.1:1'],
    ['it is no address', 'localhost'],
  ])('has one clear error when %s', async (_, address) => {
    const start = Gateway.start({ broker: { url: address, protocolVersion: 4 } });
    await expect(start).rejects.toThrow(RuntimeError);
    await expect(start).rejects.toMatchObject({ hint: expect.stringMatching(/./) });
  });
});
