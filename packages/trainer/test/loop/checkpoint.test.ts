/** Checkpoints that do not fit, or are no longer what was written. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tensor } from '@edgebeat/graph';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { CheckpointError } from '../../src/checkpoint/checkpoint-error.js';
import { readTensorFile } from '../../src/checkpoint/read-tensor-file.js';
import { type TensorFile, writeTensorFile } from '../../src/checkpoint/write-tensor-file.js';
import { type TrainingOptions, type TrainingPlan, train } from '../../src/loop/training.js';
import { TrainingError } from '../../src/step/training-error.js';
import { temporaryFolder } from '../temporary-folder.js';
import { tinyPlan } from './tiny-training.js';

const folder = temporaryFolder();
const original = join(folder, 'original.checkpoint');
let files = 0;

/** Training stopped at step 8 of 20, after one validation. */
beforeAll(async () => {
  const controller = new AbortController();
  await train(tinyPlan(), {
    every: 6,
    threads: 1,
    checkpoint: original,
    signal: controller.signal,
    onProgress: ({ step }) => step === 8 && controller.abort(),
  });
});

const KEY = 'edgebeat.training';

interface Content {
  fingerprint: string;
  source: unknown;
  [field: string]: unknown;
}

/** A copy of the checkpoint, changed. */
async function changed(change: (file: TensorFile, content: Content) => Partial<TensorFile>): Promise<string> {
  const path = join(folder, `${files++}.checkpoint`);
  const file = await readTensorFile(original);
  const content = JSON.parse(file.metadata[KEY]!) as Content;
  const { tensors = file.tensors, metadata = file.metadata } = change(file, content);
  await writeTensorFile(path, { tensors, metadata });
  return path;
}

const saying = (text: string) => () => ({ metadata: { [KEY]: text } });
const withFields = (fields: Record<string, unknown>) =>
  changed((_, content) => ({ metadata: { [KEY]: JSON.stringify({ ...content, ...fields }) } }));

const goOn = (checkpoint: string, plan: TrainingPlan = tinyPlan(), options: TrainingOptions = {}) =>
  train(plan, { every: 6, threads: 1, checkpoint, ...options }).catch((error: unknown) => error);

test('the one that was written says where the training stands, and holds state and best weights', async () => {
  const { tensors, metadata } = await readTensorFile(original);
  expect(Object.keys(metadata)).toEqual([KEY]);
  const content = JSON.parse(metadata[KEY]!) as Content;
  expect(content).toMatchObject({
    fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
    step: 8,
    history: [{ step: 6 }],
    pending: { steps: 2 },
    best: { step: 6 },
  });
  const parameters = ['conv', 'scale', 'shift', 'sign head', 'slope head'];
  const statistics = ['mean', 'variance'];
  expect(tensors.map(({ name }) => name).sort()).toEqual(
    [
      'loss_weights',
      ...parameters.flatMap((name) => [name, `adamw/first/${name}`, `adamw/second/${name}`, `best/${name}`]),
      ...statistics.flatMap((name) => [name, `best/${name}`]),
    ].sort(),
  );
});

describe('of another training', () => {
  test.each<[string, () => TrainingPlan, TrainingOptions]>([
    ['recipe', () => ({ ...tinyPlan(), recipe: { seed: 1, data: 'other' } }), {}],
    ['initial weights', () => ({ ...tinyPlan({ seed: 2 }), recipe: { seed: 1 } }), {}],
    ['number of steps', () => tinyPlan({ steps: 30 }), {}],
    ['distance of points', () => tinyPlan(), { every: 5 }],
    ['number of threads', () => tinyPlan(), { threads: 2 }],
  ])('is refused: another %s', async (_, plan, options) => {
    const path = join(folder, `${files++}.checkpoint`);
    copyFileSync(original, path);
    const error = await goOn(path, plan(), options);
    expect(error).toBeInstanceOf(TrainingError);
    expect(error).toMatchObject({
      message: `${path} is the checkpoint of another training: recipe, data, number of steps or threads, or edgebeat itself differ`,
      hint: expect.stringContaining('--checkpoint'),
    });
    // It is still there for the training that it belongs to.
    expect(readFileSync(path)).toEqual(readFileSync(original));
  });

  test('is refused: another step of the same model', async () => {
    const plan = tinyPlan();
    const { nodes } = plan.step.model.graph;
    const fewer = {
      ...plan.step,
      model: { ...plan.step.model, graph: { ...plan.step.model.graph, nodes: [...nodes] } },
    };
    expect(await goOn(original, { ...plan, step: fewer })).toMatchObject({ isComplete: true });
    const renamed = nodes.map((node, index) => (index === 0 ? { ...node, name: 'other' } : node));
    const other = { ...fewer, model: { ...fewer.model, graph: { ...fewer.model.graph, nodes: renamed } } };
    expect(await goOn(original, { ...plan, step: other })).toBeInstanceOf(TrainingError);
  });
});

