import { readFile } from 'node:fs/promises';
import { encodeModel, GraphBuilder, type Value, writeMetadata } from '@edgebeat/graph';
import { MemoryTemplateStore } from '@edgebeat/identity';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  createEngine,
  DeviceSession,
  Gallery,
  IdentityModel,
  Recognizer,
  type RecognizerOptions,
  type SessionResult,
} from '../src/index.js';
import { frames, type StreamOptions, startUs } from './stream.js';

const weights = new URL('../../models/weights/baseline-cosine.onnx', import.meta.url);
const options: RecognizerOptions = { threshold: { metric: 'cosine', value: 0.95 }, windows: 3, lowestQuality: 0.3 };
let model: IdentityModel;

beforeAll(async () => {
  model = await IdentityModel.load(await readFile(weights), await createEngine('ort-node'));
});
afterAll(() => model.close());

async function newSession(overrides: Partial<RecognizerOptions> = {}) {
  const gallery = await Gallery.open(new MemoryTemplateStore(), model.reference);
  const recognizer = new Recognizer(model, gallery, { ...options, ...overrides });
  const results: SessionResult[] = [];
  const session = new DeviceSession({
    device: 'watch-1',
    recognizer,
    normalize: model.normalize,
    emit: (result) => results.push(result),
  });
  const of = <Kind extends SessionResult['kind']>(kind: Kind) =>
    results.flatMap((result) =>
      result.kind === kind ? [result.body as Extract<SessionResult, { kind: Kind }>['body']] : [],
    );
  const feed = async (stream: StreamOptions) => {
    for (const payload of frames(stream).payloads) await session.handle(payload);
  };
  return { session, recognizer, gallery, results, of, feed };
}

describe('beats', () => {
  test('carry the time of their R peak, whatever frames were lost before', async () => {
    const { session, of } = await newSession();
    const { payloads, rTimesUs } = frames({ seconds: 60 });
    const lost = new Set([80, 81, 82, 150]);
    for (const [i, payload] of payloads.entries()) if (!lost.has(i)) await session.handle(payload);
    expect(session.counters).toMatchObject({ lost: 4, corrupt: 0, delivered: 296 });
    const beats = of('beat');
    expect(beats.length).toBeGreaterThan(60);
    for (const { rTimeUs } of beats) {
      const nearest = Math.min(...rTimesUs.map((time) => Math.abs(time - rTimeUs)));
      expect(nearest).toBeLessThanOrEqual(8000);
    }
    // sampleIndex counts what was missing, too.
    const last = beats.at(-1)!;
    expect(Math.abs(last.sampleIndex - ((last.rTimeUs - startUs) * 250) / 1e6)).toBeLessThanOrEqual(1);
  });

  test('give the heart rate, null until it is known', async () => {
    const { feed, of } = await newSession();
    await feed({ seconds: 20, rr: 0.75 });
    const rates = of('beat').map(({ heartRate }) => heartRate);
    expect(rates.slice(0, 3)).toEqual([null, null, null]);
    for (const rate of rates.slice(3)) expect(rate).toBeCloseTo(80, 0);
  });

  test('repeated, reordered and corrupt frames change nothing', async () => {
    const plain = await newSession();
    await plain.feed({ seconds: 30 });
    const disturbed = await newSession();
    const { payloads } = frames({ seconds: 30 });
    [payloads[20], payloads[21]] = [payloads[21]!, payloads[20]!];
    for (const [i, payload] of payloads.entries()) {
      await disturbed.session.handle(payload);
      if (i % 10 === 0) await disturbed.session.handle(payload);
      if (i === 40) await disturbed.session.handle(payload.map((byte, k) => (k === 37 ? byte ^ 4 : byte)));
    }
    expect(disturbed.session.counters).toMatchObject({ lost: 0, repeated: 15, reordered: 1, corrupt: 1 });
    const times = (session: typeof plain) => session.of('beat').map(({ rTimeUs }) => rTimeUs);
    expect(times(disturbed)).toEqual(times(plain));
  });

  test('no beat spans a restart of the device', async () => {
    const { feed, of, session } = await newSession();
    await feed({ seconds: 20 });
    await feed({ seconds: 20, streamId: 8, firstSequence: 0 });
    expect(session.counters.restarts).toBe(1);
    const second = of('beat').filter(({ streamId }) => streamId === 8);
    expect(second[0]!.rrMs).toBeNull();
    expect(second[0]!.sampleIndex).toBeLessThan(500);
  });
});

