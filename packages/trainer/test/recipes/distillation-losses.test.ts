/**
 * What a student's losses are made of: each, in onnxruntime, against what its own formula makes of the student's outputs and of
 * the teacher's answers to the same windows.
 */
import { encodeModel, inferShapes, type Model } from '@edgebeat/graph';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { batchHardTriplet } from '../../src/losses/batch-hard-triplet.js';
import { crossEntropy, sharedCrossEntropy } from '../../src/losses/cross-entropy.js';
import { relationDistance } from '../../src/losses/relation-distance.js';
import { softLabelDivergence } from '../../src/losses/soft-labels.js';
import { taughtTriplet } from '../../src/losses/taught-triplet.js';
import { RandomGenerator } from '../../src/random/random-generator.js';
import { type DistillationRecipe, distillationParts } from '../../src/recipes/distillation/distillation-recipe.js';
import { Teacher } from '../../src/recipes/distillation/teacher.js';
import { alignTokens } from '../../src/recipes/distillation/token-alignment.js';
import { type IdentityData, loadIdentityData } from '../../src/recipes/identity/identity-data.js';
import { identityLosses } from '../../src/recipes/identity/identity-losses.js';
import { identityNetwork } from '../../src/recipes/identity/identity-networks.js';
import { identityPlan } from '../../src/recipes/identity/identity-plan.js';
import type { IdentityRecipe } from '../../src/recipes/identity/identity-recipe.js';
import { type LossGraph, lossGraph } from '../../src/step/loss-graph.js';
import type { Batch } from '../../src/step/step-session.js';
import { mean } from '../losses/formulas.js';
import { type Rows, runGraph } from '../losses/run-graph.js';
import { temporaryFolder } from '../temporary-folder.js';
import { partsOf, smallEcgId } from './small-identity-recipe.js';
import { smallStudentRecipe, smallTeacher } from './small-teacher.js';

const folder = temporaryFolder();
const date = '01.12.2004';
const blend = { probability: 0.6, share: [0.25, 0.45] } as const;
const ROWS = 12;

let data: IdentityData;
let teacher: Teacher;
beforeAll(async () => {
  data = await loadIdentityData(partsOf(await smallEcgId(folder, [[date, date], [date], [date]])));
  teacher = await Teacher.load(await smallTeacher(data));
}, 120_000);
afterAll(() => teacher.release());

/** Every output of a graph for a batch. */
async function outputsOf(model: Model, batch: Batch): Promise<Record<string, number[]>> {
  const session = await InferenceSession.create(encodeModel(model), { intraOpNumThreads: 1, logSeverityLevel: 3 });
  try {
    const feeds = model.graph.inputs.map(({ name, dtype, shape }) => {
      const sizes = shape!.map((size) => (typeof size === 'number' ? size : ROWS));
      return [name, new Tensor(dtype as 'float32', batch[name] as Float32Array, sizes)] as const;
    });
    const results = await session.run(Object.fromEntries(feeds));
    return Object.fromEntries(
      Object.entries(results).map(([name, { data: values }]) => [name, Array.from(values as Float32Array, Number)]),
    );
  } finally {
    await session.release();
  }
}

const rowsOf = (values: ArrayLike<number>): Rows => {
  const width = values.length / ROWS;
  return Array.from({ length: ROWS }, (_, row) => Array.from(values).slice(row * width, (row + 1) * width));
};

const ofNormOne = (row: readonly number[]) => row.map((value) => value / Math.hypot(...row));

/** A recipe's losses for one batch of its own, with what they are made of. */
async function lossesOf(changes: Partial<IdentityRecipe>) {
  const recipe = { ...smallStudentRecipe, ...changes };
  const { model, source } = identityPlan({ recipe, data, teacher });
  const graph = lossGraph(model, ROWS, identityLosses(recipe, 3, new RandomGenerator('projections'), teacher.about));
  const batch = await source.next();
  const found = await outputsOf(graph.model, batch);
  const student = await outputsOf(model, batch);
  const answers = await teacher.answer(batch.beats as Float32Array);
  const labels = Array.from(batch.person_label as BigInt64Array, Number);
  return { recipe, graph, batch, found, student, answers, labels };
}

