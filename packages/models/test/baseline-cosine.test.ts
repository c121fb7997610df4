/** `baseline-cosine` in onnxruntime-node: what its embedding is, and what flat windows give. */

import { encodeModel } from '@edgebeat/graph';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { baselineCosine } from '../src/index.js';

let session: InferenceSession;

beforeAll(async () => {
  session = await InferenceSession.create(encodeModel(baselineCosine()), { intraOpNumThreads: 1 });
});

afterAll(() => session.release());

async function embed(windows: number[][][]): Promise<number[][]> {
  const data = Float32Array.from(windows.flat(2));
  const { embedding } = await session.run({ beats: new Tensor('float32', data, [windows.length, 3, 300]) });
  expect(embedding!.dims).toEqual([windows.length, 300]);
  const values = Array.from(embedding!.data as Float32Array);
  return windows.map((_, index) => values.slice(index * 300, (index + 1) * 300));
}

const window = (sample: (index: number, beat: number) => number) =>
  [0, 1, 2].map((beat) => Array.from({ length: 300 }, (_, index) => sample(index, beat)));

const dot = (a: number[], b: number[]) => a.reduce((sum, value, index) => sum + value * b[index]!, 0);

test('is the correlation of mean beats', async () => {
  const peak = (at: number) => (index: number) => Math.exp(-(((index - at) / 12) ** 2));
  const [a, b] = (await embed([window(peak(140)), window(peak(160))])) as [number[], number[]];
  expect(dot(a, a)).toBeCloseTo(1, 5);
  const centre = (values: number[]) => values.map((value) => value - values.reduce((sum, v) => sum + v, 0) / 300);
  const [x, y] = [140, 160].map((at) => centre(Array.from({ length: 300 }, (_, index) => peak(at)(index)))) as [
    number[],
    number[],
  ];
  expect(dot(a, b)).toBeCloseTo(dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y)), 5);
});

test('does not see level, scale or order of the beats', async () => {
  const wave = (index: number, beat: number) => Math.sin(index / (9 + beat));
  const [plain, louder, higher, reordered] = (await embed([
    window(wave),
    window((index, beat) => 7 * wave(index, beat)),
    window((index, beat) => wave(index, beat) + 3),
    window((index, beat) => wave(index, 2 - beat)),
  ])) as [number[], number[], number[], number[]];
  for (const other of [louder, higher, reordered]) expect(dot(plain, other)).toBeCloseTo(1, 5);
});

test('a flat window gives zeros, and nothing like an identity at any level', async () => {
  const [zero, level, odd] = (await embed([window(() => 0), window(() => 1), window(() => -0.3)])) as number[][];
  expect(zero).toEqual(Array(300).fill(0));
  expect(Math.sqrt(dot(level!, level!))).toBeLessThan(0.1);
  expect(Math.sqrt(dot(odd!, odd!))).toBeLessThan(0.1);
});
