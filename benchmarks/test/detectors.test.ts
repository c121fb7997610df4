import { join } from 'node:path';
import { countDetections, openRecord, scoreDetections } from '@edgebeat/ecg';
import { describe, expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../testing/recordings.js';
import { openScored } from '../src/detector-bench/recordings.js';
import { bandPassSections, responseAt } from '../src/detectors/butterworth.js';
import { detectors } from '../src/detectors/index.js';

const rate = 360;
/** A narrow triangle of 1 mV every 0.8 s, a round T wave 300 ms after each, and a little wander. */
const beats = Array.from({ length: 75 }, (_, i) => 0.5 + 0.8 * i);
const ecg = Float32Array.from({ length: 60 * rate }, (_, i) => {
  const time = i / rate;
  const near = beats.reduce((best, beat) => (Math.abs(time - beat) < Math.abs(best) ? time - beat : best), 1);
  const after = near < 0 ? near + 0.8 : near;
  return Math.max(0, 1 - Math.abs(near) / 0.03) + 0.2 * Math.exp(-(((after - 0.3) / 0.05) ** 2)) + 0.1 * Math.sin(time);
});

describe.each(detectors.map((detector) => [detector.name, detector] as const))('%s', (_, detector) => {
  test('finds every beat once it has learnt, and nothing else', () => {
    const found = detector.detect(ecg, rate).rPeaks.filter((time) => time > 10 && time < 59);
    const expected = beats.filter((time) => time > 10 && time < 59);
    expect(found).toHaveLength(expected.length);
    for (const [i, time] of expected.entries()) expect(Math.abs(found[i]! - time)).toBeLessThan(0.05);
  });

  test('finds no beat in a flat line', () => {
    expect(detector.detect(new Float32Array(30 * rate), rate).rPeaks).toEqual([]);
  });

  test('takes recordings that are too short to learn from', () => {
    for (const length of [0, 1, 10, rate]) {
      const { rPeaks } = detector.detect(ecg.slice(0, length), rate);
      for (const time of rPeaks) expect(time).toBeLessThanOrEqual(length / rate);
    }
  });

  if (detector.causal)
    test('decides on what it has seen: the future changes nothing that was reported', () => {
      const whole = detector.detect(ecg, rate);
      const cut = detector.detect(ecg.slice(0, 30 * rate), rate);
      // Resampling before the detector looks a few samples ahead.
      const settled = 30 - 0.1;
      const until = (times: typeof whole) => times.rPeaks.filter((_, i) => times.reportedAt![i]! < settled);
      expect(until(whole).length).toBeGreaterThan(20);
      expect(until(cut)).toEqual(until(whole));
    });
  else
    test('says that it has no delay to speak of', () => {
      expect(detector.detect(ecg, rate).reportedAt).toBeUndefined();
    });
});

test('the band-pass is 3 dB down at its edges and falls off as one of third order does', () => {
  const sections = bandPassSections(8, 20, 250);
  const response = (frequency: number) =>
    20 * Math.log10(sections.reduce((gain, section) => gain * responseAt(section, (2 * Math.PI * frequency) / 250), 1));
  expect(response(8)).toBeCloseTo(-3.01, 1);
  expect(response(20)).toBeCloseTo(-3.01, 1);
  expect(response(12.6)).toBeCloseTo(0, 1);
  // 1 / √(1 + q⁶) with q = (f₀² − f²) / (f · width), before the warping of frequencies.
  expect(response(2)).toBeGreaterThan(-49);
  expect(response(2)).toBeLessThan(-48);
  expect(response(80)).toBeLessThan(-50);
});

describeWithRecordings('mitdb', 'published detectors on the first minutes of two arrhythmia records', (folder) => {
  test.each([
    ['Hamilton (OSEA)', 0.995, 0.995],
    ['Pan–Tompkins', 0.99, 0.985],
    ['Elgendi', 0.995, 0.995],
    ['Christov', 0.98, 0.98],
  ])('%s is as good as its paper says', async (name, se, ppv) => {
    const detector = detectors.find((one) => one.name === name)!;
    for (const record of ['119', '230']) {
      const path = join(folder, record);
      const [{ channels }, { reference }] = await Promise.all([openRecord(path), openScored(path)]);
      const { rPeaks } = detector.detect(channels[0]!.samples.subarray(0, 400 * rate), rate);
      const firstMinutes = { ...reference, beats: reference.beats.filter((time) => time < 399) };
      const detected = rPeaks.filter((time) => time < 399).map((time) => ({ time, reportedAt: time }));
      const score = scoreDetections(countDetections(firstMinutes, detected, 20));
      expect(score.se).toBeGreaterThan(se);
      expect(score.ppv).toBeGreaterThan(ppv);
    }
  });
});
