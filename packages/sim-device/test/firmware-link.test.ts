/** The link of firmware: records in any pieces, what they say, and transports that end. */
import { describe, expect, test } from '@jest/globals';
import { FirmwareLink, type FirmwareTransport } from '../src/firmware/firmware-link.js';
import { type MessageContext, messageOf } from '../src/firmware/firmware-messages.js';
import {
  enrolRecord,
  RECORD_SAMPLES,
  SUBJECT_BYTES,
  sampleRecords,
  saveRecord,
} from '../src/firmware/link-commands.js';
import { decodeEvent, type FirmwareEnrolment, type FirmwareEvent } from '../src/firmware/link-events.js';
import { encodeRecord, FROM_WATCH, PayloadWriter, RecordReader } from '../src/firmware/link-records.js';

const done = (type: number, status = 0) => encodeRecord(FROM_WATCH.done, Uint8Array.of(type, status));

/** Acknowledges nothing by itself. */
class SilentWatch implements FirmwareTransport {
  readonly written: Uint8Array[] = [];
  say: (bytes: Uint8Array) => void = () => {};
  end: (error?: Error) => void = () => {};
  isKilled = false;

  open(onBytes: (bytes: Uint8Array) => void, onEnd: (error?: Error) => void): void {
    this.say = onBytes;
    this.end = onEnd;
  }
  write(bytes: Uint8Array): void {
    this.written.push(bytes);
  }
  async close(): Promise<void> {}
  kill(): void {
    this.isKilled = true;
  }
}

describe('records', () => {
  test('come whole out of any pieces', () => {
    const records = [Uint8Array.of(1, 2), new Uint8Array(0), new Uint8Array(300).fill(7)];
    const bytes = records.flatMap((payload, i) => [...encodeRecord(i + 1, payload)]);
    for (const length of [1, 2, 5, 299, 1000]) {
      const reader = new RecordReader();
      const read = [];
      for (let from = 0; from < bytes.length; from += length)
        read.push(...reader.push(Uint8Array.from(bytes.slice(from, from + length))));
      expect(read).toEqual(records.map((payload, i) => ({ type: i + 1, payload })));
    }
  });

  test('samples are little-endian, and go out in records of a limited length', () => {
    const [first, second, ...rest] = sampleRecords(new Int16Array(RECORD_SAMPLES + 2).fill(-2));
    expect(rest).toEqual([]);
    expect(first!.length).toBe(3 + 2 * RECORD_SAMPLES);
    expect([...second!]).toEqual([2, 4, 0, 0xfe, 0xff, 0xfe, 0xff]);
  });

  test('names that the watch cannot hold are refused', () => {
    const goal = { seconds: 1, windows: 1 };
    expect(enrolRecord('ä'.repeat(15), goal)).toHaveLength(3 + 6 + 30);
    expect(() => enrolRecord('ä'.repeat(16), goal)).toThrow(/cannot be a person's name/);
    expect(() => enrolRecord('', goal)).toThrow(/cannot be a person's name/);
    expect(SUBJECT_BYTES).toBe(31);
  });
});

describe('events', () => {
  const context: MessageContext = {
    ...{ device: 'watch-1', streamId: 7, clockUnsynchronised: true, model: 'deit-micro' },
    threshold: { metric: 'cosine', value: 0.5 },
  };

  test('become messages of the topics', () => {
    const payload = new PayloadWriter()
      .uint(3, 4)
      .uint(2 ** 40, 8)
      .uint(500, 8)
      .uint(200, 4)
      .float(75)
      .float(0.5).bytes;
    const beat = decodeEvent({ type: FROM_WATCH.beat, payload });
    expect(messageOf(beat, context)).toEqual({
      kind: 'beat',
      body: {
        ...{ device: 'watch-1', streamId: 7, sequence: 3, clockUnsynchronised: true },
        ...{ rTimeUs: 2 ** 40, sampleIndex: 500, rrMs: 800, heartRate: 75, quality: 0.5 },
      },
    });
    expect(messageOf({ kind: 'state', state: 'verify' }, context)).toBeUndefined();
  });

  test('of an enrolment that failed say why', () => {
    const enrolment: FirmwareEnrolment = {
      state: 'failed',
      failure: 'too-few-windows',
      subject: 'ada',
      goalSeconds: 10,
      goalWindows: 5,
      elapsedUs: 5e6,
      windows: 2,
      refused: 6,
    };
    const event: FirmwareEvent = {
      ...{ kind: 'identity', sequence: 1, timeUs: 9, decision: 'undecided', windows: 0, score: null, subject: null },
      ...{ candidates: [], enrolment },
    };
    expect(messageOf(event, context)?.body).toMatchObject({
      decision: 'undecided',
      enrolment: { subject: 'ada', state: 'failed', progress: 0.5, reason: '2 usable windows of 8, 5 needed' },
    });
  });

  test.each([
    ['an unknown type', { type: 200, payload: new Uint8Array(0) }],
    ['too few bytes', { type: FROM_WATCH.beat, payload: new Uint8Array(5) }],
    ['an unknown state', { type: FROM_WATCH.state, payload: Uint8Array.of(9) }],
  ])('with %s are refused', (_, record) => {
    expect(() => decodeEvent(record)).toThrow(/the watch sent/);
  });
});

describe('FirmwareLink', () => {
  test('has eight records on their way at most, and gives each what became of it', async () => {
    const watch = new SilentWatch();
    const link = new FirmwareLink(watch, () => {});
    const sent: Promise<{ done: Promise<string> }>[] = [];
    for (let i = 0; i < 9; i++) sent.push(link.send(saveRecord()));
    const first = await sent[0]!;
    await sent[7];
    expect(watch.written).toHaveLength(8);
    watch.say(done(10, 6));
    expect(await first.done).toBe('no-room');
    await sent[8];
    expect(watch.written).toHaveLength(9);
    watch.end();
  });

  test('a request that is refused is an error with a hint', async () => {
    const watch = new SilentWatch();
    const link = new FirmwareLink(watch, () => {});
    const request = link.request(enrolRecord('ada', { seconds: 1, windows: 1 }), 'to enrol ada');
    await Promise.resolve();
    watch.say(done(6, 4));
    await expect(request).rejects.toMatchObject({
      message: 'the watch refuses to enrol ada: gallery-full',
      hint: expect.stringContaining('forget'),
    });
  });

  test('firmware that says nothing is ended', async () => {
    const watch = new SilentWatch();
    const { done: waiting } = await new FirmwareLink(watch, () => {}, 20).send(saveRecord());
    await expect(waiting).rejects.toThrow('the firmware has said nothing for 0.02 s');
    expect(watch.isKilled).toBe(true);
  });

  test('what ends the firmware is what its records end with, and bytes that are no records end it', async () => {
    const watch = new SilentWatch();
    const link = new FirmwareLink(watch, () => {});
    const { done: waiting } = await link.send(saveRecord());
    watch.end(new Error('burnt'));
    await expect(waiting).rejects.toThrow('burnt');
    await expect(link.send(saveRecord())).rejects.toThrow('burnt');

    const other = new SilentWatch();
    const { done: lost } = await new FirmwareLink(other, () => {}).send(saveRecord());
    other.say(encodeRecord(99, new Uint8Array(0)));
    await expect(lost).rejects.toThrow(/record of type 99/);
    expect(other.isKilled).toBe(true);
  });
});
