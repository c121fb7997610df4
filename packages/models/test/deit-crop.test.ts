/** What `deit-tiny` and `deit-micro` look at of each beat: their tokens, their size, and that they see nothing else. */
import { countMacs, countParameters, encodeModel, GraphError, type Model } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { type DeitOptions, deitMicro, deitTiny } from '../src/index.js';
import { runModel } from './run-model.js';
import { seededSource } from './seeded-source.js';

const crop = [85, 245] as const;
const micro = (options: Partial<DeitOptions> = {}) => deitMicro({ classes: 5, ...options }, seededSource(1));

const shapeOf = ({ graph }: Model, name: string) =>
  [...graph.valueInfo, ...graph.initializers].find((value) => value.name === name)!.shape!;

/** Two windows of noise, with 3 added at these samples of each beat. */
function windows(...changed: readonly number[]) {
  const source = seededSource(5);
  const chosen = new Set(changed);
  const sample = (index: number) => source.normal() + (chosen.has(index % 300) ? 3 : 0);
  return { data: Float32Array.from({ length: 2 * 3 * 300 }, (_, index) => sample(index)), shape: [2, 3, 300] };
}

describe.each([
  ['deit-micro', deitMicro, 64],
  ['deit-tiny', deitTiny, 192],
] as const)('%s of samples 85 to 245', (_, build, width) => {
  const options = { classes: 5, separateLogits: true, tokensAfter: [2, 4] };
  const of = (more: Partial<DeitOptions>) => build({ ...options, ...more }, seededSource(1));
  const whole = of({});
  const convolutional = of({ crop });
  const patches = of({ crop, stem: 'patch' });

  test('takes whole beats and has the outputs of the network without a crop, of the same sizes', async () => {
    expect(convolutional.graph.inputs).toEqual(whole.graph.inputs);
    const [outputs] = await runModel(convolutional, windows());
    expect(Object.fromEntries(Object.entries(outputs).map(([name, { shape }]) => [name, shape]))).toEqual({
      logits: [2, 5],
      embedding: [2, width],
      class_logits: [2, 5],
      distillation_logits: [2, 5],
      tokens_after_2: [2, 22, width],
      tokens_after_4: [2, 22, width],
    });
  });

  test('makes 20 tokens of 8 samples, by strides 2, 1 and 4 or one of 8', () => {
    const filters = width / 2;
    expect(shapeOf(convolutional, 'tokens')).toEqual(['N', 20, width]);
    expect(shapeOf(patches, 'tokens')).toEqual(['N', 20, width]);
    expect(stridesOf(convolutional)).toEqual([2, 1, 4]);
    expect(stridesOf(patches)).toEqual([8]);
    expect(shapeOf(convolutional, 'stem.proj.weight')).toEqual([width, filters, 4]);
    expect(shapeOf(patches, 'stem.proj.weight')).toEqual([width, 3, 8]);
  });

  test('is smaller by what its stem does not look at, which is little', () => {
    const filters = width / 2;
    // 80 places instead of 100 for the first two convolutions, 4 taps instead of 5 for the last.
    const saved = 20 * filters * (3 * 7 + filters * 3) + 20 * width * filters;
    expect(countMacs(whole) - countMacs(convolutional)).toBe(saved);
    expect(countParameters(whole) - countParameters(convolutional)).toBe(width * filters);
    expect(countMacs(convolutional)).toBeGreaterThan(0.96 * countMacs(whole));
    expect(countParameters(convolutional)).toBeGreaterThan(0.98 * countParameters(whole));
  });

  test.each([
    ['conv', convolutional],
    ['patch', patches],
  ])('sees no sample outside, and the outermost inside (%s stem)', async (_, model) => {
    const outside = Array.from({ length: 300 }, (_, at) => at).filter((at) => at < 85 || at >= 245);
    const [original, unseen, first, last] = await runModel(
      model,
      windows(),
      windows(...outside),
      windows(85),
      windows(244),
    );
    expect(unseen).toEqual(original);
    for (const seen of [first, last]) {
      for (const name of ['logits', 'embedding'])
        for (const row of [0, 1]) expect(seen[name]!.rows[row]).not.toEqual(original[name]!.rows[row]);
    }
  });
});

