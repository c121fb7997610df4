/** A simulated watch against a real broker in this process. */

import { type AddressInfo, createServer } from 'node:net';
import { decodeFrame, type Frame, quantizeMillivolts, TopicError } from '@edgebeat/wire';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import mqtt from 'mqtt';
import {
  drawPerson,
  SimulatedWatch,
  type SimulatedWatchOptions,
  SyntheticSource,
  WatchError,
  type WatchReport,
} from '../src/index.js';
import { EmbeddedBroker } from './embedded-broker.js';
import { track } from './frames-of.js';

const synthetic = (seconds: number, seed = 1) =>
  new SyntheticSource({ seed, seconds, schedule: [{ fromSeconds: 0, wearer: drawPerson(seed) }] });

let broker: EmbeddedBroker;
let watches: SimulatedWatch[];

beforeEach(async () => {
  broker = new EmbeddedBroker();
  watches = [];
  await broker.start();
});
afterEach(async () => {
  for (const watch of watches) await watch.kill().catch(() => {});
  await broker.stop();
});

function makeWatch(change: Partial<SimulatedWatchOptions> = {}): SimulatedWatch {
  const watch = new SimulatedWatch({
    device: 'watch-1',
    source: synthetic(20),
    broker: { url: broker.url, protocolVersion: 4 },
    rate: 'max',
    seed: 1,
    startTimeUs: 1e15,
    ...change,
  });
  watches.push(watch);
  return watch;
}

async function stream(change: Partial<SimulatedWatchOptions> = {}): Promise<WatchReport> {
  const watch = makeWatch(change);
  await watch.start();
  return watch.finished;
}

const sent = (device = 'watch-1') => broker.frames.get(device) ?? [];

