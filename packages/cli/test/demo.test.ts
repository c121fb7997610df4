/** The main job, end to end, as a user starts it: watches, broker and gateway in one process, for a minute. */
import { describe, expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../../testing/recordings.js';
import { edgebeat } from './edgebeat-process.js';

interface Device {
  id: string;
  sourceBeats: number;
  beats: number;
  sourceIdentity: string;
  identity: string;
  identityAgreement: number;
  answers: number;
  swapNoticedSeconds: number | null;
  framesSent: number;
  framesLost: number;
}

describe('edgebeat demo', () => {
  test('finds the beats, knows the wearers, notices the swap, loses nothing, answers at once', async () => {
    const { status, report } = await edgebeat(['demo', '--seconds', '60', '--json']);
    expect(status).toBe(0);
    expect(report.schema).toBe('edgebeat.demo/1');
    const devices: Device[] = report.devices;
    expect(devices.map(({ id }) => id)).toEqual(['watch-1', 'watch-2', 'watch-3']);
    expect(devices.map(({ sourceIdentity }) => sourceIdentity)).toEqual(['ben', 'ada', 'eva']);
    for (const device of devices) {
      expect(device.sourceBeats).toBeGreaterThan(40);
      expect(Math.abs(device.beats - device.sourceBeats)).toBeLessThanOrEqual(0.02 * device.sourceBeats);
      expect(device.identityAgreement).toBeGreaterThanOrEqual(0.9);
      expect(device.answers).toBeGreaterThan(20);
      expect(device.identity).toBe(device.sourceIdentity);
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
    [['--data', '/no/such/folder'], /ECG-ID/],
  ])('refuses %j with one clear line and a hint', async (words, expected) => {
    const { status, stderr, stdout } = await edgebeat(['demo', ...words]);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^error: .+\nhint: .+\n$/);
    expect(stderr).toMatch(expected);
  });
});

describeWithRecordings('ecg-id', 'edgebeat demo on real persons', (folder) => {
  test('replays three of them and loses nothing', async () => {
    const { status, report } = await edgebeat(['demo', '--seconds', '40', '--data', folder, '--json']);
    expect(status).toBe(0);
    for (const device of report.devices as Device[]) {
      expect(device.sourceIdentity).toMatch(/^Person_/);
      expect(device.beats).toBeGreaterThan(25);
      expect(device.answers).toBeGreaterThan(5);
      expect(device.framesLost).toBe(0);
    }
  }, 90_000);
});
