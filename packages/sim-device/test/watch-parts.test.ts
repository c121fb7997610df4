/** The parts of a watch, one by one: packing, faults, store and forward, pacing. */

import { FLAG_CLOCK_UNSYNCHRONISED, FLAG_LEAD_OFF, FLAG_RESTART, frameMillivolts } from '@edgebeat/wire';
import { describe, expect, test } from '@jest/globals';
import { drawPerson, type EcgSource, RecordSource, SyntheticSource } from '../src/index.js';
import { FaultInjector } from '../src/watch/faults.js';
import { FramePacker, type PackedFrame } from '../src/watch/frame-packer.js';
import { Outbox } from '../src/watch/outbox.js';
import { Pacer } from '../src/watch/pacer.js';
import { annotation, countingRecord, gap } from './made-record.js';

function pack(source: EcgSource, change: { clockUnsynchronised?: boolean } = {}): PackedFrame[] {
  let streams = 0;
  const packer = new FramePacker({
    source,
    frameSeconds: 0.2,
    scaleNanovolts: 1000,
    startTimeUs: 1e15,
    clockUnsynchronised: false,
    drawStreamId: () => ++streams,
    ...change,
  });
  const packed: PackedFrame[] = [];
  for (let next = packer.next(); next !== undefined; next = packer.next()) packed.push(next);
  return packed;
}

describe('packing', () => {
  test('frames are 200 ms, numbered, timed by the source; the last is as long as it is', () => {
    const packed = pack(new RecordSource({ items: [{ record: countingRecord(130, 250) }] }));
    expect(packed.map(({ frame }) => frame.samples.length)).toEqual([50, 50, 30]);
    expect(packed.map(({ frame }) => frame.sequence)).toEqual([0, 1, 2]);
    expect(packed.map(({ frame }) => frame.flags)).toEqual([FLAG_RESTART, 0, 0]);
    expect(packed.map(({ frame }) => frame.firstSampleTimeUs - 1e15)).toEqual([0, 200_000, 400_000]);
    expect(packed.map(({ endSeconds }) => endSeconds)).toEqual([0.2, 0.4, 0.52]);
    expect(packed[1]!.frame).toMatchObject({ streamId: 1, rateMilliHertz: 250_000, scaleNanovolts: 1000, channels: 1 });
    expect(frameMillivolts(packed[1]!.frame)[7]).toBeCloseTo(0.057, 6);
  });

  test('a gap ends a frame', () => {
    const record = countingRecord(120, 250, { gaps: [gap(70, 3)] });
    const packed = pack(new RecordSource({ items: [{ record, annotations: [annotation(69), annotation(70)] }] }));
    expect(packed.map(({ frame }) => frame.samples.length)).toEqual([50, 20, 50]);
    expect(packed[2]!.frame.firstSampleTimeUs).toBe(1e15 + 3_280_000);
    expect(packed.map(({ beatsUs }) => beatsUs)).toEqual([[], [1e15 + 276_000], [1e15 + 3_280_000]]);
  });

  test('another rate begins another stream', () => {
    const items = [{ record: countingRecord(50, 250) }, { record: countingRecord(200, 500) }];
    const frames = pack(new RecordSource({ items })).map(({ frame }) => frame);
    expect(frames.map(({ streamId, sequence, flags }) => [streamId, sequence, flags])).toEqual([
      [1, 0, FLAG_RESTART],
      [2, 0, FLAG_RESTART],
      [2, 1, 0],
    ]);
    expect(frames.map(({ rateMilliHertz }) => rateMilliHertz)).toEqual([250_000, 500_000, 500_000]);
  });

  test('frames without contact say so, and no frame is half without', () => {
    const wearer = drawPerson(1);
    const schedule = [
      { fromSeconds: 0, wearer },
      { fromSeconds: 0.3, wearer: null },
      { fromSeconds: 0.6, wearer },
    ];
    const frames = pack(new SyntheticSource({ schedule, seconds: 0.8 })).map(({ frame }) => frame);
    expect(frames.map(({ samples }) => samples.length)).toEqual([50, 25, 50, 25, 50]);
    expect(frames.map(({ flags }) => flags & FLAG_LEAD_OFF)).toEqual([0, 0, 1, 1, 0]);
  });

  test('a clock that was never set is flagged', () => {
    const source = new RecordSource({ items: [{ record: countingRecord(60, 250) }] });
    for (const { frame } of pack(source, { clockUnsynchronised: true })) {
      expect(frame.flags & FLAG_CLOCK_UNSYNCHRONISED).not.toBe(0);
    }
  });
});

