/** What a demo counts as right: published answers against what the source of a watch knows. */
import { drawPerson, SimulatedWatch, SyntheticSource } from '@edgebeat/sim-device';
import { encodeMessage, type MessageBody, topicOf } from '@edgebeat/wire';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import mqtt, { type MqttClient } from 'mqtt';
import { type EmbeddedBroker, startEmbeddedBroker } from '../src/broker/embedded-broker.js';
import { Observer } from '../src/demo/observer.js';
import type { Timeline } from '../src/demo/scenario.js';

const startTimeUs = 1_700_000_000_000_000;
const timeline: Timeline = {
  seconds: 60,
  enrolSeconds: 18,
  activityFromSeconds: 2,
  swap: { offSeconds: 36, onSeconds: 39 },
};
const ada = { ...drawPerson('ada'), name: 'ada' };
const ben = { ...drawPerson('ben'), name: 'ben' };
const kim = { ...drawPerson('kim'), name: 'kim' };
const schedules = {
  'watch-1': [
    { fromSeconds: 0, wearer: ada },
    { fromSeconds: 20, wearer: ada, activity: 'walking' },
    { fromSeconds: 36, wearer: null },
    { fromSeconds: 39, wearer: ben, activity: 'walking' },
  ],
  'watch-2': [{ fromSeconds: 0, wearer: kim, activity: 'running' }],
} as const;

let broker: EmbeddedBroker;
let observer: Observer;
let gateway: MqttClient;

beforeEach(async () => {
  broker = await startEmbeddedBroker();
  const watches = new Map(
    Object.entries(schedules).map(([device, schedule]) => [
      device,
      new SimulatedWatch({ device, source: new SyntheticSource({ schedule }), broker: broker.address, startTimeUs }),
    ]),
  );
  const subjects = new Map([['watch-1', 'ada']]);
  observer = await Observer.start({ broker: broker.address, watches, subjects, startTimeUs, timeline });
  gateway = await mqtt.connectAsync(broker.address.url, { protocolVersion: 4 });
});
afterEach(async () => {
  await gateway.endAsync();
  await observer.stop();
  await broker.close();
});

const origin = (device: string) => ({ device, streamId: 1, sequence: 0 });
const us = (seconds: number) => startTimeUs + Math.round(seconds * 1e6);

/** Publishes, and waits until the observer has heard the last of it: a beat that comes behind. */
async function hears(device: string, kind: 'activity' | 'identity', bodies: readonly object[]) {
  const observation = observer.observations.get(device)!;
  const beats = observation.beats;
  for (const body of bodies) {
    const message = encodeMessage(kind, { ...origin(device), ...body } as MessageBody<typeof kind>);
    await gateway.publishAsync(topicOf(device, kind), message, { qos: 1 });
  }
  const last = { ...origin(device), rTimeUs: us(1), sampleIndex: 1, rrMs: null, heartRate: null, quality: 1 };
  await gateway.publishAsync(topicOf(device, 'beat'), encodeMessage('beat', last), { qos: 1 });
  while (observation.beats === beats) await new Promise((resolve) => setTimeout(resolve, 5));
  return observation;
}

describe('answers on activity', () => {
  const answer = (from: number, to: number, activity: string | null) => ({
    windowStartUs: us(from),
    windowEndUs: us(to),
    activity,
    score: activity === null ? null : 0.9,
    model: 'm',
    windows: 1,
  });

  test('count where the wearer does one thing all through their windows', async () => {
    const { decisions, agreeing, activity } = await hears('watch-1', 'activity', [
      answer(4, 10, 'rest'),
      answer(5, 11, 'arms'),
      answer(14, 20, 'rest'),
      answer(20, 26, 'walking'),
      // Over a change of activity, of the wearer who does the same, and of contact.
      answer(15, 21, 'walking'),
      answer(19.95, 26, 'walking'),
      answer(34, 41, 'walking'),
      answer(35, 37, 'walking'),
      answer(36.5, 38, 'walking'),
      // With nothing to say, before answers count, and after they do.
      answer(42, 48, null),
      answer(1.9, 8, 'rest'),
      answer(54, 60, 'walking'),
      answer(53, 59, 'walking'),
    ]);
    expect({ decisions, agreeing }).toEqual({ decisions: 5, agreeing: 4 });
    expect(activity).toMatchObject({ activity: 'walking', score: 0.9 });
  });

  test('without the begin of their windows are held against their end', async () => {
    const { windowStartUs: _, ...body } = answer(0, 30, 'walking');
    expect(await hears('watch-1', 'activity', [body])).toMatchObject({ decisions: 1, agreeing: 1 });
  });
});

describe('answers on identity', () => {
  const answer = (seconds: number, decision: string, identity: string | null) => ({
    ...{ windowEndUs: us(seconds), decision, identity, score: 0.9, metric: 'cosine', threshold: 0.5, model: 'm' },
  });
  const enrolled = {
    ...answer(18, 'enrolling', null),
    enrolment: { subject: 'ada', state: 'done', progress: 1, windows: 20 },
  };

  test('are right that name the wearer, once the watch has enrolled somebody', async () => {
    const observation = await hears('watch-1', 'identity', [
      answer(10, 'accepted', 'ada'),
      enrolled,
      answer(21, 'accepted', 'ada'),
      answer(22, 'unknown', null),
      answer(23, 'accepted', 'ben'),
      answer(37, 'unknown', null),
      answer(61, 'accepted', 'ada'),
    ]);
    expect(observation).toMatchObject({ answers: 3, right: 1, undecided: 0, noticedSeconds: undefined });
  });

  test('are right that name nobody, where nobody enrolled the wearer', async () => {
    const early = await hears('watch-2', 'identity', [answer(15, 'unknown', null)]);
    expect(early).toMatchObject({ answers: 0, right: 0 });
    await hears('watch-1', 'identity', [enrolled]);
    const strange = await hears('watch-2', 'identity', [
      answer(21, 'unknown', null),
      answer(22, 'undecided', null),
      answer(23, 'accepted', 'ada'),
    ]);
    expect(strange).toMatchObject({ answers: 2, right: 1, undecided: 1 });
    // Ben has the watch after the swap, and has not enrolled either.
    const swapped = await hears('watch-1', 'identity', [answer(45, 'accepted', 'ben'), answer(46, 'unknown', null)]);
    expect(swapped).toMatchObject({ answers: 2, right: 1, noticedSeconds: 46 });
  });
});
