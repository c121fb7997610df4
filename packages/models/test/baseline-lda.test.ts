/** `baseline-lda` in onnxruntime-node: what it makes of beats before the projection, and whose scores become whose logits. */
import { GraphError, readMetadata } from '@edgebeat/graph';
import { expect, test } from '@jest/globals';
import { type BaselineLdaOptions, baselineLda, ldaCrop } from '../src/index.js';
import { runModel } from './run-model.js';

const CROP = ldaCrop.before + ldaCrop.after;
const training = { data: ['some-set'], records: ['some-set/1/a', 'some-set/2/b[0,0.7)'] };

/** The crop itself. */
const asIs: BaselineLdaOptions['projection'] = {
  weight: Float32Array.from({ length: CROP * CROP }, (_, i) => (i % (CROP + 1) === 0 ? 1 : 0)),
  bias: new Float32Array(CROP),
};

/** Three beats, row by row. */
const windowOf = (sample: (index: number, beat: number) => number) =>
  Float32Array.from({ length: 900 }, (_, i) => sample(i % 300, Math.floor(i / 300)));

const outputsOf = async (options: BaselineLdaOptions, ...windows: Float32Array[]) => {
  const data = Float32Array.from(windows.flatMap((window) => [...window]));
  const [outputs] = await runModel(baselineLda(options), { data, shape: [windows.length, 3, 300] });
  return outputs;
};

const wave = (index: number, beat: number) => Math.sin(index / (9 + beat)) + index / 200;

test('the crop reaches from 60 samples before the R peak to 84 behind it, mean 0 and standard deviation 1', async () => {
  const mean = Array.from({ length: 300 }, (_, i) => (wave(i, 0) + wave(i, 1) + wave(i, 2)) / 3).slice(90, 235);
  const level = mean.reduce((sum, value) => sum + value, 0) / CROP;
  const deviation = Math.sqrt(mean.reduce((sum, value) => sum + (value - level) ** 2, 0) / CROP);
  const { embedding } = await outputsOf({ projection: asIs, training }, windowOf(wave));
  const [crop] = embedding!.rows;
  for (const [i, value] of mean.entries()) expect(crop![i]).toBeCloseTo((value - level) / deviation, 4);
});

test('does not see level and scale, nor anything outside the crop', async () => {
  const changes: ((index: number, beat: number) => number)[] = [
    (index, beat) => 7 * wave(index, beat) + 3,
    (index, beat) => wave(index, 2 - beat),
    (index, beat) => (index < 90 || index >= 235 ? 5 : wave(index, beat)),
  ];
  const { embedding } = await outputsOf({ projection: asIs, training }, ...[wave, ...changes].map(windowOf));
  const [plain, ...changed] = embedding!.rows;
  for (const row of changed)
    expect(Math.max(...row.map((value, i) => Math.abs(value - plain![i]!)))).toBeLessThan(1e-4);
});

test('projects with weight and bias; a flat window gives the bias', async () => {
  // Two sums over halves of the crop.
  const weight = Float32Array.from({ length: CROP * 2 }, (_, i) => (Math.floor(i / 2) < 60 === (i % 2 === 0) ? 1 : 0));
  const bias = Float32Array.of(0.25, -4);
  const windows = [windowOf(wave), windowOf(() => 0), windowOf(() => 1.5)];
  const { embedding: crops } = await outputsOf({ projection: asIs, training }, ...windows);
  const { embedding } = await outputsOf({ projection: { weight, bias }, training }, ...windows);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const [crop] = crops!.rows;
  expect(embedding!.rows[0]![0]).toBeCloseTo(sum(crop!.slice(0, 60)) + 0.25, 3);
  expect(embedding!.rows[0]![1]).toBeCloseTo(sum(crop!.slice(60)) - 4, 3);
  expect(embedding!.rows.slice(1)).toEqual([
    [0.25, -4],
    [0.25, -4],
  ]);
});

test("a person's logit is the largest of the person's scores", async () => {
  // A flat window makes the embedding the bias: (2, 5).
  const projection = { weight: new Float32Array(CROP * 2), bias: Float32Array.of(2, 5) };
  const scores = {
    weight: Float32Array.of(1, 0, -1, 3, 0, 1, 0, 0),
    bias: Float32Array.of(0, 0, -1, 1),
    persons: ['Ann', 'Bob', 'Ann', 'Cid'],
  };
  const { logits } = await outputsOf(
    { projection, scores, training },
    windowOf(() => 0),
  );
  // Scores are 2, 5, −3 and 7.
  expect(logits!.rows).toEqual([[2, 5, 7]]);
  const metadata = readMetadata(baselineLda({ projection, scores, training }).metadata);
  expect(metadata).toMatchObject({
    name: 'baseline-lda',
    normalize: 'z-score',
    window: { kind: 'identity', beats: 3, before: 150, after: 150 },
    classes: { identity: ['Ann', 'Bob', 'Cid'] },
    training,
  });
});

test('has neither logits nor classes without scores', () => {
  const model = baselineLda({ projection: asIs, training });
  expect(model.graph.outputs.map(({ name }) => name)).toEqual(['embedding']);
  expect(readMetadata(model.metadata).classes).toBeUndefined();
});

test('refuses a projection and scores whose sizes do not fit', () => {
  const short = { weight: new Float32Array(CROP * 2 - 1), bias: new Float32Array(2) };
  expect(() => baselineLda({ projection: short, training })).toThrow(GraphError);
  const projection = { weight: new Float32Array(CROP * 2), bias: new Float32Array(2) };
  const scores = { weight: new Float32Array(6), bias: new Float32Array(3), persons: ['Ann', 'Bob'] };
  expect(() => baselineLda({ projection, scores, training })).toThrow('3 scores speak for 2 persons');
});
