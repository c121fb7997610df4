/** What the wearer does, from frames: when answers come, what they span, and when nothing is said. */
import { readFile } from 'node:fs/promises';
import { MemoryTemplateStore } from '@edgebeat/identity';
import type { MessageBody } from '@edgebeat/wire';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { steepnessModel } from '../../../testing/steepness-model.js';
import {
  ActivityModel,
  ActivityRecognizer,
  type ActivityRecognizerOptions,
  createEngine,
  DeviceSession,
  Gallery,
  IdentityModel,
  Recognizer,
} from '../src/index.js';
import { frames, type StreamOptions, startUs } from './stream.js';

let model: ActivityModel;
beforeAll(async () => {
  model = await ActivityModel.load(steepnessModel(), await createEngine('ort-node'));
});
afterAll(() => model.close());

function newSession(options?: ActivityRecognizerOptions) {
  const answers: MessageBody<'activity'>[] = [];
  const session = new DeviceSession({
    device: 'watch-1',
    activityRecognizer: new ActivityRecognizer(model, options),
    emit: (result) => {
      if (result.kind === 'activity') answers.push(result.body);
    },
  });
  const feed = async (stream: StreamOptions) => {
    let answered = 0;
    for (const payload of frames(stream).payloads) answered += await session.handle(payload);
    return answered;
  };
  return { session, answers, feed };
}

const secondsOf = (timeUs: number) => (timeUs - startUs) / 1e6;
const spans = (answers: readonly MessageBody<'activity'>[]) =>
  answers.map(({ windowStartUs, windowEndUs }) => [secondsOf(windowStartUs!), secondsOf(windowEndUs)]);

