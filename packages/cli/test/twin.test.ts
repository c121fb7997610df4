/**
 * The firmware twin against the gateway: what the firmware in WebAssembly finds in a source is what a DeviceSession with the same network
 * finds in the frames that the firmware sends.
 */
import { join } from 'node:path';
import { MemoryTemplateStore } from '@edgebeat/identity';
import { loadWeights } from '@edgebeat/models';
import { createEngine, DeviceSession, Gallery, IdentityModel, Recognizer } from '@edgebeat/runtime';
import {
  drawPerson,
  type EcgSource,
  type FirmwareMessage,
  FirmwareRun,
  type MessageContext,
  messageOf,
  openSource,
  SyntheticSource,
  WasmWatch,
} from '@edgebeat/sim-device';
import { decodeMessage, parseTopic } from '@edgebeat/wire';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import mqtt, { type MqttClient } from 'mqtt';
import { describeWithRecordings } from '../../../testing/recordings.js';
import { type EmbeddedBroker, startEmbeddedBroker } from '../src/broker/embedded-broker.js';
import { edgebeat } from './edgebeat-process.js';

const DEVICE = 'watch-1';
const STREAM = 7;
const ENROL_SECONDS = 10;
const LOWEST_QUALITY = 0.3;

let file: Uint8Array;
beforeAll(async () => {
  file = await loadWeights('deit-micro', 'wasm');
});

interface Told {
  readonly messages: FirmwareMessage[];
  readonly frames: Uint8Array[];
}

/** What the twin tells of a source. */
async function toldByTwin(source: EcgSource): Promise<Told> {
  const told: Told = { messages: [], frames: [] };
  let context: MessageContext | undefined;
  const run = new FirmwareRun({
    source,
    transport: new WasmWatch('deit-micro.wasm', file),
    settings: {
      ...{ scaleNanovolts: 1000, streamId: STREAM, startTimeUs: 1_700_000_000_000_000, lowestQuality: LOWEST_QUALITY },
      autoEnrol: { subject: DEVICE, goal: { seconds: ENROL_SECONDS, windows: 5 } },
    },
    onEvent(event) {
      if (event.kind === 'started') {
        const { model, threshold } = event;
        context = { device: DEVICE, streamId: STREAM, clockUnsynchronised: false, model, threshold };
      } else if (event.kind === 'frame') told.frames.push(event.bytes);
      const message = messageOf(event, context!);
      if (message) told.messages.push(message);
    },
  });
  await run.run(new AbortController().signal);
  return told;
}

/** What the gateway's session finds in these frames, with the same network on the engine wasm. */
async function foundInFrames(frames: readonly Uint8Array[]): Promise<FirmwareMessage[]> {
  const model = await IdentityModel.load(file, await createEngine('wasm'));
  const [{ value, windows }] = model.thresholds.filter(({ metric }) => metric === 'cosine') as [
    (typeof model.thresholds)[0],
  ];
  const gallery = await Gallery.open(new MemoryTemplateStore(), model.reference);
  const found: FirmwareMessage[] = [];
  const session = new DeviceSession({
    device: DEVICE,
    recognizer: new Recognizer(model, gallery, {
      threshold: { metric: 'cosine', value },
      windows,
      lowestQuality: LOWEST_QUALITY,
      autoEnrol: { subject: DEVICE, seconds: ENROL_SECONDS },
    }),
    normalize: model.normalize,
    emit: (result) => {
      if (result.kind !== 'activity') found.push(result);
    },
  });
  for (const frame of frames) await session.handle(frame);
  await session.flush();
  await model.close();
  return found;
}

/** Firmware tells real numbers in float32. */
function inFloat32(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? value : Math.fround(value);
  if (Array.isArray(value)) return value.map(inFloat32);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, inFloat32(entry)]));
}

