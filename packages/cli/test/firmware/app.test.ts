/** The firmware's app under sanitizers: what it answers is what the gateway answers to its frames, to the bit. */
import { join } from 'node:path';
import { openRecord } from '@edgebeat/ecg';
import { importModel, type Model } from '@edgebeat/graph';
import { loadWeights } from '@edgebeat/models';
import { type EcgSource, openSource, RecordSource, firmwareRecords as records } from '@edgebeat/sim-device';
import { decodeFrame, FLAG_LEAD_OFF } from '@edgebeat/wire';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../../../testing/recordings.js';
import { describeWithProgram } from '../../../../testing/system-packages.js';
import { compareMessages } from '../../src/firmware/compare-messages.js';
import { gatewayAnswers } from '../../src/firmware/gateway-answers.js';
import { type WatchAnswers, watchAnswers } from '../../src/firmware/watch-answers.js';
import { LooseContact } from './loose-contact.js';
import { NativeWatch, nativeFirmware, ToldWatch } from './native-watch.js';
import { millivoltSteps, settings, split } from './signal.js';

const ENROL = { subject: 'ada', seconds: 8, windows: 5 };

describeWithProgram('cc', 'the firmware app', (compiler) => {
  let int8: Model;
  let firmware: string;
  beforeAll(async () => {
    int8 = importModel(await loadWeights('deit-micro', 'int8'));
    firmware = nativeFirmware(compiler, { name: 'deit-micro', int8 });
  }, 120_000);
  afterEach(() => ToldWatch.killAll());

  const answers = (source: EcgSource) =>
    watchAnswers({
      ...{ device: 'watch-1', source, transport: new NativeWatch(firmware), signal: new AbortController().signal },
      ...{ streamId: 3, startTimeUs: 1_700_000_000_000_000, lowestQuality: 0.3 },
      autoEnrol: { subject: ENROL.subject, goal: ENROL },
    });

  const differences = async ({ frames, messages, started }: WatchAnswers) => {
    const gateway = await gatewayAnswers(int8, frames, {
      ...{ device: 'watch-1', threshold: started.threshold, windows: started.windows, lowestQuality: 0.3 },
      autoEnrol: ENROL,
    });
    return compareMessages(gateway, messages);
  };

  test('a synthetic wearer, enrolled and recognised', async () => {
    const watch = await answers(await openSource('synth:7', { seconds: 25 }));
    expect(await differences(watch)).toMatchObject({ mismatches: 0, firstDifference: null });
    expect(watch.messages.filter(({ kind }) => kind === 'beat').length).toBeGreaterThan(20);
    expect(watch.events.flatMap((event) => (event.kind === 'state' ? [event.state] : []))).toEqual([
      'boot',
      'enrol',
      'verify',
    ]);
    const last = watch.messages.findLast((message) => message.kind === 'identity')!;
    expect(last.body).toMatchObject({ decision: 'accepted', identity: 'ada' });
  });

  test('contact that is lost and comes back, in the middle of an enrolment and later', async () => {
    const heart = await openSource('synth:7', { seconds: 40 });
    const source = new LooseContact(heart, [
      { from: 5, to: 7.3 },
      { from: 25, to: 25.5 },
      { from: 39, to: 41 },
    ]);
    const watch = await answers(source);
    expect(await differences(watch)).toMatchObject({ mismatches: 0, firstDifference: null });
    const states = watch.events.flatMap((event) => (event.kind === 'state' ? [event.state] : []));
    expect(states).toEqual(['boot', 'enrol', 'lead-off', 'enrol', 'verify', 'lead-off', 'verify', 'lead-off']);
    expect(watch.frames.some((frame) => decodeFrame(frame).flags & FLAG_LEAD_OFF)).toBe(true);
    const failed = watch.events.flatMap((event) => (event.kind === 'identity' && event.enrolment?.failure) || []);
    expect(failed).toContain('contact-lost');
  });

  test('the same answers for every chunking', async () => {
    const steps = millivoltSteps(await openSource('synth:5', { seconds: 14, rate: 360 }));
    const told = [];
    for (const seed of [0, 1, 2]) {
      const watch = new ToldWatch(firmware);
      await watch.tell(
        records.startRecord(settings({ rateMilliHertz: 360_000, autoEnrol: { subject: 'eva', goal: ENROL } })),
      );
      await watch.tell(...split(steps, seed).flatMap((part) => records.sampleRecords(part)));
      await watch.end();
      told.push(watch.events);
    }
    expect(told[0]!.filter(({ kind }) => kind === 'identity').length).toBeGreaterThan(8);
    expect(told[1]).toEqual(told[0]);
    expect(told[2]).toEqual(told[0]);
  });

  describeWithRecordings('mitdb', 'on MIT-BIH, at 360 Hz', (folder) => {
    test.each(['101', '207'])('%s', async (record) => {
      const watch = await answers(await openSource(join(folder, record), { seconds: 30 }));
      expect(await differences(watch)).toMatchObject({ mismatches: 0, firstDifference: null });
      expect(watch.messages.length).toBeGreaterThan(80);
    });
  });

  describeWithRecordings('ecg-id', 'on ECG-ID, at 500 Hz', (folder) => {
    test('one person enrols, and hands the watch to another', async () => {
      const items = [];
      for (const person of ['Person_01', 'Person_02'])
        items.push({ record: await openRecord(join(folder, person, 'rec_1')), seconds: 18 });
      const watch = await answers(new RecordSource({ items, pauseSeconds: 2 }));
      expect(await differences(watch)).toMatchObject({ mismatches: 0, firstDifference: null });
      const decisions = watch.messages.flatMap(({ kind, body }) => (kind === 'identity' ? [body.decision] : []));
      expect(new Set(decisions)).toEqual(new Set(['enrolling', 'accepted', 'unknown']));
      expect(decisions.at(-1)).toBe('unknown');
    });
  });
});

describe('compareMessages', () => {
  const beat = (rTimeUs: number) => ({ kind: 'beat', body: { rTimeUs, heartRate: 60 } });

  test('tells what differs, is missing and too many', () => {
    expect(compareMessages([beat(1), beat(2)], [beat(1), beat(2)])).toEqual({
      messages: 2,
      mismatches: 0,
      firstDifference: null,
    });
    expect(compareMessages([beat(1), beat(2)], [beat(1), beat(3)]).mismatches).toBe(1);
    expect(compareMessages([beat(1), beat(2)], [beat(1)]).firstDifference).toMatch(/^beat 1: .* against none$/);
    expect(compareMessages([], [beat(1)]).mismatches).toBe(1);
  });
});
