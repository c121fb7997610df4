/** The main job, end to end, as a user starts it: watches, broker and gateway in one process, for a minute. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeWithRecordings, recordingsOf } from '../../../testing/recordings.js';
import { activities, steepnessModel } from '../../../testing/steepness-model.js';
import { type Ended, edgebeat } from './edgebeat-process.js';

interface Device {
  id: string;
  sourceBeats: number;
  beats: number;
  wearer: string;
  isStranger: boolean;
  sourceIdentity: string | null;
  identity: string | null;
  identityAgreement: number;
  answers: number;
  swapNoticedSeconds: number | null;
  sourceActivity: string;
  activity: string;
  activityAgreement: number;
  activityAnswers: number;
  framesSent: number;
  framesLost: number;
}

let folder: string;
/** A small activity model, which needs no training and is right about some activities only. */
let steepness: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edgebeat-demo-'));
  steepness = join(folder, 'steepness.onnx');
  await writeFile(steepness, steepnessModel());
});
afterAll(() => rm(folder, { recursive: true }));

describe('edgebeat demo', () => {
  test('finds the beats, knows the wearers and what they do, notices the swap, loses nothing, answers at once', async () => {
    const { status, report } = await edgebeat(['demo', '--seconds', '60', '--json']);
    expect(status).toBe(0);
    expect(report).toMatchObject({ schema: 'edgebeat.demo/1', model: 'deit-micro', activityModel: 'dt4ecg' });
    const devices: Device[] = report.devices;
    expect(devices.map(({ id }) => id)).toEqual(['watch-1', 'watch-2', 'watch-3', 'watch-4', 'watch-5']);
    expect(devices.map(({ wearer }) => wearer)).toEqual(['ben', 'ada', 'eva', 'amy', 'lou']);
    expect(devices.map(({ isStranger }) => isStranger)).toEqual([false, false, false, true, true]);
    expect(devices.map(({ sourceIdentity }) => sourceIdentity)).toEqual(['ben', 'ada', 'eva', null, null]);
    expect(devices.map(({ sourceActivity }) => sourceActivity)).toEqual(['rest', 'rest', 'rest', 'walking', 'running']);
    for (const device of devices) {
      expect(device.sourceBeats).toBeGreaterThan(40);
      expect(Math.abs(device.beats - device.sourceBeats)).toBeLessThanOrEqual(0.02 * device.sourceBeats);
      expect(device.identityAgreement).toBeGreaterThanOrEqual(0.9);
      expect(device.answers).toBeGreaterThan(20);
      expect(device.identity).toBe(device.sourceIdentity);
      expect(activities).toContain(device.activity);
      expect(device.activityAnswers).toBeGreaterThan(35);
      expect(device.activityAgreement).toBeGreaterThanOrEqual(0.8);
      expect(device.framesSent).toBeGreaterThanOrEqual(300);
      expect(device.framesLost).toBe(0);
    }
    // The first two swapped, and the change was noticed; the third kept its wearer.
    expect(devices[0]!.swapNoticedSeconds).toBeLessThan(15);
    expect(devices[1]!.swapNoticedSeconds).toBeLessThan(15);
    expect(devices[2]!.swapNoticedSeconds).toBeNull();
    const { p50, p95, p99 } = report.answerLatencyMs;
    expect(p50).toBeGreaterThan(0);
    expect(p95).toBeLessThan(100);
    expect(p99).toBeGreaterThanOrEqual(p95);
  }, 120_000);

  test.each([
    [['--seconds', '5'], /30 or more/],
    [['--model', 'no-such-model'], /baseline-cosine/],
    [['--activity', 'swimming'], /squats/],
    [['--data', '/no/such/folder'], /ECG-ID.*Kalouskova/],
    [['--data', '/tmp', '--recordings', 'kalouskova'], /Kalouskova/],
    [['--data', '/tmp', '--recordings', 'mitdb'], /ecg-id, kalouskova/],
  ])('refuses %j with one clear line and a hint', async (words, expected) => {
    const { status, stderr, stdout } = await edgebeat(['demo', ...words]);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^error: .+\nhint: .+\n$/);
    expect(stderr).toMatch(expected);
  });
});

const kalouskova = recordingsOf('kalouskova');
describeWithRecordings(kalouskova === undefined ? 'kalouskova' : 'ecg-id', 'edgebeat demo on recordings', (ecgId) => {
  const demo = (...words: string[]) => edgebeat(['demo', '--json', ...words]);
  const real = kalouskova as string;
  let ofPersons: Promise<Ended>;
  let ofWearables: Promise<Ended>;
  let ofBoth: Promise<Ended>;
  // They play in real time and mostly wait: beside each other they take a minute, not three.
  beforeAll(() => {
    ofPersons = demo('--seconds', '60', '--seed', '2', '--data', ecgId);
    ofWearables = demo('--seconds', '60', '--data', real);
    ofBoth = demo(
      ...['--seconds', '44', '--data', dirname(real), '--recordings', 'kalouskova'],
      ...['--activity-model', steepness],
    );
  });

  test('replays three persons who are held out, knows them, and loses nothing', async () => {
    const { status, report } = await ofPersons;
    expect(status).toBe(0);
    for (const device of report.devices as Device[]) {
      expect(device.sourceIdentity).toMatch(/^Person_/);
      expect(device.beats).toBeGreaterThan(25);
      expect(device.answers).toBeGreaterThan(20);
      expect(device.identityAgreement).toBeGreaterThanOrEqual(0.95);
      expect(device.framesLost).toBe(0);
    }
  }, 90_000);

  test('replays the test parts of three wearables, activity by activity', async () => {
    const { status, report } = await ofWearables;
    expect(status).toBe(0);
    expect(report.swapSeconds).toBeNull();
    const devices: Device[] = report.devices;
    expect(devices).toHaveLength(3);
    // Each plays two activities: between them, all five.
    expect(devices.map(({ sourceActivity }) => sourceActivity)).toEqual(['arms', 'running', 'rest']);
    for (const device of devices) {
      expect(device.sourceIdentity).toMatch(/^\d\d$/);
      expect(device.beats).toBeGreaterThan(60);
      expect(device.answers).toBeGreaterThan(20);
      // Two parts of 18 s, the second not to its end, with a window of 4 s every second.
      expect(device.activityAnswers).toBeGreaterThanOrEqual(20);
      expect(device.activityAnswers).toBeLessThanOrEqual(30);
      expect(device.activityAgreement).toBeGreaterThanOrEqual(0.8);
      expect(device.swapNoticedSeconds).toBeNull();
      expect(device.framesLost).toBe(0);
    }
  }, 90_000);

  test('asks for them where a folder holds ECG-ID, too; takes another model, and says how little it knows', async () => {
    const { status, report } = await ofBoth;
    expect(status).toBe(0);
    expect(report.title).toMatch(/^Kalouskova/);
    expect(report.activityModel).toBe('steepness');
    // Steepness takes nearly everything for rest: right on the first watch, wrong on the one that walks.
    const [resting, walking] = report.devices as Device[];
    expect(resting!.activityAgreement).toBeGreaterThan(0.9);
    expect(walking!.activityAgreement).toBeLessThan(0.1);
  }, 90_000);
});