async function expectEqual(source: EcgSource): Promise<Told> {
  const told = await toldByTwin(source);
  const found = await foundInFrames(told.frames);
  for (const kind of ['beat', 'identity', 'quality'] as const) {
    const of = (messages: readonly FirmwareMessage[]) =>
      messages.filter((message) => message.kind === kind).map(({ body }) => inFloat32(body));
    expect(of(told.messages)).toEqual(of(found));
  }
  return told;
}

describe('edgebeat simulate --device twin', () => {
  let broker: EmbeddedBroker;
  let client: MqttClient;
  beforeAll(async () => {
    broker = await startEmbeddedBroker();
    client = await mqtt.connectAsync(broker.address.url, { protocolVersion: 4 });
    await client.subscribeAsync('edgebeat/v1/+/+', { qos: 1 });
  });
  afterAll(async () => {
    await client.endAsync(true);
    await broker.close();
  });

  test.each([
    ['answers', ['beat', 'identity', 'quality', 'status']],
    ['ecg', ['ecg', 'status']],
  ])('publishes %s', async (publish, expected) => {
    const heard: { device: string; kind: string }[] = [];
    const left = new Set<string>();
    let onLeft = () => {};
    const allLeft = new Promise<void>((resolve) => {
      onLeft = resolve;
    });
    const listen = (topic: string, payload: Uint8Array) => {
      const { device, kind } = parseTopic(topic);
      heard.push({ device, kind });
      // The last that a watch says.
      if (kind === 'status' && decodeMessage('status', payload).state === 'disconnected') left.add(device);
      if (left.size === 2) onLeft();
    };
    client.on('message', listen);
    const address = ['--broker', broker.address.url, '--mqtt', '3.1.1', '--prefix', publish];
    const words = ['simulate', ...address, '--device', 'twin', '--publish', publish, '--devices', '2'];
    const { status, report } = await edgebeat([
      ...words,
      ...['--enroll', '8', '--rate', 'max', '--seconds', '20', '--json'],
    ]);
    expect(status).toBe(0);
    await allLeft;
    client.off('message', listen);
    expect(report.devices).toHaveLength(2);
    for (const { device, beats, answers, framesMade, platform, model, messagesDropped } of report.devices) {
      expect({ platform, model, messagesDropped }).toEqual({
        platform: 'twin',
        model: 'deit-micro',
        messagesDropped: 0,
      });
      const own = heard.filter((one) => one.device === device).map(({ kind }) => kind);
      expect([...new Set(own)].sort()).toEqual(expected);
      const count = (kind: string) => own.filter((one) => one === kind).length;
      const told = publish === 'ecg' ? [0, 0, framesMade] : [beats, answers, 0];
      expect([count('beat'), count('identity'), count('ecg')]).toEqual(told);
      expect(beats).toBeGreaterThan(10);
    }
  });
});

test('the twin tells of a synthetic heart what the gateway finds', async () => {
  const { messages } = await expectEqual(
    new SyntheticSource({
      ...{ seed: 'twin', seconds: 40 },
      schedule: [{ fromSeconds: 0, wearer: drawPerson('twin'), activity: 'rest' }],
    }),
  );
  expect(messages.filter(({ kind }) => kind === 'beat').length).toBeGreaterThan(30);
});

describeWithRecordings('ecg-id', 'the twin on a person of ECG-ID', (folder) => {
  test('finds the beats and the scores that the gateway finds', async () => {
    const { messages } = await expectEqual(await openSource(join(folder, 'Person_01', 'rec_1')));
    const answers = messages.flatMap((message) => (message.kind === 'identity' ? [message.body] : []));
    expect(answers.filter(({ decision }) => decision === 'accepted').length).toBeGreaterThan(5);
    expect(new Set(answers.map(({ score }) => score)).size).toBeGreaterThan(5);
  });
});

describeWithRecordings('mitdb', 'the twin on a record of MIT-BIH', (folder) => {
  test('finds the beats that the gateway finds', async () => {
    const { messages } = await expectEqual(await openSource(join(folder, '101'), { seconds: 120 }));
    expect(messages.filter(({ kind }) => kind === 'beat').length).toBeGreaterThan(100);
  });
});
