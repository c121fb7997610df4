/** Identity windows with the signal they are cut from: those of serving, parted in time, and cut anew to the same bits. */
import { type Normalization, normalize, openRecord, segmentChannel } from '@edgebeat/ecg';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSetRecord } from '../src/datasets/data-set.js';
import {
  DataSetError,
  ecgId,
  type IdentityStretch,
  type IdentityStretchOptions,
  identityStretches,
  kalouskova,
  type RecordPart,
} from '../src/index.js';
import { digestOf } from './recipes/digest.js';
import { ecgOf, writeEcgIdRecord, writeKalouskova } from './synthetic-data-sets.js';
import { temporaryFolder } from './temporary-folder.js';

const BEAT = 300;
const dataDir = temporaryFolder();
const parts: readonly RecordPart[] = [
  { from: 0, to: 0.4 },
  { from: 0.4, to: 0.7 },
  { from: 0.7, to: 1 },
];

/** Unbroken, 500 Hz. */
let plain: DataSetRecord;
/** 497.3 Hz; 3 s are missing after 5.5 s, 2 s after 7 s: the piece between them holds no window. */
let gapped: DataSetRecord;

beforeAll(async () => {
  const samples = ecgOf(1, { rate: 500, seconds: 16, seed: 1 });
  await writeEcgIdRecord(dataDir, { person: 1, record: 1, date: '01.12.2004', samples });
  writeKalouskova(dataDir, ['04_03_beh'], {
    ...{ seconds: 20, rate: 497.3 },
    gaps: [
      [5.5, 3],
      [7, 2],
    ],
  });
  plain = (await ecgId(dataDir)).subjects[0]!.records[0]!;
  gapped = (await kalouskova(dataDir)).subjects[0]!.records[0]!;
});

const stretchesOf = (record: DataSetRecord, options: Partial<IdentityStretchOptions> = {}) =>
  identityStretches(record, { normalize: 'z-score', ...options });

const windowsOf = (stretches: readonly IdentityStretch[]) => stretches.flatMap(({ windows }) => windows);
const answersOf = (windows: readonly { samples: Float32Array; quality: number }[]) =>
  windows.map(({ samples, quality }) => [digestOf(samples), quality] as const);

/** The pieces between gaps, with the windows that serving cuts. */
async function servedSegments({ path }: DataSetRecord, how: Normalization, stride: number) {
  const { channels, gaps } = await openRecord(path);
  return segmentChannel(channels[0]!, gaps, { identity: { normalize: how, stride } });
}

const servedWindows = async (...wanted: Parameters<typeof servedSegments>) =>
  (await servedSegments(...wanted)).flatMap(({ identityWindows }) => identityWindows);

/** Windows at their starts in the signal, normalised by hand. */
const cutAnew = (stretches: readonly IdentityStretch[], how: Normalization) =>
  stretches.flatMap(({ signal, windows }) =>
    windows.map(({ starts }) => {
      const beats = starts.map((start) => signal.slice(start, start + BEAT));
      for (const beat of beats) normalize(beat, how);
      return digestOf(...beats);
    }),
  );