type Losses = Awaited<ReturnType<typeof lossesOf>>;

/** Mean over stages, and over the tokens that have a counterpart, of the squared distance of directions. */
function featureLoss({ graph, student, answers }: Losses): number {
  const initial = (name: string) =>
    Array.from(graph.model.graph.initializers.find((one) => one.name === name)!.data as Float32Array);
  return mean(
    teacher.about.stages.map(({ channels, length }, stage) => {
      const { tokens, weights } = alignTokens(
        { first: 60, last: 240, count: length },
        { first: 85, last: 245, count: 20 },
      );
      const [begin, end] = tokens;
      expect([begin, end]).toEqual([0, 19]);
      const [weight, bias] = [initial(`projection${stage + 1}.weight`), initial(`projection${stage + 1}.bias`)];
      const distances = rowsOf(student[`tokens_after_${stage + 1}`]!).flatMap((window, row) =>
        Array.from({ length: end - begin }, (_, column) => {
          const token = window.slice((2 + begin + column) * 64, (3 + begin + column) * 64);
          const projected = bias.map((offset, channel) =>
            token.reduce((sum, value, i) => sum + value * weight[i * channels + channel]!, offset),
          );
          const map = answers.stages[stage]!.subarray(row * channels * length, (row + 1) * channels * length);
          const there = Array.from({ length: channels }, (_, channel) =>
            Array.from(map.subarray(channel * length, (channel + 1) * length)).reduce(
              (sum, value, at) => sum + value * weights[at * (end - begin) + column]!,
              0,
            ),
          );
          const [a, b] = [ofNormOne(projected), ofNormOne(there)];
          return a.reduce((sum, value, channel) => sum + (value - b[channel]!) ** 2, 0);
        }),
      );
      return mean(distances);
    }),
  );
}

describe.each<[string, Partial<IdentityRecipe>]>([
  ['persons as they are', {}],
  ['blended persons', { blend }],
])('of %s', (_, changes) => {
  let losses: Losses;
  let loss: (name: string) => number;
  beforeAll(async () => {
    losses = await lossesOf(changes);
    loss = (name) => losses.found[`loss/${name}`]![0]!;
  }, 60_000);
  const smoothing = 0.1;
  const directions = () => rowsOf(losses.student.embedding!).map(ofNormOne);
  const known = () => rowsOf(losses.answers.embedding).map(ofNormOne);
  const scalar = async (build: Parameters<typeof runGraph>[0]) => (await runGraph(build))[0]!;

  test('identity is the cross-entropy of the class token alone: the other one has a teacher', async () => {
    const { student, batch, labels } = losses;
    const expected = await scalar((g, input) => {
      const logits = input(rowsOf(student.class_logits!));
      const shares = batch.person_shares as Float32Array | undefined;
      return shares
        ? sharedCrossEntropy(g, logits, input(rowsOf(shares)), { smoothing })
        : crossEntropy(g, logits, g.int64(labels), { smoothing });
    });
    expect(loss('identity')).toBeCloseTo(expected, 5);
    expect(student.class_logits).not.toEqual(student.distillation_logits);
  });

  test('logits are the soft labels of the distillation token', async () => {
    const expected = await scalar((g, input) =>
      softLabelDivergence(
        g,
        input(rowsOf(losses.student.distillation_logits!)),
        input(rowsOf(losses.answers.logits)),
        4,
      ),
    );
    expect(expected).toBeGreaterThan(0.01);
    expect(loss('logits')).toBeCloseTo(expected, 5);
  });

  test('relations are those of the directions of the embeddings', async () => {
    const expected = await scalar((g, input) => relationDistance(g, input(directions()), input(known())));
    expect(expected).toBeGreaterThan(0.001);
    expect(loss('relations')).toBeCloseTo(expected, 5);
  });

  test("triplets are the teacher's hardest ones and the student's own", async () => {
    const [taught, own] = await Promise.all([
      scalar((g, input) => taughtTriplet(g, input(directions()), input(known()), g.int64(losses.labels), 0.3)),
      scalar((g, input) => batchHardTriplet(g, input(directions()), g.int64(losses.labels), 0.3)),
    ]);
    expect(loss('triplets')).toBeCloseTo(taught, 5);
    expect(loss('triplet')).toBeCloseTo(own, 5);
    expect(own).not.toBeCloseTo(taught, 3);
  });

  test('features are the distances of projected tokens from the maps of the teacher at the same time', () => {
    const expected = featureLoss(losses);
    expect(expected).toBeGreaterThan(0.5);
    expect(loss('features')).toBeCloseTo(expected, 4);
  });

  test('the figure is the accuracy of both heads, where a blend is the person of the larger share', () => {
    const { student, batch, labels, found } = losses;
    // Not all are blended.
    expect(labels.some((label) => label < 3)).toBe(true);
    expect(labels.some((label) => label >= 3)).toBe('blend' in changes);
    const best = (row: readonly number[]) => row.indexOf(Math.max(...row));
    const wanted = batch.person_shares ? rowsOf(batch.person_shares as Float32Array).map(best) : labels;
    const hits = rowsOf(student.logits!).filter((row, at) => best(row) === wanted[at]);
    expect(found['figure/identity']![0]).toBeCloseTo(hits.length / ROWS, 6);
  });
});

