/** The training loop: curves, validation, progress; and that a stop leaves no trace. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { encodeModel } from '@edgebeat/graph';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  type TrainingOptions,
  type TrainingOutcome,
  type TrainingPlan,
  type TrainingProgress,
  train,
} from '../../src/loop/training.js';
import { RecipeError } from '../../src/recipe-error.js';
import { StepSession, withState } from '../../src/step/step-session.js';
import { TrainingError } from '../../src/step/training-error.js';
import { temporaryFolder } from '../temporary-folder.js';
import { tinyPlan } from './tiny-training.js';

const folder = temporaryFolder();
let files = 0;
const newPath = () => join(folder, `${files++}.checkpoint`);

const every = 6;
const options = { every, threads: 1 } as const;
const run = (plan: TrainingPlan, more: TrainingOptions = {}) => train(plan, { ...options, ...more });

/** Everything that a training comes to, bit for bit. */
const traceOf = ({ model, ...rest }: TrainingOutcome) => ({
  ...rest,
  model: createHash('sha256').update(encodeModel(model)).digest('hex'),
});

/** The same 20 steps without the loop: what every step gave, and the state after it. */
async function stepByStep(plan: TrainingPlan) {
  const session = await StepSession.create(plan.step, { threads: 1 });
  try {
    const results = [];
    for (let step = 1; step <= plan.steps; step++) {
      const result = await session.run(await plan.source.next(), plan.learningRate(step), step);
      results.push({ ...result, state: session.state(), lossWeights: session.lossWeights! });
    }
    return results;
  } finally {
    await session.release();
  }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

let unbroken: TrainingOutcome;
let steps: Awaited<ReturnType<typeof stepByStep>>;
beforeAll(async () => {
  unbroken = await run(tinyPlan());
  steps = await stepByStep(tinyPlan());
});

describe('a training', () => {
  test('has points of the curves every so many steps and at the last one, each the mean since the one before', () => {
    expect(unbroken).toMatchObject({ isComplete: true, step: 20 });
    expect(unbroken.history.map(({ step }) => step)).toEqual([6, 12, 18, 20]);
    let from = 0;
    for (const point of unbroken.history) {
      const some = steps.slice(from, point.step);
      expect(point.gradientNorm).toBeCloseTo(mean(some.map(({ gradientNorm }) => gradientNorm)), 10);
      for (const name of ['sign', 'slope']) {
        expect(point.losses[name]).toBeCloseTo(mean(some.map(({ losses }) => losses[name]!)), 10);
        expect(point.figures[name]).toBeCloseTo(mean(some.map(({ figures }) => figures[name]!)), 10);
      }
      expect(point.learningRate).toBe(0.3 / Math.sqrt(point.step));
      const { lossWeights } = some.at(-1)!;
      expect(point.lossWeights).toEqual({ sign: lossWeights[0], slope: lossWeights[1] });
      from = point.step;
    }
  });

  test('judges the weights of the moment, and keeps those of the highest score', async () => {
    const plan = tinyPlan();
    const figures = await Promise.all(
      unbroken.history.map(({ step }) => plan.validate!(withState(plan.model, steps[step - 1]!.state))),
    );
    expect(unbroken.history.map(({ validation }) => validation)).toEqual(figures);
    const scores = figures.map((some) => plan.score!(some));
    const best = scores.indexOf(Math.max(...scores));
    const { step } = unbroken.history[best]!;
    expect(unbroken.best).toEqual({ step, score: scores[best], figures: figures[best] });
    expect(encodeModel(unbroken.model)).toEqual(encodeModel(withState(plan.model, steps[step - 1]!.state)));
    // Otherwise the last weights would pass for the best.
    expect(step).toBeLessThan(20);
  });

  test('keeps the latest of equal scores, and of figures without a score', async () => {
    for (const score of [() => 1, undefined]) {
      const { score: _, ...rest } = tinyPlan();
      const outcome = await run({ ...rest, ...(score ? { score } : {}) });
      expect(outcome.best!.step).toBe(20);
      expect(encodeModel(outcome.model)).toEqual(encodeModel(withState(rest.model, steps[19]!.state)));
    }
  });

  test('ends with the last weights where nothing is validated', async () => {
    const { validate: _, score: __, ...plan } = tinyPlan();
    const outcome = await run(plan);
    expect(outcome.best).toBeUndefined();
    expect(outcome.history.every((point) => point.validation === undefined)).toBe(true);
    expect(encodeModel(outcome.model)).toEqual(encodeModel(withState(plan.model, steps[19]!.state)));
  });

  test('learns', async () => {
    const { validate: _, score: __, ...plan } = tinyPlan({ steps: 200 });
    const { history } = await run({ ...plan, learningRate: () => 0.03 }, { every: 50 });
    for (const name of ['sign', 'slope']) {
      expect(history.at(-1)!.losses[name]).toBeLessThan(0.8 * history[0]!.losses[name]!);
    }
  });

  test('tells its progress before the first step and after each', async () => {
    const calls: TrainingProgress[] = [];
    await run(tinyPlan(), { onProgress: (progress) => calls.push(progress) });
    expect(calls.map(({ step }) => step)).toEqual(Array.from({ length: 21 }, (_, step) => step));
    expect(calls[0]).toEqual({ step: 0, steps: 20 });
    calls.slice(1).forEach(({ steps: all, result, point, best }, index) => {
      const { losses, figures, gradientNorm } = steps[index]!;
      expect(all).toBe(20);
      expect(result).toEqual({ losses, figures, gradientNorm });
      expect(point).toEqual(unbroken.history.findLast(({ step }) => step <= index + 1));
      expect(best === undefined).toBe(index + 1 < every);
    });
    expect(calls.at(-1)!.best).toEqual(unbroken.best);
  });

  test('gives other results for another seed', async () => {
    const other = await run(tinyPlan({ seed: 2 }));
    expect(other.history).not.toEqual(unbroken.history);
  });
});

/** Stops a training at steps, one after the other, and resumes it each time with a plan of its own. */
async function interrupted(checkpoint: string, stops: readonly number[], more: TrainingOptions = {}) {
  for (const stop of stops) {
    const controller = new AbortController();
    const outcome = await run(tinyPlan(), {
      checkpoint,
      ...more,
      signal: controller.signal,
      onProgress: ({ step }) => {
        if (step === stop) controller.abort();
      },
    });
    expect(outcome).toMatchObject({ isComplete: false, step: stop });
  }
  return run(tinyPlan(), { checkpoint, ...more });
}

describe('a training that was stopped and resumed ends in the same bits', () => {
  test.each<[string, number[]]>([
    ['before the first step', [0]],
    ['before the first point of the curves', [3]],
    ['at a point, after its validation', [6]],
    ['between points, after a validation', [9]],
    ['after the best weights were found', [13]],
    ['before the last step', [19]],
    ['again and again', [1, 2, 7, 12, 14, 18]],
  ])('%s', async (_, stops) => {
    expect(traceOf(await interrupted(newPath(), stops))).toEqual(traceOf(unbroken));
  });

  test('without validation', async () => {
    const plan = () => {
      const { validate: _, score: __, ...rest } = tinyPlan();
      return rest;
    };
    const checkpoint = newPath();
    const controller = new AbortController();
    const onProgress = ({ step }: TrainingProgress) => step === 8 && controller.abort();
    await run(plan(), { checkpoint, signal: controller.signal, onProgress });
    expect(traceOf(await run(plan(), { checkpoint }))).toEqual(traceOf(await run(plan())));
  });

  test('during a validation', async () => {
    const checkpoint = newPath();
    const controller = new AbortController();
    const plan = tinyPlan();
    const stopping = (...[model]: Parameters<NonNullable<TrainingPlan['validate']>>) => {
      controller.abort();
      return plan.validate!(model);
    };
    const outcome = await run({ ...plan, validate: stopping }, { checkpoint, signal: controller.signal });
    expect(outcome).toMatchObject({ isComplete: false, step: 6, history: unbroken.history.slice(0, 1) });
    expect(traceOf(await run(tinyPlan(), { checkpoint }))).toEqual(traceOf(unbroken));
  });

  test('where it was not stopped but broke off, from the latest checkpoint', async () => {
    const checkpoint = newPath();
    const broken = run(tinyPlan(), {
      checkpoint,
      checkpointEvery: 4,
      onProgress: ({ step }) => {
        if (step === 11) throw new Error('power cut');
      },
    });
    await expect(broken).rejects.toThrow('power cut');
    const begun: number[] = [];
    const resumed = await run(tinyPlan(), { checkpoint, onProgress: ({ step }) => begun.push(step) });
    expect(begun[0]).toBe(8);
    expect(traceOf(resumed)).toEqual(traceOf(unbroken));
  });
});

describe('the signal', () => {
  test('that was given before the first step stops it there, with the initial weights', async () => {
    const plan = tinyPlan();
    const outcome = await run(plan, { signal: AbortSignal.abort() });
    expect(outcome).toMatchObject({ isComplete: false, step: 0, history: [] });
    expect(encodeModel(outcome.model)).toEqual(encodeModel(plan.model));
  });

  test('leaves the best weights so far', async () => {
    const controller = new AbortController();
    const onProgress = ({ step }: TrainingProgress) => step === 9 && controller.abort();
    const { model, best, history } = await run(tinyPlan(), { signal: controller.signal, onProgress });
    expect(best!.step).toBe(6);
    expect(history).toEqual(unbroken.history.slice(0, 1));
    expect(encodeModel(model)).toEqual(encodeModel(withState(tinyPlan().model, steps[5]!.state)));
  });
});

describe('a training that is done', () => {
  test('stays so when it is run again with its checkpoint', async () => {
    const checkpoint = newPath();
    await run(tinyPlan(), { checkpoint });
    const calls: number[] = [];
    const again = await run(tinyPlan(), { checkpoint, onProgress: ({ step }) => calls.push(step) });
    expect(traceOf(again)).toEqual(traceOf(unbroken));
    expect(calls).toEqual([20]);
  });
});

describe('refused is', () => {
  test('a loss that is no longer finite, by name and step', async () => {
    const plan = tinyPlan();
    const wild = { ...plan, learningRate: (step: number) => (step === 3 ? 1e38 : 0.1) };
    const failing = run(wild);
    await expect(failing).rejects.toThrow(TrainingError);
    await expect(failing).rejects.toThrow(/is (NaN|-?Infinity) at step [45]/);
  });

  test('a score that is no number', async () => {
    const nothing = { ...tinyPlan(), validate: async () => ({ sign: Number.NaN, slope: 1 }) };
    const error = await run(nothing).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TrainingError);
    expect(error).toMatchObject({ message: 'the score on the validation part is NaN at step 6' });
  });

  test.each<[string, TrainingOptions, number, string]>([
    ['no steps', {}, 0, 'the number of steps is 0'],
    ['half a step', {}, 2.5, 'the number of steps is 2.5'],
    ['points every 0 steps', { every: 0 }, 20, 'the number of steps between points of the curves is 0'],
    ['checkpoints every −1 steps', { checkpointEvery: -1 }, 20, 'the number of steps between checkpoints is -1'],
  ])('%s', async (_, more, count, message) => {
    const running = run(tinyPlan({ steps: count }), more);
    await expect(running).rejects.toThrow(RecipeError);
    await expect(running).rejects.toThrow(message);
  });
});