/** Polls until something holds, for 5 s at most. */
async function eventually(condition: () => boolean): Promise<void> {
  for (let wait = 0; wait < 500 && !condition(); wait++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(condition()).toBe(true);
}

/** The status that a newcomer is told. */
async function retainedState(device: string): Promise<unknown> {
  const client = await mqtt.connectAsync(broker.url);
  const state = new Promise((resolve) => {
    client.once('message', (_, payload) => resolve(JSON.parse(payload.toString('utf8'))));
  });
  await client.subscribeAsync(`edgebeat/v1/${device}/status`);
  const message = await state;
  await client.endAsync();
  return message;
}

describe('a watch', () => {
  test('sends every sample of its source, then says goodbye', async () => {
    const made: Frame[] = [];
    const report = await stream({ onFrame: (frame) => made.push(frame) });
    const { frames, gaps, counters } = track(sent());
    expect(counters).toMatchObject({ received: 100, delivered: 100, lost: 0, repeated: 0, reordered: 0 });
    expect(gaps).toEqual([]);
    expect(frames).toEqual(made);
    const expected = quantizeMillivolts(synthetic(20).read(5000)!.samples, 1000);
    expect(frames.flatMap(({ samples }) => [...samples])).toEqual([...expected]);
    const beats = synthetic(20).read(5000)!.beats!.length;
    expect(report).toEqual({
      device: 'watch-1',
      streamId: frames[0]!.streamId,
      framesMade: 100,
      framesSent: 100,
      bytes: 100 * 136,
      framesDropped: 0,
      framesWaiting: 0,
      reconnects: 0,
      beats,
      seconds: 20,
    });
    expect(broker.states.get('watch-1')).toEqual(['init', 'ready', 'disconnected']);
    expect(await retainedState('watch-1')).toMatchObject({ state: 'disconnected', streamId: report.streamId });
  });

  test('tells what is true at a time of the stream', () => {
    expect(makeWatch().truthAt(1e15 + 5e6)).toEqual({ identity: 'person-1', activity: 'rest' });
  });

  test('draws the same stream id for the same seed, another without', () => {
    const id = (seed?: number) => makeWatch({ seed }).report.streamId;
    expect(id(5)).toBe(id(5));
    expect(new Set([id(), id(), id(5), id(6)]).size).toBe(4);
  });

  test('that dies leaves its last will', async () => {
    const watch = makeWatch({ source: synthetic(1000), rate: 10 });
    await watch.start();
    await eventually(() => sent().length > 5);
    await watch.kill();
    await eventually(() => broker.states.get('watch-1')!.includes('lost'));
    expect(broker.states.get('watch-1')).toEqual(['init', 'ready', 'lost']);
    expect(await retainedState('watch-1')).toMatchObject({ state: 'lost', timeUs: null });
  });

  test('that is stopped ends in good order', async () => {
    const watch = makeWatch({ source: synthetic(1000), rate: 10 });
    await watch.start();
    await eventually(() => sent().length > 5);
    const report = await watch.stop();
    expect(report.framesWaiting).toBe(0);
    expect(report.framesSent).toBe(report.framesMade);
    expect(sent().length).toBe(report.framesMade);
    expect(broker.states.get('watch-1')!.at(-1)).toBe('disconnected');
  });

  test('that is stopped before it is connected gives up connecting', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    const url = `mqtt://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const watch = makeWatch({ broker: { url, protocolVersion: 4 } });
    const started = watch.start();
    await new Promise((resolve) => silent.once('connection', resolve));
    expect(await watch.stop()).toMatchObject({ framesMade: 0, framesWaiting: 0, reconnects: 0 });
    await started;
    expect(await watch.finished).toMatchObject({ framesMade: 0 });
    await new Promise((resolve) => silent.close(resolve));

    const unborn = makeWatch();
    expect(await unborn.stop()).toMatchObject({ framesMade: 0 });
    await unborn.start();
    expect(await unborn.finished).toMatchObject({ framesMade: 0 });
    await expect(unborn.start()).rejects.toThrow(/before/);
    expect(sent()).toEqual([]);
  });

  test('keeps real time', async () => {
    const arrivals: number[] = [];
    const started = performance.now();
    await stream({ source: synthetic(1.6), rate: 1, onFrame: () => arrivals.push(performance.now() - started) });
    expect(arrivals.length).toBe(8);
    const phase = arrivals[0]! - 200;
    expect(phase).toBeLessThan(400);
    arrivals.forEach((at, k) => {
      expect(Math.abs(at - phase - 200 * (k + 1))).toBeLessThan(60);
    });
  });

  test('takes as little memory as its window while the broker is slow', async () => {
    const slow = new EmbeddedBroker({
      authorizePublish: (_client, _packet, done) => {
        setTimeout(done, 2);
      },
    });
    await slow.start();
    let most = 0;
    const watch = makeWatch({
      broker: { url: slow.url, protocolVersion: 4 },
      window: 4,
      onFrame: () => {
        most = Math.max(most, watch.report.framesWaiting);
      },
    });
    await watch.start();
    const report = await watch.finished;
    await slow.stop();
    expect(report.framesSent).toBe(100);
    expect(most).toBeLessThanOrEqual(4);
  });
});

describe('while the broker is away', () => {
  async function outage(change: Partial<SimulatedWatchOptions>, awayMs: number) {
    const warnings: Error[] = [];
    const watch = makeWatch({ onWarning: (error) => warnings.push(error), ...change });
    await watch.start();
    await eventually(() => sent().length > 20);
    await broker.stop();
    await new Promise((resolve) => setTimeout(resolve, awayMs));
    await broker.start();
    const report = await watch.finished;
    return { report, warnings, ...track(sent()) };
  }

  test.each([20, 'max'] as const)('nothing is lost at rate %s', async (rate) => {
    const { report, warnings, counters, gaps, frames } = await outage({ source: synthetic(40), rate }, 150);
    expect(report).toMatchObject({ framesMade: 200, framesDropped: 0, framesWaiting: 0, reconnects: 1 });
    expect(counters).toMatchObject({ delivered: 200, lost: 0, reordered: 0, late: 0, corrupt: 0 });
    expect(gaps).toEqual([]);
    expect(frames.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 200 }, (_, k) => k));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toBeInstanceOf(WatchError);
    expect(broker.states.get('watch-1')!.at(-1)).toBe('disconnected');
  });

  test('a full queue drops the oldest frames, counts them, and shifts no time', async () => {
    const { report, counters, gaps, frames } = await outage({ source: synthetic(60), rate: 40, queueFrames: 20 }, 500);
    expect(report.framesDropped).toBeGreaterThan(20);
    expect(counters).toMatchObject({ lost: report.framesDropped, delivered: 300 - report.framesDropped });
    expect(gaps.reduce((sum, { lostFrames }) => sum + lostFrames, 0)).toBe(report.framesDropped);
    for (const { sequence, firstSampleTimeUs } of frames) expect(firstSampleTimeUs).toBe(1e15 + sequence * 200_000);
  });

  test('a watch that is stopped gives up in the end', async () => {
    const watch = makeWatch({ source: synthetic(1000), rate: 10 });
    await watch.start();
    await eventually(() => sent().length > 5);
    await broker.stop();
    await eventually(() => watch.report.framesWaiting > 0);
    const report = await watch.stop();
    expect(report.framesWaiting).toBeGreaterThan(0);
  }, 10_000);
});

test('injected faults are what the tracker counts', async () => {
  const faults = new Map([
    [10, 'drop'],
    [20, 'duplicate'],
    [30, 'reorder'],
    [40, 'corrupt'],
    [50, 'drop'],
    [51, 'drop'],
    [60, 'duplicate'],
  ] as const);
  const report = await stream({ faults });
  expect(report).toMatchObject({ framesMade: 100, framesSent: 99 });
  const { counters, gaps } = track(sent());
  // A corrupt frame is lost as well.
  expect(counters).toMatchObject({
    delivered: 96,
    lost: 4,
    corrupt: 1,
    repeated: 2,
    reordered: 1,
    late: 0,
    restarts: 0,
  });
  expect(gaps.map(({ lostFrames, samples }) => [lostFrames, samples])).toEqual([
    [1, 50],
    [1, 50],
    [2, 100],
  ]);
});

test('many watches share a broker', async () => {
  const reports = await Promise.all(
    Array.from({ length: 25 }, (_, k) => stream({ device: `watch-${k}`, source: synthetic(10, k), seed: k })),
  );
  for (const { device, framesSent } of reports) {
    expect(framesSent).toBe(50);
    expect(track(sent(device)).counters).toMatchObject({ delivered: 50, lost: 0, repeated: 0 });
  }
  expect(new Set(reports.map(({ device }) => decodeFrame(sent(device)[0]!).streamId)).size).toBe(25);
});

describe('refuses', () => {
  test('a broker that is not there', async () => {
    await broker.stop();
    await expect(stream()).rejects.toThrow(WatchError);
    await expect(stream()).rejects.toThrow(/ECONNREFUSED/);
    await broker.start();
  });

  test('wrong credentials, and takes the right ones', async () => {
    const guarded = new EmbeddedBroker({
      authenticate: (_client, name, password, done) => {
        if (name === 'ada' && password?.toString() === 'secret') done(null, true);
        else done(Object.assign(new Error('bad'), { returnCode: 4 }), false);
      },
    });
    await guarded.start();
    const to = { url: guarded.url, protocolVersion: 4 as const };
    try {
      await expect(stream({ broker: to })).rejects.toThrow(/Connection refused/);
      const report = await stream({ broker: { ...to, username: 'ada', password: 'secret' } });
      expect(report.framesSent).toBe(100);
    } finally {
      await guarded.stop();
    }
  });

  test('options that cannot be', () => {
    expect(() => makeWatch({ device: 'a/b' })).toThrow(TopicError);
    expect(() => makeWatch({ broker: { url: 'localhost', protocolVersion: 4 } })).toThrow(/no address/);
    expect(() => makeWatch({ rate: 0 })).toThrow(/rate is 0/);
    expect(() => makeWatch({ window: Number.NaN })).toThrow(/window/);
    expect(() => makeWatch({ frameMs: -1 })).toThrow(/frameMs/);
  });

  test('to be started twice, or waited for before', async () => {
    const watch = makeWatch();
    await expect(watch.finished).rejects.toThrow(/never started/);
    await watch.start();
    await expect(watch.start()).rejects.toThrow(/before/);
    await watch.finished;
  });
});