describe('faults', () => {
  test('hit the frames they are meant for', () => {
    const injector = new FaultInjector(
      new Map([
        [1, 'drop'],
        [2, 'duplicate'],
        [4, 'reorder'],
        [7, 'corrupt'],
        [8, 'reorder'],
      ]),
    );
    const sent: number[][] = [];
    for (let k = 0; k < 9; k++) sent.push(...injector.apply(Uint8Array.of(k, k, k)).map((bytes) => [...bytes]));
    sent.push(...injector.rest().map((bytes) => [...bytes]));
    expect(sent.map(([first]) => first)).toEqual([0, 2, 2, 3, 5, 4, 6, 7, 8]);
    expect(sent[7]).toEqual([7, 7 ^ 0x10, 7]);
  });
});

describe('store and forward', () => {
  const frame = (k: number) => Uint8Array.of(k);

  test('gives frames in order, again where they were in flight', () => {
    const outbox = new Outbox(10);
    for (let k = 0; k < 4; k++) outbox.put(frame(k));
    const [zero, one] = [outbox.take()!, outbox.take()!];
    outbox.acknowledge(zero);
    expect([outbox.inFlight, outbox.size]).toEqual([1, 3]);
    outbox.returnInFlight();
    expect([outbox.inFlight, outbox.size]).toEqual([0, 3]);
    expect([outbox.take(), outbox.take(), outbox.take(), outbox.take()]).toEqual([one, frame(2), frame(3), undefined]);
  });

  test('the oldest that waits gives way, never one in flight', () => {
    const outbox = new Outbox(3);
    outbox.put(frame(0));
    outbox.take();
    for (let k = 1; k < 6; k++) outbox.put(frame(k));
    expect(outbox.dropped).toBe(3);
    outbox.returnInFlight();
    expect([outbox.take(), outbox.take(), outbox.take()]).toEqual([frame(0), frame(4), frame(5)]);
  });
});

describe('pacing', () => {
  /** A clock that only moves while somebody sleeps, and then a bit too far. */
  function clock() {
    let now = 1000;
    const sleeps: number[] = [];
    const sleep = async (ms: number) => {
      sleeps.push(ms);
      now += ms + 3;
    };
    return { now: () => now, sleep, sleeps };
  }
  const { signal } = new AbortController();

  test('does not drift, however late each timer is', async () => {
    const { now, sleep } = clock();
    const pacer = new Pacer(1, 0, now, sleep);
    for (let k = 1; k <= 1000; k++) {
      await pacer.until(k * 0.2, signal);
      expect(now() - 1000 - k * 200).toBeGreaterThanOrEqual(0);
      expect(now() - 1000 - k * 200).toBeLessThan(3.001);
    }
  });

  test('runs so many times faster, after its delay', async () => {
    const { now, sleep } = clock();
    await new Pacer(10, 50, now, sleep).until(2, signal);
    expect(now()).toBe(1000 + 50 + 200 + 3);
  });

  test('waits for years without spinning', async () => {
    const { now, sleep, sleeps } = clock();
    await new Pacer(1e-9, 0, now, sleep).until(0.2, signal);
    expect(now()).toBeGreaterThan(2e11);
    expect(sleeps).toHaveLength(94);
    expect(Math.max(...sleeps)).toBe(2 ** 31 - 1);
  });

  test('waits no longer when it is told to stop', async () => {
    const stop = new AbortController();
    const waiting = new Pacer(1).until(1000, stop.signal);
    stop.abort();
    await waiting;
    await new Pacer(1).until(1000, stop.signal);
  });
});