/** Strides of the stem's convolutions. */
function stridesOf({ graph }: Model): number[] {
  return graph.nodes
    .filter(({ name, operator }) => operator === 'Conv' && name.startsWith('stem.'))
    .map(({ attributes }) => {
      const strides = attributes.get('strides');
      if (strides?.kind !== 'ints') throw new Error('a convolution of the stem has no strides');
      return Number(strides.value[0]);
    });
}

test('a patch token depends on its 8 samples alone', async () => {
  const model = micro({ crop, stem: 'patch' });
  const shown = model.graph.valueInfo.filter(({ name }) => name === 'tokens');
  const showing = { ...model, graph: { ...model.graph, outputs: [...model.graph.outputs, ...shown] } };
  const tokensAt = (row: readonly number[]) => Array.from({ length: 20 }, (_, k) => row.slice(64 * k, 64 * k + 64));
  // The first and the last sample of token 3.
  const [plain, ...changed] = await runModel(showing, windows(), windows(85 + 24), windows(85 + 31));
  const before = tokensAt(plain.tokens!.rows[0]!);
  for (const { tokens } of changed) {
    const differing = tokensAt(tokens!.rows[0]!).flatMap((token, k) =>
      token.some((value, i) => value !== before[k]![i]) ? [k] : [],
    );
    expect(differing).toEqual([3]);
  }
});

test.each([
  [2, [2, 1, 1]],
  [3, [3, 1, 1]],
  [4, [2, 1, 2]],
  [6, [3, 1, 2]],
  [8, [2, 1, 4]],
  [9, [3, 1, 3]],
  [10, [2, 1, 5]],
  [12, [3, 1, 4]],
  [14, [2, 1, 7]],
  [15, [3, 1, 5]],
])('20 tokens of %i samples can be made, by strides %j', async (perToken, strides) => {
  const last = Math.min(300, 10 + 20 * perToken);
  const model = micro({ crop: [last - 20 * perToken, last] });
  expect(shapeOf(model, 'tokens')).toEqual(['N', 20, 64]);
  expect(stridesOf(model)).toEqual(strides);
  const [{ logits }] = await runModel(model, windows());
  expect(logits!.rows.flat().every(Number.isFinite)).toBe(true);
});

test('a crop of the whole beat is none', () => {
  expect(Buffer.compare(encodeModel(micro({ crop: [0, 300] })), encodeModel(micro()))).toBe(0);
});

test.each<[first: number, last: number, message: string]>([
  [85, 244, 'cannot make 20 tokens of 159 samples'],
  [0, 290, 'cannot make 20 tokens of 290 samples'],
  [100, 240, 'cannot make 20 tokens of 140 samples'],
  [100, 200, 'cannot make 20 tokens of 100 samples'],
  [140, 160, 'cannot make 20 tokens of 20 samples'],
  [85, Number.NaN, 'cannot make 20 tokens of NaN samples'],
  [-1, 299, 'first sample + 1 is 0'],
  [85.5, 245.5, 'first sample + 1 is 86.5'],
  [245, 245, 'number of samples is 0'],
  [245, 85, 'number of samples is -160'],
  [141, 301, 'cannot look at sample 301 of 300'],
])('[%d, %d) is refused', (first, last, message) => {
  for (const [name, build] of [
    ['deit-micro', deitMicro],
    ['deit-tiny', deitTiny],
  ] as const) {
    const refused = () => build({ classes: 5, crop: [first, last] }, seededSource(1));
    expect(refused).toThrow(GraphError);
    expect(refused).toThrow(`${name}: ${message}`);
  }
});