describe('the wearer', () => {
  test('is enrolled from the stream, recognised, and told from a stranger', async () => {
    const { feed, of, recognizer, gallery, session } = await newSession();
    recognizer.startEnrolment('ada', 15);
    await feed({ seconds: 30 });
    expect(gallery.templates.map(({ subject }) => subject)).toEqual(['ada']);
    const done = of('identity').find(({ enrolment }) => enrolment?.state === 'done')!;
    expect(done.windowEndUs - startUs).toBeGreaterThan(15e6);
    expect(done.windowEndUs - startUs).toBeLessThan(17e6);
    const after = of('identity').filter(({ windowEndUs }) => windowEndUs > done.windowEndUs);
    expect(after.length).toBeGreaterThan(10);
    for (const { decision, identity } of after) expect([decision, identity]).toEqual(['accepted', 'ada']);

    const before = of('identity').length;
    await feed({ seconds: 5, firstSequence: 150, leadOff: true });
    await feed({ seconds: 30, firstSequence: 175, inverted: true });
    const [contactLost, ...stranger] = of('identity').slice(before);
    expect(contactLost!.decision).toBe('undecided');
    expect(stranger.length).toBeGreaterThan(10);
    for (const { decision } of stranger) expect(decision).toBe('unknown');
    expect(session.counters.lost).toBe(0);
  });

  test('Euclidean distance decides as cosine similarity does', async () => {
    const euclidean = { threshold: { metric: 'euclidean', value: Math.sqrt(2 - 2 * 0.95) } } as const;
    const decisions = await Promise.all(
      [{}, euclidean].map(async (overrides) => {
        const { feed, of, recognizer } = await newSession(overrides);
        recognizer.startEnrolment('ada', 10);
        await feed({ seconds: 20 });
        await feed({ seconds: 2, firstSequence: 100, leadOff: true });
        await feed({ seconds: 20, firstSequence: 110, inverted: true });
        return of('identity').map(({ decision }) => decision);
      }),
    );
    expect(decisions[1]).toEqual(decisions[0]);
    expect(new Set(decisions[0])).toEqual(new Set(['enrolling', 'accepted', 'undecided', 'unknown']));
  });

  test('an enrolment fails when contact is lost, and says so', async () => {
    const { feed, of, recognizer, gallery } = await newSession();
    recognizer.startEnrolment('ada', 15);
    await feed({ seconds: 10 });
    await feed({ seconds: 2, firstSequence: 50, leadOff: true });
    expect(of('identity').at(-1)!.enrolment).toMatchObject({ state: 'failed', subject: 'ada' });
    expect(of('quality').at(-1)).toMatchObject({ sqi: 0, reasons: ['lead-off'] });
    expect(gallery.templates).toEqual([]);
  });

  test('an enrolment fails when the stream stops for long, or its clock is set back', async () => {
    for (const pause of [{ firstSequence: 65 }, { firstSequence: 50, clockShiftUs: -100e6 }]) {
      const { feed, of, recognizer, gallery } = await newSession();
      recognizer.startEnrolment('ada', 15);
      await feed({ seconds: 10 });
      await feed({ seconds: 20, inverted: true, ...pause });
      const reports = of('identity').flatMap(({ enrolment }) => (enrolment ? [enrolment] : []));
      expect(reports.at(-1)).toMatchObject({ state: 'failed', subject: 'ada' });
      expect(gallery.templates).toEqual([]);
    }
  });

  test('a watch that is put on later is enrolled then', async () => {
    const { feed, gallery } = await newSession({ autoEnrol: { subject: 'watch-1', seconds: 10 } });
    await feed({ seconds: 4, leadOff: true });
    await feed({ seconds: 6, firstSequence: 20 });
    await feed({ seconds: 4, firstSequence: 50, leadOff: true });
    await feed({ seconds: 20, firstSequence: 70 });
    expect(gallery.templates.map(({ subject }) => subject)).toEqual(['watch-1']);
  });

  test('a store that fails ends the enrolment with the reason, and beats go on', async () => {
    const { feed, of, recognizer, gallery } = await newSession();
    gallery.put = () => Promise.reject(new Error('no space left'));
    recognizer.startEnrolment('ada', 8);
    await feed({ seconds: 20 });
    const reports = of('identity').flatMap(({ enrolment }) => (enrolment ? [enrolment] : []));
    expect(reports.at(-1)).toMatchObject({ state: 'failed', reason: 'no space left' });
    expect(of('beat').length).toBeGreaterThan(20);
  });

  test('an enrolment can be given up', async () => {
    const { recognizer } = await newSession();
    expect(recognizer.cancelEnrolment()).toBeUndefined();
    recognizer.startEnrolment('ada', 15);
    expect(recognizer.cancelEnrolment()!.enrolment!.state).toBe('cancelled');
  });
});

