/** The stream tracker: order, holes, time, restarts, and that its counters add up. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { FLAG_RESTART, type Frame, StreamTracker, type TrackerEvent } from '../src/index.js';

const FRAME_US = 200_000;

/** The k-th frame of a stream of 200 ms frames at 250 Hz. */
function frame(sequence: number, change: Partial<Frame> = {}): Frame {
  return {
    flags: sequence === 0 ? FLAG_RESTART : 0,
    streamId: 1,
    sequence: sequence >>> 0,
    firstSampleTimeUs: 1e9 + sequence * FRAME_US,
    rateMilliHertz: 250_000,
    scaleNanovolts: 1000,
    channels: 1,
    samples: new Int16Array(50),
    ...change,
  };
}

const frames = (count: number) => Array.from({ length: count }, (_, k) => frame(k));
const pushAll = (tracker: StreamTracker, arrivals: readonly Frame[]) => arrivals.flatMap((f) => tracker.push(f));
/** `3` for a frame, `3!2` for a frame after a gap in which 2 were lost, `restart` for a restart. */
const short = (events: readonly TrackerEvent[]) =>
  events.map((event) => {
    if (event.kind === 'restart') return 'restart';
    return `${event.frame.sequence}${event.gapBefore ? `!${event.gapBefore.lostFrames}` : ''}`;
  });

describe('order', () => {
  test('frames in order come out at once', () => {
    const tracker = new StreamTracker();
    for (const next of frames(5)) expect(tracker.push(next)).toEqual([{ kind: 'frame', frame: next }]);
    expect(tracker.counters).toMatchObject({ received: 5, delivered: 5, lost: 0, reordered: 0, restarts: 0 });
  });

  test('whatever comes within the window comes out in order, once, with nothing lost', () => {
    // Delays of up to 4 places (a tie lets the later frame overtake), and copies of frames that come up to 4 places later.
    const arrivals = fc
      .array(fc.record({ delay: fc.integer({ min: 0, max: 4 }), copies: fc.array(fc.nat(4), { maxLength: 2 }) }), {
        minLength: 1,
        maxLength: 60,
      })
      .map((plans) => {
        const originals = plans.map(({ delay }, k) => ({ k, at: k + delay - k / 1e6 }));
        const copies = plans.flatMap(({ delay, copies }, k) =>
          copies.map((later) => ({ k, at: k + delay + later + 0.5 })),
        );
        return [...originals, ...copies].sort((a, b) => a.at - b.at).map(({ k }) => k);
      });
    fc.assert(
      fc.property(arrivals, (order) => {
        const tracker = new StreamTracker();
        const count = Math.max(...order) + 1;
        const events = pushAll(
          tracker,
          order.map((k) => frame(k)),
        );
        expect(short(events)).toEqual(frames(count).map((f) => `${f.sequence}`));
        const { received, delivered, lost, repeated, late, restarts } = tracker.counters;
        expect({ delivered, lost, late, restarts }).toEqual({ delivered: count, lost: 0, late: 0, restarts: 0 });
        expect(received).toBe(delivered + repeated);
      }),
      { numRuns: 300 },
    );
  });

  test('sequence numbers wrap around', () => {
    const tracker = new StreamTracker();
    const order = [-2, -1, 1, 0, 2].map((k) => frame(k, { flags: 0 }));
    expect(short(pushAll(tracker, order))).toEqual(['4294967294', '4294967295', '0', '1', '2']);
    expect(tracker.counters).toMatchObject({ delivered: 5, lost: 0, reordered: 1 });
  });

  test('any arrival order leaves the counters adding up and the sequence rising', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 80 }), fc.boolean(), (order, flush) => {
        const tracker = new StreamTracker();
        const events = pushAll(
          tracker,
          order.map((k) => frame(k, { flags: 0 })),
        );
        if (flush) events.push(...tracker.flush());
        const delivered = events.flatMap((event) => (event.kind === 'frame' ? [event.frame.sequence] : []));
        expect(delivered).toEqual([...new Set(delivered)].sort((a, b) => a - b));
        const counters = tracker.counters;
        expect(counters.received).toBe(order.length);
        expect(counters.delivered).toBe(delivered.length);
        expect(counters.received).toBe(counters.delivered + counters.repeated + counters.late + tracker.held);
        if (flush) expect(tracker.held).toBe(0);
        const first = delivered[0] ?? 0;
        const begin = first <= 4 ? 0 : first;
        if (delivered.length > 0) expect(counters.lost).toBe(delivered.at(-1)! + 1 - begin - delivered.length);
      }),
      { numRuns: 500 },
    );
  });
});

