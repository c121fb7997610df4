import { countMacs } from '@edgebeat/graph';
import { StepSession } from '@edgebeat/trainer';
import { describe, expect, test } from '@jest/globals';
import { LABELS, type TrainingCase, trainingCases } from '../src/training-bench/cases.js';
import { MatMulReference } from '../src/training-bench/mat-mul-reference.js';
import { type ProfileEvent, sharesOf } from '../src/training-bench/operator-shares.js';
import { renderReport } from '../src/training-bench/report.js';
import { figuresOf, gflopOf, measureRow } from '../src/training-bench/rows.js';
import { syntheticBatch } from '../src/training-bench/synthetic-batch.js';

const caseOf = (name: string) => trainingCases.find(({ model }) => model === name) as TrainingCase;

describe('figures', () => {
  test('an operation is a multiplication or an addition, once forward and twice backward', () => {
    // A layer [64, 10] · [10, 20], its two gradients: 3 products of 64 · 10 · 20 multiply-accumulate operations.
    expect(gflopOf(10 * 20, 64)).toBeCloseTo((3 * 2 * 64 * 10 * 20) / 1e9, 15);
  });

  test('speed is that of the median step, set against the median product', () => {
    const times = { buildMs: 700, stepMs: [400, 200, 250, 1000], matMulGflops: [90, 110, 100, 20] };
    expect(figuresOf(times, 26)).toEqual({
      gflop: 26,
      stepMs: 325,
      stepMsMin: 200,
      gflops: 80,
      gflopsMax: 130,
      matMulGflops: 95,
      ratioToMatMul: 80 / 95,
      sessionMs: 700,
    });
  });
});

describe('shares of operators', () => {
  const node = (ts: number, operator: string, dur: number): ProfileEvent => ({
    cat: 'Node',
    name: `${operator}_0_kernel_time`,
    ts,
    dur,
    args: { op_name: operator },
  });
  const run = (ts: number, dur: number): ProfileEvent => ({ cat: 'Session', name: 'model_run', ts, dur });

  test('are those of all runs but the first, the largest first', () => {
    const events = [run(0, 100), node(10, 'Conv', 80), run(200, 50), node(210, 'Add', 10), node(230, 'Gemm', 15)];
    const later = [run(300, 50), node(310, 'Add', 5), node(320, 'Gemm', 20)];
    const shares = sharesOf([...later, ...events]);
    expect(Object.entries(shares)).toEqual([
      ['Gemm', 0.7],
      ['Add', 0.3],
    ]);
  });

  test('count the kernels, not what surrounds them', () => {
    const fence: ProfileEvent = { ...node(205, 'Gemm', 1000), name: 'Gemm_0_fence_before' };
    const shares = sharesOf([run(0, 100), run(200, 50), fence, node(210, 'Gemm', 10), node(230, 'Mul', 10)]);
    expect(shares).toEqual({ Gemm: 0.5, Mul: 0.5 });
  });
});

describe('a training step', () => {
  test('is measured in earnest', async () => {
    const reference = await MatMulReference.create(1);
    const row = await measureRow(caseOf('deit-micro'), reference, { steps: 2, threads: 1 }).finally(() =>
      reference.release(),
    );
    expect(row).toMatchObject({ model: 'deit-micro', variant: '', batch: 64 });
    expect(row.gflop).toBeCloseTo((6 * 64 * row.macs) / 1e9, 10);
    expect(row.stepMs).toBeGreaterThanOrEqual(row.stepMsMin);
    expect(row.gflops).toBeCloseTo(row.gflop / (row.stepMs / 1000), 6);
    expect(row.matMulGflops).toBeGreaterThan(0.1);
    expect(row.ratioToMatMul).toBeCloseTo(row.gflops / row.matMulGflops, 6);
    const shares = Object.values(row.shares);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
    expect(shares).toEqual(shares.toSorted((a, b) => b - a));
    expect(Object.keys(row.shares)).toEqual(expect.arrayContaining(['Gemm', 'LayerNormalization', 'Softmax']));
    const report = renderReport([row]);
    expect(report).toContain('| deit-micro');
    expect(report).toMatch(/Gemm \d+/);
    expect(report).not.toContain('NaN');
  });

  test('is timed for every network that is trained', () => {
    const names = new Set(trainingCases.map(({ model }) => model));
    expect(names).toEqual(new Set(['deit-tiny', 'deit-micro', 'resnet34', 'dt4ecg']));
  });

  // The others differ in size alone; their graphs take long to make.
  test.each(['deit-micro', 'dt4ecg'])('%s has a graph that takes the synthetic batch', (name) => {
    const { build, batch } = caseOf(name);
    const { model, step } = build();
    expect(step.batch).toBe(batch);
    expect(countMacs(model)).toBeGreaterThan(1e6);
    const examples = syntheticBatch(step, LABELS);
    expect(Object.keys(examples).sort()).toEqual([...step.batchInputs].sort());
  });

  test('learns from the synthetic batch, whose labels every task has', async () => {
    const { step } = caseOf('deit-micro').build();
    const batch = syntheticBatch(step, LABELS);
    const labels = [...(batch.identity_labels as BigInt64Array)];
    expect(new Set(labels).size).toBe(LABELS);
    expect(labels.every((label, index) => index % 4 === 0 || label === labels[index - 1])).toBe(true);
    const session = await StepSession.create(step, { threads: 1 });
    const losses: number[] = [];
    for (let number = 1; number <= 5; number++) {
      const { losses: found } = await session.run(batch, 1e-3, number);
      losses.push(found.identity!);
    }
    await session.release();
    expect(losses.at(-1)).toBeLessThan(losses[0]! - 0.5);
  });
});