describe.each([
  ['an unbroken record', () => plain],
  ['a record with gaps, at a rate that is no whole number', () => gapped],
] as const)('of %s', (_, record) => {
  let whole: IdentityStretch[];
  let perPart: IdentityStretch[][];
  beforeAll(async () => {
    whole = await stretchesOf(record());
    perPart = await Promise.all(parts.map((part) => stretchesOf(record(), { part })));
  });

  test('a window is cut at its starts and normalised beat by beat, in the whole and in parts', async () => {
    for (const stretches of [whole, ...perPart]) {
      expect(windowsOf(stretches).length).toBeGreaterThan(1);
      expect(cutAnew(stretches, 'z-score')).toEqual(windowsOf(stretches).map(({ samples }) => digestOf(samples)));
    }
    const scaled = await stretchesOf(record(), { part: parts[2]!, normalize: 'min-max' });
    expect(cutAnew(scaled, 'min-max')).toEqual(windowsOf(scaled).map(({ samples }) => digestOf(samples)));
    expect(windowsOf(scaled)).toHaveLength(windowsOf(perPart[2]!).length);
  });

  test('the windows of the whole are those of serving', async () => {
    expect(windowsOf(whole).length).toBeGreaterThan(10);
    expect(answersOf(windowsOf(whole))).toEqual(answersOf(await servedWindows(record(), 'z-score', 1)));
    const scaled = await stretchesOf(record(), { normalize: 'min-max' });
    expect(answersOf(windowsOf(scaled))).toEqual(answersOf(await servedWindows(record(), 'min-max', 1)));
  });

  test('the windows of parts are those of the whole, each in one part at most', () => {
    const all = answersOf(windowsOf(whole));
    const inParts = perPart.flatMap((stretches) => answersOf(windowsOf(stretches)));
    const names = new Set(inParts.map(([digest]) => digest));
    expect(inParts).toEqual(all.filter(([digest]) => names.has(digest)));
    // Two cuts, each through the windows that reach across it: those of five beats at most.
    expect(inParts.length).toBeGreaterThanOrEqual(all.length - 10);
    expect(inParts.length).toBeLessThan(all.length);
  });

  test('neighbouring parts share no sample: one after the other they are found in the signal of the whole', () => {
    const joined = Buffer.concat(whole.map(({ signal }) => Buffer.from(signal.buffer)));
    let end = 0;
    for (const { signal } of perPart.flat()) {
      const found = joined.indexOf(Buffer.from(signal.buffer), end);
      expect(found).toBeGreaterThanOrEqual(end);
      end = found + signal.byteLength;
    }
  });

  test('at a stride of three, windows share no beat: those of serving', async () => {
    const apart = await stretchesOf(record(), { stride: 3 });
    for (const { windows } of apart) {
      for (const [index, { starts }] of windows.slice(1).entries())
        expect(starts[0]).toBeGreaterThan(windows[index]!.starts[2]);
    }
    expect(answersOf(windowsOf(apart))).toEqual(answersOf(await servedWindows(record(), 'z-score', 3)));
  });
});

describe('a stretch', () => {
  test('lies between gaps, and is left out where it holds no window', async () => {
    const stretches = await stretchesOf(gapped);
    const served = await servedSegments(gapped, 'z-score', 1);
    expect(served.map(({ identityWindows }) => identityWindows.length > 0)).toEqual([true, false, true]);
    const seconds = stretches.map(({ signal }) => signal.length / 250);
    expect(seconds).toEqual([expect.closeTo(5.5, 1), expect.closeTo(13, 1)]);
    expect(stretches.map(({ record }) => record)).toEqual([gapped, gapped]);
  });

  test('holds the beats of its windows, R peaks in their middle', async () => {
    for (const { signal, windows } of await stretchesOf(plain)) {
      for (const { starts, quality } of windows) {
        for (const start of starts) {
          const beat = signal.subarray(start, start + BEAT);
          const peak = beat.indexOf(Math.max(...beat));
          expect(peak).toBeGreaterThan(145);
          expect(peak).toBeLessThan(155);
        }
        expect(quality).toBeGreaterThan(0);
        expect(quality).toBeLessThanOrEqual(1);
      }
    }
  });

  test('is not altered by how beats are normalised', async () => {
    const [raw, scaled] = await Promise.all(
      (['none', 'min-max'] as const).map((how) => stretchesOf(plain, { normalize: how })),
    );
    expect(digestOf(...raw!.map(({ signal }) => signal))).toBe(digestOf(...scaled!.map(({ signal }) => signal)));
    const [{ signal, windows }] = raw! as [IdentityStretch];
    expect(digestOf(...windows[0]!.starts.map((start) => signal.slice(start, start + BEAT)))).toBe(
      digestOf(windows[0]!.samples),
    );
  });
});

test('a part too short for three beats gives none', async () => {
  expect(await stretchesOf(plain, { part: { from: 0.4, to: 0.5 } })).toEqual([]);
});

test.each([
  [0.7, 0.4],
  [0, 1.1],
])('[%d, %d) is refused', async (from, to) => {
  await expect(stretchesOf(plain, { part: { from, to } })).rejects.toThrow(DataSetError);
});
