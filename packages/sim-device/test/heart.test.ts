/** The synthetic heart: RR intervals like those of people, waves that follow the rate as they should. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { describeWithRecordings } from '../../../testing/recordings.js';
import { Autonomic } from '../src/heart/autonomic.js';
import { rApexTime } from '../src/heart/r-apex.js';
import { placeWave, waveAt } from '../src/heart/wave.js';
import { type Activity, drawPerson, Random, SyntheticSource } from '../src/index.js';
import { average, powerAt, quantile, rrStatistics } from './signal-measures.js';

const madeRr = new Map<Activity, number[][]>();

/** RR intervals in ms of 24 persons who do the same for two minutes. */
function syntheticRr(activity: Activity): number[][] {
  const known = madeRr.get(activity);
  if (known !== undefined) return known;
  const made = Array.from({ length: 24 }, (_, seed) => {
    const schedule = [{ fromSeconds: 0, wearer: drawPerson(seed), activity }];
    const source = new SyntheticSource({ seed, rate: 100, seconds: 120, noiseLevel: 0, schedule });
    const times = source.read(12_000)!.beats!.map(({ seconds }) => seconds * 1000);
    return times.slice(1).map((time, i) => time - times[i]!);
  });
  madeRr.set(activity, made);
  return made;
}

describe('waves', () => {
  const person = drawPerson(1);
  const waveNamed = (name: string) => person.waves.find((wave) => wave.name === name)!;

  test('QT follows the square root of RR, QRS keeps its duration, PR shortens less', () => {
    const place = (name: string, rr: number) => placeWave(waveNamed(name), 0, rr, 1, 0);
    const halfTime = 0.5;
    expect(place('T', halfTime).center / place('T', 1).center).toBeCloseTo(Math.SQRT1_2, 9);
    expect(place('T', halfTime).widthAfter / place('T', 1).widthAfter).toBeCloseTo(Math.SQRT1_2, 9);
    expect(place('S', halfTime)).toEqual(place('S', 1));
    const pr = place('P', halfTime).center / place('P', 1).center;
    expect(pr).toBeGreaterThan(Math.SQRT1_2);
    expect(pr).toBeLessThan(1);
  });

  test('the R apex is the largest deflection of either sign', () => {
    const wave = { amplitude: -1, center: 5.0123, widthBefore: 0.01, widthAfter: 0.01 };
    const small = { ...wave, amplitude: 0.4, center: 4.985 };
    const apex = rApexTime([small, wave], 5);
    expect(Math.abs(apex - 5.0123)).toBeLessThan(0.001);
    const height = (time: number) => Math.abs(waveAt(small, time) + waveAt(wave, time));
    for (let time = 4.93; time < 5.07; time += 0.0001) expect(height(time)).toBeLessThanOrEqual(height(apex) + 1e-6);
  });
});

describe('persons', () => {
  const persons = Array.from({ length: 300 }, (_, seed) => drawPerson(seed));

  test('the same seed is the same person, another is another', () => {
    expect(drawPerson(4)).toEqual(drawPerson(4));
    expect(drawPerson(4, 'Ada')).toEqual({ ...drawPerson(4), name: 'Ada' });
    expect(new Set(persons.map(({ waves }) => JSON.stringify(waves))).size).toBe(300);
  });

  test('some have the main deflection downward, and it is always clearly the largest', () => {
    let negative = 0;
    for (const { waves } of persons) {
      const heights = waves.map(({ amplitude }) => Math.abs(amplitude)).sort((a, b) => b - a);
      expect(heights[1]! / heights[0]!).toBeLessThanOrEqual(0.71);
      const main = waves.find(({ amplitude }) => Math.abs(amplitude) === heights[0])!;
      expect(main.offset).toBe(0);
      if (main.amplitude < 0) negative++;
    }
    expect(negative / 300).toBeGreaterThan(0.12);
    expect(negative / 300).toBeLessThan(0.28);
  });
});