test('templates of another model stand beside, and are passed over', async () => {
  const store = new MemoryTemplateStore();
  const embedding = Float32Array.of(1, 0);
  const other = { name: 'other', sha256: 'f'.repeat(64) };
  const template = { subject: 'ada', embedding, count: 5, createdAt: '2026-01-01T00:00:00.000Z' };
  await store.put({ ...template, model: other });
  await store.put({ ...template, model: model.reference });
  const gallery = await Gallery.open(store, model.reference);
  expect(gallery.templates).toHaveLength(1);
  expect(gallery.foreign).toBe(1);
  expect(await gallery.delete('ada')).toBe(true);
  expect(await store.list()).toEqual([]);
});

describe('a model of another kind is refused', () => {
  const metadata = writeMetadata({
    rate: 250,
    window: { kind: 'identity', beats: 3, before: 150, after: 150 },
    normalize: 'z-score',
  });
  const build = (shape: (number | string)[], make: (g: GraphBuilder, x: Value) => Value, output = 'embedding') => {
    const g = new GraphBuilder('other');
    g.output(output, make(g, g.input('beats', 'float32', shape)));
    return encodeModel(g.build({ metadata }));
  };
  const mean = (g: GraphBuilder, x: Value) => g.reduceMean(x, g.int64([1]), { keepdims: false });
  test.each([
    ['two beats', () => build(['N', 2, 300], mean), /\[N, 2, 300\]/],
    ['an embedding per beat', () => build(['N', 3, 300], (g, x) => g.relu(x)), /no embedding/],
    ['no embedding', () => build(['N', 3, 300], mean, 'logits'), /no output named 'embedding'/],
    ['not-a-number', () => build(['N', 3, 300], (g, x) => g.sqrt(g.neg(mean(g, x)))), /finite/],
    ['garbage', () => new Uint8Array(100).fill(7), /./],
  ])('%s', async (_, bytes, expected) => {
    const engine = await createEngine('ort-node');
    const load = IdentityModel.load(bytes(), engine);
    await expect(load).rejects.toThrow(expected);
    await expect(load).rejects.toMatchObject({ hint: expect.stringMatching(/./) });
  });
});

test('without a model there are beats and quality', async () => {
  const kinds: string[] = [];
  const session = new DeviceSession({ device: 'w', emit: ({ kind }) => kinds.push(kind) });
  for (const payload of frames({ seconds: 10 }).payloads) await session.handle(payload);
  expect(new Set(kinds)).toEqual(new Set(['beat', 'quality']));
});
