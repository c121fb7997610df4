/** Replay: every sample in its time, real gaps kept, truth of the playlist. */
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { describeWithRecordings } from '../../../testing/recordings.js';
import { type EcgSource, openSource, RecordSource, type ReplayItem, SourceError } from '../src/index.js';
import { annotation, countingRecord, gap } from './made-record.js';

/** `[time in s, value in µV]` of every sample, and the times of the true beats. */
function play(source: EcgSource, counts: () => number = () => 50) {
  const samples: [number, number][] = [];
  const beats: number[] = [];
  for (let chunk = source.read(counts()); chunk !== undefined; chunk = source.read(counts())) {
    const { seconds, rate } = chunk;
    chunk.samples.forEach((value, i) => {
      samples.push([Math.round((seconds + i / rate) * 1e6) / 1e6, Math.round(value * 1000)]);
    });
    beats.push(...(chunk.beats ?? []).map((beat) => Math.round(beat.seconds * 1e6) / 1e6));
  }
  return { samples, beats };
}

const once = (item: ReplayItem) => new RecordSource({ items: [item] });

describe('a record', () => {
  test('is played sample by sample, in chunks of any size', () => {
    const expected = Array.from({ length: 300 }, (_, i) => [i / 100, i]);
    fc.assert(
      fc.property(fc.infiniteStream(fc.integer({ min: 1, max: 120 })), (sizes) => {
        const source = once({ record: countingRecord(300, 100) });
        expect(play(source, () => sizes.next().value as number).samples).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  test('keeps its gaps in time', () => {
    const record = countingRecord(10, 10, { gaps: [gap(4, 22.5), gap(7, 1)] });
    const times = play(once({ record })).samples.map(([time]) => time);
    expect(times).toEqual([0, 0.1, 0.2, 0.3, 22.9, 23, 23.1, 24.2, 24.3, 24.4]);
  });

  test('has gaps where samples are invalid, unless there are only a few', () => {
    const record = countingRecord(2000, 500);
    const { samples } = record.channels[0]!;
    samples.fill(Number.NaN, 0, 5);
    samples.fill(Number.NaN, 1000, 1010);
    samples.fill(Number.NaN, 1500, 1511);
    const played = play(once({ record })).samples;
    expect(played[0]).toEqual([0.01, 5]);
    expect(played.length).toBe(2000 - 5 - 11);
    for (const [time, value] of played) expect(value).toBe(Math.round(time * 500));
  });

  test('has its annotated beats as truth, and only beats', () => {
    const annotations = [annotation(3), annotation(10, '+'), annotation(50, 'V'), annotation(99)];
    const record = countingRecord(100, 100, { gaps: [gap(40, 2)] });
    expect(play(once({ record, annotations }), () => 7).beats).toEqual([0.03, 2.5, 2.99]);
    expect(once({ record }).read(10)!.beats).toBeUndefined();
  });

  test('is played in part, its gaps and beats in their places', () => {
    const annotations = [annotation(3), annotation(50), annotation(80)];
    const record = countingRecord(100, 100, { gaps: [gap(20, 5), gap(60, 2)] });
    const part = once({ record, annotations, part: { from: 0.3, to: 0.85 } });
    const { samples, beats } = play(part, () => 7);
    expect(samples.map(([, value]) => value)).toEqual(Array.from({ length: 55 }, (_, i) => 30 + i));
    expect(samples[0]).toEqual([0, 30]);
    expect(samples[30]).toEqual([2.3, 60]);
    expect(beats).toEqual([0.2, 2.5]);
    expect(part.truthAt(2.56)).toEqual({ identity: null, activity: null });
    const again = play(once({ record, part: { from: 0.9, to: 1 }, seconds: 1.15 })).samples;
    expect(again.map(([time]) => time)).toEqual([
      ...[0, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09],
      ...[1.1, 1.11, 1.12, 1.13, 1.14],
    ]);
  });

  test('gives person and activity of its labels, or what is said instead', () => {
    const record = countingRecord(100, 100, { labels: { person: '07', activity: 'walking' } });
    expect(once({ record }).truthAt(0.5)).toEqual({ identity: '07', activity: 'walking' });
    expect(once({ record, identity: 'Ada' }).truthAt(0.5)).toEqual({ identity: 'Ada', activity: 'walking' });
    expect(once({ record }).truthAt(1.5)).toEqual({ identity: null, activity: null });
  });

  test('begins again where it is to play for longer than it lasts, and is cut where shorter', () => {
    const long = new RecordSource({ items: [{ record: countingRecord(10, 10), seconds: 4.5 }], pauseSeconds: 1 });
    const played = play(long).samples;
    expect(played.map(([, value]) => value)).toEqual([...Array(10).keys(), ...Array(10).keys(), 0, 1, 2, 3, 4]);
    expect(played[10]).toEqual([2, 0]);
    expect(played[20]).toEqual([4, 0]);
    expect(play(once({ record: countingRecord(10, 10), seconds: 0.25 })).samples.length).toBe(3);
  });
});

describe('a playlist', () => {
  const items = [
    { record: countingRecord(10, 10), identity: 'Ada' },
    { record: countingRecord(20, 20), identity: 'Grace', seconds: 2 },
  ];

  test('is played in turn, at each record’s own rate, with pauses, in loops', () => {
    const { samples } = play(new RecordSource({ items, pauseSeconds: 0.5, loops: 2 }));
    const starts = samples.filter(([, value]) => value === 0).map(([time]) => time);
    // One second of Ada, a pause, a second of Grace, a pause, half a second of Grace, a pause.
    expect(starts).toEqual([0, 1.5, 3, 4, 5.5, 7]);
    expect(samples.length).toBe(2 * (10 + 20 + 10));
  });

  test('tells who wears the watch when', () => {
    const source = new RecordSource({ items, pauseSeconds: 0.5, loops: 2 });
    const who = [0, 0.9, 1.2, 1.6, 3.2, 3.7, 4.5, 5.6, 8.5].map((time) => source.truthAt(time).identity);
    expect(who).toEqual(['Ada', 'Ada', null, 'Grace', 'Grace', null, 'Ada', 'Grace', null]);
  });

  test.each<[string, ConstructorParameters<typeof RecordSource>[0]]>([
    ['without a record', { items: [] }],
    ['with a channel that is not there', { items: [{ record: countingRecord(10, 10), channel: 'V5' }] }],
    ['with a record without samples', { items: [{ record: countingRecord(0, 10) }] }],
    ['with a length of nothing', { items: [{ record: countingRecord(10, 10), seconds: 0 }] }],
    ['with no part of a record', { items: [{ record: countingRecord(10, 10), part: { from: 0.5, to: 0.5 } }] }],
    ['with a part beyond a record', { items: [{ record: countingRecord(10, 10), part: { from: 0.5, to: 1.5 } }] }],
    ['with half a loop', { items, loops: 0.5 }],
    ['with a pause below 0', { items, pauseSeconds: -1 }],
  ])('%s is refused', (_, options) => {
    expect(() => new RecordSource(options)).toThrow(SourceError);
  });

  test('of something else than an ECG in mV is refused', () => {
    const record = countingRecord(10, 10);
    const channels = [{ ...record.channels[0]!, units: 'degC' }];
    expect(() => once({ record: { ...record, channels } })).toThrow(/degC/);
  });
});

test('synth:SEED is a synthetic person at rest', async () => {
  const source = await openSource('synth:7', { seconds: 2, rate: 500 });
  expect(source.truthAt(1)).toEqual({ identity: 'person-7', activity: 'rest' });
  expect(play(source).samples.length).toBe(1000);
});

describeWithRecordings('mitdb', 'a record of the MIT-BIH database', (folder) => {
  test('is replayed whole, with its reference beats', async () => {
    const source = await openSource(join(folder, '101'), { annotator: 'atr' });
    const { samples, beats } = play(source, () => 360);
    expect(samples.length).toBe(650_000);
    expect(beats.length).toBe(1865);
    // The R wave of a normal beat of this record stands well above its surroundings.
    const high = beats.slice(1, 100).filter((time) => samples[Math.round(time * 360)]![1] > 200);
    expect(high.length).toBeGreaterThan(95);
  });
});

describeWithRecordings('kalouskova', 'a Kalouskova recording with a large gap', (folder) => {
  test('keeps the gap', async () => {
    const source = await openSource(join(folder, '06', '06_01_chodza.csv'));
    let longest = 0;
    let end = 0;
    for (let chunk = source.read(100); chunk !== undefined; chunk = source.read(100)) {
      longest = Math.max(longest, chunk.seconds - end);
      end = chunk.seconds + chunk.samples.length / chunk.rate;
    }
    expect(longest).toBeGreaterThan(22);
    expect(longest).toBeLessThan(23);
    expect(source.truthAt(1).activity).toBe('walking');
  });
});
