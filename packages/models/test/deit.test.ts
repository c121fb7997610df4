/** `deit-tiny` and `deit-micro`: tokens, learnt tokens, heads, and the outputs that training asks for. */
import type { Model } from '@edgebeat/graph';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { deitMicro, deitTiny } from '../src/index.js';
import { largestDeviation, type Output, runModel } from './run-model.js';
import { seededSource } from './seeded-source.js';

const everything = { classes: 5, separateLogits: true, tokensAfter: [1, 2, 3, 4] };

function beats(seed: number, count: number) {
  const source = seededSource(seed);
  return { data: Float32Array.from({ length: count * 900 }, () => source.normal()), shape: [count, 3, 300] };
}

/** The model with inner values among its outputs. */
function showing(model: Model, ...names: string[]): Model {
  const shown = model.graph.valueInfo.filter(({ name }) => names.includes(name));
  return { ...model, graph: { ...model.graph, outputs: [...model.graph.outputs, ...shown] } };
}

const initializer = (model: Model, name: string) =>
  model.graph.initializers.find((constant) => constant.name === name)!.data as Float32Array;

describe.each(['conv', 'patch'] as const)('deit-micro with a %s stem', (stem) => {
  const model = deitMicro({ ...everything, stem }, seededSource(1));
  let out: Record<string, Output>;

  beforeAll(async () => {
    [out] = await runModel(showing(model, 'tokens', 'embed', 'norm'), beats(2, 3));
  });

  test('starts with the learnt tokens, then those of the signal, all with their positions', () => {
    const positions = [...initializer(model, 'position_embedding')];
    out.embed!.rows.forEach((row, window) => {
      expect(row.slice(0, 128)).toEqual(positions.slice(0, 128));
      const sums = out.tokens!.rows[window]!.map((value, index) => Math.fround(value + positions[128 + index]!));
      expect(row.slice(128)).toEqual(sums);
    });
  });

  test('logits are the mean of both heads, the embedding that of both tokens', () => {
    out.logits!.rows.forEach((row, window) => {
      const [a, b] = [out.class_logits!.rows[window]!, out.distillation_logits!.rows[window]!];
      expect(a).not.toEqual(b);
      expect(largestDeviation(row, meanOf(a, b))).toBeLessThan(1e-6);
      const tokens = out.norm!.rows[window]!;
      const mean = meanOf(tokens.slice(0, 64), tokens.slice(64));
      expect(largestDeviation(out.embedding!.rows[window]!, mean)).toBeLessThan(1e-6);
    });
  });

  test('gives the tokens after each block, the last of which the heads read', () => {
    for (const after of [2, 3, 4]) {
      expect(out[`tokens_after_${after}`]!.rows).not.toEqual(out[`tokens_after_${after - 1}`]!.rows);
    }
    // At the start scale and bias of the last normalisation are 1 and 0.
    out.tokens_after_4!.rows.forEach((row, window) => {
      const normalised = [0, 1].flatMap((token) => standardised(row.slice(token * 64, (token + 1) * 64)));
      expect(largestDeviation(out.norm!.rows[window]!, normalised)).toBeLessThan(1e-4);
    });
  });

  test('draws the same weights whatever outputs are asked for', () => {
    const plain = deitMicro({ classes: 5, stem }, seededSource(1)).graph.initializers;
    const learnt = ({ dtype }: { dtype: string }) => dtype === 'float32';
    expect(plain.filter(learnt)).toEqual(model.graph.initializers.filter(learnt));
  });
});

const meanOf = (a: readonly number[], b: readonly number[]) => a.map((value, index) => (value + b[index]!) / 2);

function standardised(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return values.map((value) => (value - mean) / Math.sqrt(variance + 1e-5));
}

test('a patch token depends on its 15 samples alone', async () => {
  const model = showing(deitMicro({ classes: 5, stem: 'patch' }, seededSource(1)), 'tokens');
  const feed = beats(3, 1);
  const changed = { ...feed, data: feed.data.slice() };
  changed.data[300 + 44] = 9;
  const [{ tokens: before }, { tokens: after }] = await runModel(model, feed, changed);
  const differs = Array.from(
    { length: 20 },
    (_, token) =>
      largestDeviation(
        before!.rows[0]!.slice(token * 64, (token + 1) * 64),
        after!.rows[0]!.slice(token * 64, (token + 1) * 64),
      ) > 0,
  );
  expect(differs.flatMap((changes, token) => (changes ? [token] : []))).toEqual([2]);
});

test('deit-tiny has 12 blocks of width 192 with 3 heads, deit-micro 4 of width 64 with 2', () => {
  for (const [build, blocks, heads, headWidth] of [
    [deitTiny, 12, 3, 64],
    [deitMicro, 4, 2, 32],
  ] as const) {
    const { valueInfo } = build({ classes: 5 }, seededSource(1)).graph;
    const queries = valueInfo.filter(({ name }) => /^blocks\.\d+\.attn\.q$/.test(name));
    expect(queries.map(({ shape }) => shape)).toEqual(Array(blocks).fill(['N', heads, 22, headWidth]));
  }
});

test.each([0, 5, 1.5])('deit-micro has no tokens after block %d', (after) => {
  expect(() => deitMicro({ classes: 5, tokensAfter: [after] }, seededSource(1))).toThrow(
    `deit-micro: has no tokens after block ${after}`,
  );
});