describe('that is damaged is refused by its name and what is wrong with it', () => {
  test.each<[string, () => Promise<string>, RegExp]>([
    ['no checkpoint at all', () => changed(() => ({ metadata: { other: 'text' } })), /is no checkpoint of a training/],
    ['no JSON', () => changed(saying('{"fingerprint": "12')), /no JSON$/],
    ['JSON of nothing', () => changed(saying('null')), /no JSON object/],
    ['a list', () => changed(saying('[1]')), /no JSON object/],
    ['nothing', () => changed(saying('{}')), /its "fingerprint" is undefined/],
    ['half a step', () => withFields({ step: 7.5 }), /its "step" is 7\.5/],
    ['a step before the first', () => withFields({ step: -1 }), /its "step" is -1/],
    ['no history', () => withFields({ history: undefined }), /its "history" is undefined/],
    ['a history of numbers', () => withFields({ history: [1] }), /its "history" is \[1\]/],
    ['no sums', () => withFields({ pending: null }), /its "pending" is null/],
    ['sums of nothing', () => withFields({ pending: { steps: 2 } }), /its "pending" is/],
    ['a best without a score', () => withFields({ best: { step: 6 } }), /its "best" is/],
    [
      'a source of other data',
      () => withFields({ source: { key: [1], words: [] } }),
      /its place in the data, saved generator/,
    ],
    ['no source', () => withFields({ source: undefined }), /its place in the data/],
    [
      'best weights that lack one',
      () => changed(({ tensors }) => ({ tensors: tensors.filter(({ name }) => name !== 'best/conv') })),
      /its best weights have 0 values of "conv"/,
    ],
    [
      'best weights of another size',
      () =>
        changed(({ tensors }) => ({
          tensors: tensors.map((one) =>
            one.name === 'best/mean' ? tensor('best/mean', 'float32', [3], [1, 2, 3]) : one,
          ),
        })),
      /its best weights have 3 values of "mean"/,
    ],
    [
      'a state of another type',
      () =>
        changed(({ tensors }) => ({
          tensors: tensors.map((one) => (one.name === 'mean' ? tensor('mean', 'float64', [4], [1, 2, 3, 4]) : one)),
        })),
      /its tensor "mean" is of float64/,
    ],
  ])('%s', async (_, make, problem) => {
    const path = await make();
    const error = await goOn(path);
    expect(error).toBeInstanceOf(CheckpointError);
    expect((error as CheckpointError).message).toMatch(problem);
    expect((error as CheckpointError).message.startsWith(`${path}: `)).toBe(true);
    expect((error as CheckpointError).hint).not.toBe('');
  });

  test('a state that lacks a tensor', async () => {
    const path = await changed(({ tensors }) => ({
      tensors: tensors.filter(({ name }) => name !== 'adamw/first/conv'),
    }));
    const error = await goOn(path);
    expect(error).toBeInstanceOf(TrainingError);
    expect(error).toMatchObject({ message: expect.stringContaining('nothing for "adamw/first/conv"') });
  });

  test('a file that is cut short, and one that is something else', async () => {
    const path = join(folder, `${files++}.checkpoint`);
    writeFileSync(path, readFileSync(original).subarray(0, -10));
    expect(await goOn(path)).toBeInstanceOf(CheckpointError);
    writeFileSync(path, 'a letter');
    expect(await goOn(path)).toBeInstanceOf(CheckpointError);
  });
});
