/** Agreement of answers: of rows made by hand, and of the integer interpreter with onnxruntime. */
import { GraphBuilder, tensor } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import {
  type Answers,
  agreementOf,
  decidingOutputs,
  integerAnswers,
  ModelRunner,
  quantizeModel,
  readIntegerGraph,
} from '../../src/index.js';

const rows = (...windows: number[][]) => windows.map((window) => Float32Array.from(window));

describe('agreement', () => {
  const truth: Answers = new Map([
    ['logits', rows([1, 2], [3, 1], [0, 1], [5, 4])],
    ['activity', rows([1, 0], [1, 0], [1, 0], [1, 0])],
    ['embedding', rows([1, 0], [0, 1], [1, 1], [1, 0])],
  ]);
  const answers: Answers = new Map([
    ['logits', rows([1, 2.5], [1, 3], [0, 1], [5, 4])],
    ['activity', rows([1, 0], [1, 0], [0, 1], [1, 0])],
    ['embedding', rows([1, 0], [1, 0], [1, 1], [2, 0])],
  ]);

  test('is the share of windows in which all that is decided is decided alike', () => {
    const { agreement, windows, outputs } = agreementOf(truth, answers, ['logits', 'activity']);
    expect([agreement, windows]).toEqual([0.5, 4]);
    expect(outputs.map(({ output, decisions }) => [output, decisions])).toEqual([
      ['logits', 0.75],
      ['activity', 0.75],
      ['embedding', null],
    ]);
    expect(outputs[2]!.cosine).toBeCloseTo(0.75, 9);
    expect(outputs[0]!.largestDifference).toBe(2);
  });

  test('without a decision is the least mean cosine', () => {
    const only = (all: Answers) => new Map([['embedding', all.get('embedding')!]]);
    expect(agreementOf(only(truth), only(answers), []).agreement).toBeCloseTo(0.75, 9);
  });

  test('outputs decide that have classes, and logits', () => {
    const g = new GraphBuilder('g');
    const x = g.input('x', 'float32', ['N', 2]);
    for (const name of ['logits', 'activity', 'embedding']) g.output(name, g.relu(x));
    expect(decidingOutputs(g.build(), { classes: { activity: ['rest', 'walking'] } })).toEqual(['logits', 'activity']);
  });
});

test('the integer interpreter answers as onnxruntime on the int8 graph, but for rounding', async () => {
  const g = new GraphBuilder('small');
  const w = Float32Array.from({ length: 32 }, (_, i) => Math.sin(3 * i));
  const x = g.input('x', 'float32', ['N', 8]);
  g.output('y', g.gemm(x, g.constant(tensor('w', 'float32', [8, 4], w)), undefined, { name: 'fc' }));
  const windows = Array.from({ length: 12 }, (_, seed) =>
    Float32Array.from({ length: 8 }, (_, i) => Math.cos(seed + 2 * i)),
  );
  const { model } = await quantizeModel(g.build(), windows);
  const runner = await ModelRunner.open(model, { asWritten: true });
  const expected = await runner.run(windows);
  await runner.release();
  const seen: number[] = [];
  const answers = integerAnswers(readIntegerGraph(model), windows, (done) => seen.push(done));
  expect(seen).toEqual(windows.map((_, index) => index + 1));
  const { outputs } = agreementOf(expected, answers, []);
  expect(outputs[0]!.cosine).toBeGreaterThan(0.9999);
  // One step of the output's codes.
  expect(outputs[0]!.largestDifference).toBeLessThan(0.06);
});