describe('holes', () => {
  test('a missing frame is given up when the window is full, and time does not shift', () => {
    const tracker = new StreamTracker();
    const arrivals = frames(9).filter(({ sequence }) => sequence !== 2 && sequence !== 3);
    expect(short(pushAll(tracker, arrivals.slice(0, 6)))).toEqual(['0', '1']);
    expect(tracker.held).toBe(4);
    const events = tracker.push(arrivals[6]!);
    expect(short(events)).toEqual(['4!2', '5', '6', '7', '8']);
    expect(events[0]).toMatchObject({ frame: { firstSampleTimeUs: 1e9 + 4 * FRAME_US } });
    expect(events[0]).toMatchObject({ gapBefore: { lostFrames: 2, samples: 100, seconds: 0.4 } });
    expect(tracker.counters).toMatchObject({ lost: 2, delivered: 7 });
  });

  test('a frame that begins more than a second after the missing one was due ends the wait', () => {
    const tracker = new StreamTracker();
    pushAll(tracker, frames(2));
    const later = frame(40);
    expect(tracker.push(later)).toEqual([
      { kind: 'frame', frame: later, gapBefore: { lostFrames: 38, samples: 1900, seconds: 7.6 } },
    ]);
  });

  test('flush gives up what is missing', () => {
    const tracker = new StreamTracker();
    pushAll(tracker, [frame(0), frame(2), frame(4)]);
    expect(short(tracker.flush())).toEqual(['2!1', '4!1']);
    expect(tracker.flush()).toEqual([]);
    expect(tracker.counters).toMatchObject({ lost: 2, delivered: 3 });
  });

  test('a frame that comes after it was given up is late, not repeated', () => {
    const tracker = new StreamTracker({ reorderFrames: 0 });
    expect(short(pushAll(tracker, [frame(0), frame(2), frame(1), frame(2), frame(0)]))).toEqual(['0', '2!1']);
    expect(tracker.counters).toMatchObject({ received: 5, delivered: 2, lost: 1, late: 1, repeated: 2, reordered: 0 });
  });

  test('a missing first frame is waited for, then counted', () => {
    const tracker = new StreamTracker();
    expect(short(pushAll(tracker, frames(6).slice(1)))).toEqual(['1', '2', '3', '4', '5']);
    expect(tracker.counters).toMatchObject({ lost: 1, delivered: 5 });
  });

  test('a stream joined while it runs has lost nothing', () => {
    const tracker = new StreamTracker();
    expect(short(pushAll(tracker, frames(12).slice(10)))).toEqual(['10', '11']);
    expect(tracker.counters).toMatchObject({ lost: 0, delivered: 2 });
  });

  test('a corrupt frame is received, corrupt and lost', () => {
    const tracker = new StreamTracker({ reorderFrames: 0 });
    tracker.push(frame(0));
    tracker.reportCorrupt();
    tracker.push(frame(2));
    expect(tracker.counters).toMatchObject({ received: 3, corrupt: 1, delivered: 2, lost: 1 });
  });
});

describe('time', () => {
  const shifted = (sequence: number, byUs: number) =>
    frame(sequence, { firstSampleTimeUs: 1e9 + sequence * FRAME_US + byUs });

  test.each([20_000, -20_000])('%d µs off is within the tolerance', (byUs) => {
    expect(short(pushAll(new StreamTracker(), [frame(0), shifted(1, byUs)]))).toEqual(['0', '1']);
  });

  test('a pause of the device is a gap without lost frames', () => {
    const [, event] = pushAll(new StreamTracker(), [frame(0), shifted(1, 22_500_000)]);
    expect(event).toMatchObject({ gapBefore: { lostFrames: 0, samples: 5625, seconds: 22.5 } });
  });

  test('a clock set back is a gap of negative length and no samples', () => {
    const [, event, next] = pushAll(new StreamTracker(), [frame(0), shifted(1, -3e6), shifted(2, -3e6)]);
    expect(event).toMatchObject({ gapBefore: { lostFrames: 0, samples: 0, seconds: -3 } });
    expect(next).not.toHaveProperty('gapBefore');
  });

  test('a rate that does not divide the second never adds up to a gap', () => {
    const tracker = new StreamTracker({ timeToleranceUs: 1 });
    for (let k = 0; k < 1000; k++) {
      const firstSampleTimeUs = Math.round((k * 99 * 1e9) / 497_313);
      const [event] = tracker.push(
        frame(k, { rateMilliHertz: 497_313, samples: new Int16Array(99), firstSampleTimeUs }),
      );
      expect(event).not.toHaveProperty('gapBefore');
    }
  });
});