describe('activity', () => {
  test('is told every second from the first whole window on, over the latest three', async () => {
    const { answers, feed } = newSession();
    expect(await feed({ seconds: 9 })).toBe(6);
    expect(spans(answers)).toEqual([
      [0, 4],
      [0, 5],
      [0, 6],
      [1, 7],
      [2, 8],
      [3, 9],
    ]);
    expect(answers.map(({ windows }) => windows)).toEqual([1, 2, 3, 3, 3, 3]);
    for (const { activity, score, model } of answers) {
      expect([activity, model]).toEqual(['rest', 'steepness']);
      expect(score).toBeGreaterThan(0.9);
    }
    expect(answers[0]).toMatchObject({ device: 'watch-1', streamId: 7, sequence: 19 });
  });

  test('follows a change, after as many windows as are averaged', async () => {
    const changed = async (windows: number) => {
      const { answers, feed } = newSession({ windows });
      await feed({ seconds: 20 });
      await feed({ seconds: 20, firstSequence: 100, noisy: 2 });
      const lively = answers.find(({ activity }) => activity !== 'rest')!;
      expect(answers.at(-1)!.activity).toBe(lively.activity);
      return secondsOf(lively.windowEndUs) - 20;
    };
    const single = await changed(1);
    const steadied = await changed(5);
    expect(single).toBeLessThanOrEqual(4);
    expect(steadied).toBeGreaterThan(single);
    expect(steadied).toBeLessThanOrEqual(single + 4);
  });

  test('one odd window among steady ones is not believed', async () => {
    const odd = async (windows: number) => {
      const { answers, feed } = newSession({ windows, hop: 1000 });
      await feed({ seconds: 20 });
      await feed({ seconds: 4, firstSequence: 100, noisy: 2 });
      await feed({ seconds: 16, firstSequence: 120 });
      return answers.filter(({ activity }) => activity !== 'rest').length;
    };
    expect(await odd(1)).toBeGreaterThan(0);
    expect(await odd(5)).toBe(0);
  });

  test('begins anew after a gap: no answer spans it', async () => {
    const { answers, feed } = newSession();
    await feed({ seconds: 8 });
    const before = answers.length;
    await feed({ seconds: 8, firstSequence: 45 });
    expect(spans(answers.slice(before))).toEqual([
      [9, 13],
      [9, 14],
      [9, 15],
      [10, 16],
      [11, 17],
    ]);
  });

  test('is unknown once contact is lost, and begins anew with the next wearer', async () => {
    const { answers, feed } = newSession();
    await feed({ seconds: 8 });
    const before = answers.length;
    await feed({ seconds: 3, firstSequence: 40, leadOff: true });
    expect(answers.slice(before)).toMatchObject([{ activity: null, score: null, windows: 0 }]);
    expect(spans(answers.slice(before))).toEqual([[8, 8]]);
    await feed({ seconds: 5, firstSequence: 55 });
    expect(spans(answers.slice(before + 1))).toEqual([
      [11, 15],
      [11, 16],
    ]);
  });

  test('is unknown after a restart until a window is whole', async () => {
    const { answers, feed } = newSession();
    await feed({ seconds: 8 });
    await feed({ seconds: 5, streamId: 8, firstSequence: 0 });
    const restarted = answers.findIndex(({ activity }) => activity === null);
    expect(answers.slice(restarted).map(({ windows }) => windows)).toEqual([0, 1, 2]);
  });

  test('is not told from a signal without a heart in it', async () => {
    const { answers, feed } = newSession();
    await feed({ seconds: 10 });
    const before = answers.length;
    await feed({ seconds: 10, firstSequence: 50, flat: true });
    const flat = answers.slice(before);
    expect(flat).toHaveLength(10);
    // One flat second in a window of four is borne, two are not.
    expect(flat.map(({ activity }) => activity === null)).toEqual([false, ...Array(9).fill(true)]);
    expect(flat.at(-1)).toMatchObject({ activity: null, score: null, windows: 0 });
  });

  test('noise alone is no reason to say nothing: movement is what the model looks at', async () => {
    const { answers, feed } = newSession();
    await feed({ seconds: 20, noisy: 2 });
    expect(answers.length).toBe(17);
    for (const { activity } of answers) expect(activity).not.toBeNull();
  });

  test('is the same whatever was repeated, reordered or corrupt', async () => {
    const plain = newSession();
    await plain.feed({ seconds: 20 });
    const disturbed = newSession();
    const { payloads } = frames({ seconds: 20 });
    [payloads[20], payloads[21]] = [payloads[21]!, payloads[20]!];
    for (const [i, payload] of payloads.entries()) {
      await disturbed.session.handle(payload);
      if (i % 10 === 0) await disturbed.session.handle(payload);
      if (i === 40) await disturbed.session.handle(payload.map((byte, k) => (k === 37 ? byte ^ 4 : byte)));
    }
    expect(disturbed.answers).toEqual(plain.answers);
  });

  test.each([{ hop: 0 }, { hop: 2.5 }, { windows: 0 }])('refuses %j', (options) => {
    expect(() => newSession(options)).toThrow(/whole|of activity/);
  });
});

test('identity goes on when the activity model fails, and the failure is told', async () => {
  const weights = new URL('../../models/weights/baseline-cosine.onnx', import.meta.url);
  const identity = await IdentityModel.load(await readFile(weights), await createEngine('ort-node'));
  const closed = await ActivityModel.load(steepnessModel(), await createEngine('ort-node'));
  await closed.close();
  const gallery = await Gallery.open(new MemoryTemplateStore(), identity.reference);
  const kinds: string[] = [];
  const session = new DeviceSession({
    device: 'watch-1',
    recognizer: new Recognizer(identity, gallery, {
      threshold: { metric: 'cosine', value: 0.95 },
      windows: 3,
      lowestQuality: 0.3,
    }),
    normalize: identity.normalize,
    activityRecognizer: new ActivityRecognizer(closed),
    emit: ({ kind }) => kinds.push(kind),
  });
  const failures: unknown[] = [];
  for (const payload of frames({ seconds: 20 }).payloads)
    await session.handle(payload).catch((error: unknown) => failures.push(error));
  expect(failures).toHaveLength(17);
  expect(String(failures[0])).toMatch(/session is closed/);
  expect(kinds.filter((kind) => kind === 'identity').length).toBeGreaterThan(15);
  expect(kinds).not.toContain('activity');
  await identity.close();
});