describe('a student', () => {
  const model = identityNetwork(smallStudentRecipe.network, 3, new RandomGenerator('weights'));
  /** The graph of these parts of what a teacher says. */
  function graphOf(distillation: DistillationRecipe): LossGraph {
    const recipe = { ...smallStudentRecipe, distillation };
    return lossGraph(model, ROWS, identityLosses(recipe, 3, new RandomGenerator('projections'), teacher.about));
  }

  test('without soft labels learns from the persons with both of its heads', async () => {
    const { logits: _, ...distillation } = smallStudentRecipe.distillation!;
    const { student, labels, found } = await lossesOf({ distillation });
    const of = (head: string) =>
      runGraph((g, input) => crossEntropy(g, input(rowsOf(student[head]!)), g.int64(labels), { smoothing: 0.1 }));
    const [[ofClass], [ofDistillation]] = await Promise.all([of('class_logits'), of('distillation_logits')]);
    expect(ofClass).not.toBeCloseTo(ofDistillation!, 3);
    expect(found['loss/identity']![0]).toBeCloseTo((ofClass! + ofDistillation!) / 2, 5);
    expect(found['loss/logits']).toBeUndefined();
  });

  test('with features has projections that are trained beside it, without them none', () => {
    const trained = ({ trainable }: LossGraph) => [...trainable].filter((name) => name.startsWith('projection'));
    const { features, ...others } = smallStudentRecipe.distillation!;
    expect(trained(graphOf(others))).toEqual([]);
    const graph = graphOf({ features: features! });
    const shapes = inferShapes(graph.model.graph);
    expect(trained(graph).map((name) => [name, shapes.get(name)!.shape])).toEqual(
      [4, 8, 16, 32].flatMap((channels, stage) => [
        [`projection${stage + 1}.weight`, [64, channels]],
        [`projection${stage + 1}.bias`, [channels]],
      ]),
    );
  });

  test('has the losses of the parts that its recipe has, whichever they are', () => {
    const all = smallStudentRecipe.distillation!;
    const outputs = ({ model }: LossGraph) => model.graph.outputs.map(({ name }) => name);
    const inputs = ({ model }: LossGraph) => model.graph.inputs.map(({ name }) => name);
    for (let bits = 0; bits < 16; bits++) {
      const parts = distillationParts.filter((_, k) => (bits >> k) % 2 === 1);
      const graph = graphOf(Object.fromEntries(parts.map((part) => [part, all[part]])));
      const losses = ['identity', 'triplet', ...parts];
      expect(graph.losses).toEqual(losses);
      expect(outputs(graph)).toEqual([...losses.map((name) => `loss/${name}`), 'figure/identity']);
      const wantsEmbedding = parts.includes('relations') || parts.includes('triplets');
      expect(inputs(graph)).toEqual([
        ...['beats', 'person_label'],
        ...(parts.includes('logits') ? ['teacher_logits'] : []),
        ...(parts.includes('features') ? [1, 2, 3, 4].map((stage) => `teacher_stage${stage}`) : []),
        ...(wantsEmbedding ? ['teacher_embedding'] : []),
      ]);
    }
  });
});