describe('restarts', () => {
  const reboot = (sequence: number) => frame(sequence, { streamId: 2, firstSampleTimeUs: 2e9 + sequence * FRAME_US });

  test('a new stream id begins anew; what was held comes first', () => {
    const tracker = new StreamTracker();
    const events = pushAll(tracker, [frame(0), frame(2), reboot(0), reboot(1)]);
    expect(short(events)).toEqual(['0', '2!1', 'restart', '0', '1']);
    expect(tracker.counters).toMatchObject({ restarts: 1, lost: 1, delivered: 4 });
  });

  test('frames of the old stream that come later are late', () => {
    const tracker = new StreamTracker();
    expect(short(pushAll(tracker, [frame(0), reboot(0), frame(1), reboot(1)]))).toEqual(['0', 'restart', '0', '1']);
    expect(tracker.counters).toMatchObject({ restarts: 1, late: 1, repeated: 0 });
  });

  test('a new stream is put in order from its first frame on', () => {
    const tracker = new StreamTracker();
    const events = pushAll(tracker, [frame(0), reboot(2), reboot(1), reboot(0), reboot(3)]);
    expect(short(events)).toEqual(['0', 'restart', '0', '1', '2', '3']);
    expect(tracker.counters).toMatchObject({ restarts: 1, lost: 0, reordered: 2 });
  });

  test('the restart flag under the same stream id begins anew, its copy does not', () => {
    const tracker = new StreamTracker();
    const again = (k: number) => ({ ...reboot(k), streamId: 1 });
    const events = pushAll(tracker, [...frames(3), again(0), again(0), again(1)]);
    expect(short(events)).toEqual(['0', '1', '2', 'restart', '0', '1']);
    expect(tracker.counters).toMatchObject({ restarts: 1, repeated: 1 });
  });

  test('an old stream id may come back with the restart flag', () => {
    const tracker = new StreamTracker();
    const third = frame(0, { firstSampleTimeUs: 3e9 });
    expect(short(pushAll(tracker, [frame(0), reboot(0), third]))).toEqual(['0', 'restart', '0', 'restart', '0']);
  });

  test('a device that restarts without saying so is found by its times', () => {
    const tracker = new StreamTracker();
    const again = (k: number) => ({ ...reboot(k), streamId: 1, flags: 0 });
    const events = pushAll(tracker, [...frames(30).slice(10), again(0), again(1)]);
    expect(short(events).slice(20)).toEqual(['restart', '0', '1']);
  });

  test('another rate begins anew', () => {
    const tracker = new StreamTracker();
    const faster = frame(1, { rateMilliHertz: 500_000 });
    expect(short(pushAll(tracker, [frame(0), faster]))).toEqual(['0', 'restart']);
    expect(short(tracker.flush())).toEqual(['1']);
  });

  test('reset forgets stream and counters', () => {
    const tracker = new StreamTracker();
    pushAll(tracker, [frame(0), frame(2)]);
    tracker.reset();
    expect(tracker.held).toBe(0);
    expect(tracker.counters).toMatchObject({ received: 0, delivered: 0 });
    expect(short(tracker.push(reboot(0)))).toEqual(['0']);
    expect(tracker.counters).toMatchObject({ received: 1, restarts: 0 });
  });
});

test('an option that is no number is refused', () => {
  expect(() => new StreamTracker({ reorderUs: -1 })).toThrow('reorderUs');
  expect(() => new StreamTracker({ reorderFrames: Number.NaN })).toThrow('reorderFrames');
});
