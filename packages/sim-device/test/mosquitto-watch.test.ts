/** A simulated watch against Mosquitto, with both versions of MQTT. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import mqtt, { type IPublishPacket } from 'mqtt';
import { describeWithProgram } from '../../../testing/system-packages.js';
import { drawPerson, SimulatedWatch, SyntheticSource } from '../src/index.js';
import { track } from './frames-of.js';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

describeWithProgram('mosquitto', 'a watch at Mosquitto', (mosquitto) => {
  let folder: string;
  let broker: ChildProcess;
  let url: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'edgebeat-mosquitto-'));
    const port = await freePort();
    url = `mqtt://127.0.0.1:${port}`;
    const config = join(folder, 'mosquitto.conf');
    writeFileSync(config, `listener ${port} 127.0.0.1\nallow_anonymous true\n`);
    broker = spawn(mosquitto, ['-c', config], { stdio: 'ignore' });
    for (let tries = 0; ; tries++) {
      try {
        await (await mqtt.connectAsync(url, { reconnectPeriod: 0 })).endAsync();
        return;
      } catch (error) {
        if (tries === 50) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  });
  afterAll(async () => {
    if (broker.exitCode === null) {
      broker.kill();
      await once(broker, 'exit');
    }
    rmSync(folder, { recursive: true });
  });

  /** Runs a watch; gives everything that it published, seen by a subscriber that speaks MQTT 5. */
  async function listenTo(protocolVersion: 4 | 5): Promise<IPublishPacket[]> {
    const device = `watch-${protocolVersion}`;
    const subscriber = await mqtt.connectAsync(url, { protocolVersion: 5 });
    const packets: IPublishPacket[] = [];
    const goodbye = new Promise<void>((resolve) => {
      subscriber.on('message', (topic, payload, packet) => {
        packets.push(packet);
        if (topic.endsWith('/status') && payload.includes('"disconnected"')) resolve();
      });
    });
    await subscriber.subscribeAsync(`edgebeat/v1/${device}/#`, { qos: 1 });
    const source = new SyntheticSource({ seconds: 20, schedule: [{ fromSeconds: 0, wearer: drawPerson(1) }] });
    const watch = new SimulatedWatch({
      device,
      source,
      broker: { url, protocolVersion },
      rate: 'max',
      seed: 1,
      startTimeUs: 1e15,
    });
    await watch.start();
    await watch.finished;
    await goodbye;
    await subscriber.endAsync();
    return packets;
  }

  const framesOf = (packets: readonly IPublishPacket[]) =>
    packets.filter(({ topic }) => topic.endsWith('/ecg')).map(({ payload }) => payload as Buffer);

  test('sends the same frames in MQTT 3.1.1 and 5; MQTT 5 says what they are and how long they keep', async () => {
    const [older, newer] = [await listenTo(4), await listenTo(5)];
    expect(framesOf(newer)).toEqual(framesOf(older));
    expect(track(framesOf(newer)).counters).toMatchObject({ received: 100, delivered: 100, lost: 0 });
    for (const { topic, properties, qos } of newer) {
      expect(qos).toBe(1);
      if (topic.endsWith('/ecg')) {
        expect(properties!.contentType).toBe('application/vnd.edgebeat.frame');
        // The broker takes off the time that a message has waited.
        expect(properties!.messageExpiryInterval).toBeGreaterThan(3500);
      } else {
        expect(properties!.contentType).toBe('application/json');
        expect(properties!.messageExpiryInterval).toBeUndefined();
      }
    }
    for (const { properties } of older) expect(properties?.contentType).toBeUndefined();
  });
});