describe('RR intervals', () => {
  test('the heart works harder, and more evenly, from rest to running', () => {
    const rest = syntheticRr('rest').map(rrStatistics);
    const walking = syntheticRr('walking').map(rrStatistics);
    const running = syntheticRr('running').map(rrStatistics);
    rest.forEach((atRest, i) => {
      expect(walking[i]!.heartRate).toBeGreaterThan(atRest.heartRate + 5);
      expect(running[i]!.heartRate).toBeGreaterThan(walking[i]!.heartRate + 15);
      expect(running[i]!.rmssd).toBeLessThan(atRest.rmssd);
    });
  });

  test('their spectrum has the bands of Mayer waves and of breathing', () => {
    const bands = Array.from({ length: 12 }, (_, seed) => {
      const person = { ...drawPerson(seed), breathing: 1 };
      const autonomic = new Autonomic(person, new Random(seed), () => 'rest', 0);
      const rr = Array.from({ length: 2400 }, (_, i) => autonomic.rrAt(i / 4));
      const power = (hertz: number) => average([-2, -1, 0, 1, 2].map((k) => powerAt(rr, 4, hertz + k / 300)));
      return { mayer: power(0.1), between: power(0.155), breathing: power(14 / 60), above: power(0.4) };
    });
    const mean = (band: keyof (typeof bands)[number]) => average(bands.map((row) => row[band]));
    expect(mean('mayer')).toBeGreaterThan(4 * mean('between'));
    expect(mean('breathing')).toBeGreaterThan(4 * mean('between'));
    expect(mean('breathing')).toBeGreaterThan(20 * mean('above'));
  });

  test('a change of activity is followed within a minute, not at once', () => {
    const wearer = drawPerson(3);
    const schedule = [
      { fromSeconds: 0, wearer, activity: 'rest' },
      { fromSeconds: 60, wearer, activity: 'running' },
    ] as const;
    const beats = new SyntheticSource({ schedule, seconds: 140, noiseLevel: 0 }).read(35_000)!.beats!;
    const heartRate = (from: number, to: number) => {
      const times = beats.map(({ seconds }) => seconds).filter((time) => time >= from && time < to);
      return (60 * (times.length - 1)) / (times.at(-1)! - times[0]!);
    };
    expect(heartRate(60, 64)).toBeLessThan(heartRate(50, 60) + 20);
    expect(heartRate(120, 140)).toBeGreaterThan(heartRate(50, 60) + 40);
  });
});

describeWithRecordings('gudb-annotations', 'RR intervals of real people', (folder) => {
  function realRr(task: string): number[][] {
    return readdirSync(folder).flatMap((subject) => {
      const files = ['annotation_cs.tsv', 'annotation_cables.tsv'].map((name) => join(folder, subject, task, name));
      const file = files.find((path) => existsSync(path));
      if (file === undefined) return [];
      const peaks = readFileSync(file, 'utf8').trim().split(/\s+/).map(Number);
      const rr = peaks.slice(1).map((peak, i) => (peak - peaks[i]!) * 4);
      return [rr.filter((interval) => interval > 250 && interval < 2000)];
    });
  }

  test.each([
    ['sitting', 'rest'],
    ['walking', 'walking'],
    ['jogging', 'running'],
  ] as const)('while %s enclose the synthetic ones at %s', (task, activity) => {
    const real = realRr(task).map(rrStatistics);
    const synthetic = syntheticRr(activity).map(rrStatistics);
    expect(real.length).toBeGreaterThan(20);
    for (const measure of ['heartRate', 'sdnn', 'rmssd'] as const) {
      // The jogging series begin while the heart rate is still rising, which SDNN counts as variability.
      if (task === 'jogging' && measure === 'sdnn') continue;
      const range = real.map((row) => row[measure]);
      const median = quantile(
        synthetic.map((row) => row[measure]),
        0.5,
      );
      expect(median).toBeGreaterThan(quantile(range, 0.1));
      expect(median).toBeLessThan(quantile(range, 0.9));
    }
  });
});
