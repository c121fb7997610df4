/** Quantization-aware training of an identity network: from a float file to a float file, and which files it refuses. */
import { join } from 'node:path';
import { decodeModel, encodeModel, type Model, quantizedValues, readMetadata } from '@edgebeat/graph';
import { loadWeights } from '@edgebeat/models';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { type TrainingOutcome, train } from '../../src/loop/training.js';
import { fakeQuantized } from '../../src/quantization/fake-quantized.js';
import { RandomGenerator } from '../../src/random/random-generator.js';
import { RecipeError } from '../../src/recipe-error.js';
import { type IdentityData, loadIdentityData } from '../../src/recipes/identity/identity-data.js';
import { identityNetwork } from '../../src/recipes/identity/identity-networks.js';
import { identityPlan } from '../../src/recipes/identity/identity-plan.js';
import { deitRecipe, type IdentityRecipe, resnet34Recipe } from '../../src/recipes/identity/identity-recipe.js';
import {
  type QuantizationStart,
  quantizationAware,
  quantizationStart,
} from '../../src/recipes/identity/quantization-aware.js';
import { type TrainedIdentity, trainIdentity } from '../../src/recipes/identity/train-identity.js';
import { withTrainedWeights } from '../../src/recipes/identity/trained-weights.js';
import { temporaryFolder } from '../temporary-folder.js';
import { digestOf } from './digest.js';
import { partsOf, smallEcgId, smallIdentityRecipe } from './small-identity-recipe.js';

const folder = temporaryFolder();
const date = '01.12.2004';
const float: IdentityRecipe = { ...smallIdentityRecipe, steps: 3 };
const aware: IdentityRecipe = { ...quantizationAware(float), steps: 4 };

let data: IdentityData;
let file: TrainedIdentity;
let start: QuantizationStart;
beforeAll(async () => {
  data = await loadIdentityData(partsOf(await smallEcgId(folder, [[date, date], [date], [date, date]])));
  file = await trainIdentity({ recipe: float, data }, { threads: 1 });
  start = await quantizationStart(file.bytes, aware, data);
}, 300_000);

const dataOf = ({ graph }: Model, name: string) => graph.initializers.find((one) => one.name === name)!.data;
const isSame = (a: Model, b: Model) => Buffer.compare(encodeModel(a), encodeModel(b)) === 0;

test('its recipe is that of the float network, but for a few small steps with fake quantization', () => {
  const { quantization, steps, learningRate, ...rest } = quantizationAware(float);
  expect({ ...rest, steps: float.steps, learningRate: float.learningRate }).toEqual(float);
  expect(learningRate).toBeLessThan(0.5 * float.learningRate);
  expect(steps).toBeGreaterThan(0);
  expect(quantization!.calibrationWindows).toBeGreaterThan(0);
});

describe('the start', () => {
  test('has the weights of the file, all outputs that losses want, and a range for every activation', () => {
    expect(start.model.graph.outputs.map(({ name }) => name).sort()).toEqual(['embedding', 'logits', 'pooled']);
    const small = file.model.graph.initializers.filter(
      ({ dtype, data: { length } }) => dtype === 'float32' && length < 1024,
    );
    expect(small.length).toBeGreaterThan(20);
    for (const { name, data: values } of small) expect(digestOf(dataOf(start.model, name))).toBe(digestOf(values));
    const [rounded, exact] = [start.model, file.model].map((model) => dataOf(model, 'stage4.block2.conv2.weight'));
    for (const [index, value] of [...(rounded as Float32Array)].entries())
      expect(Math.abs(value - Number(exact![index]))).toBeLessThanOrEqual(
        2 ** -10 * Math.abs(Number(exact![index])) + 1e-7,
      );
    expect(() => fakeQuantized(start.model, start.ranges)).not.toThrow();
    // Beats of mean 0 and deviation 1.
    expect(start.ranges.beats!.least).toBeLessThan(-1);
    expect(start.ranges.beats!.most).toBeGreaterThan(1);
  });

  test('is the same for the same file and seed', async () => {
    const again = await quantizationStart(file.bytes, aware, data);
    expect(again.ranges).toEqual(start.ranges);
    expect(isSame(again.model, start.model)).toBe(true);
    const other = await quantizationStart(
      file.bytes,
      { ...aware, seed: 2, quantization: { calibrationWindows: 2, coverage: 1 } },
      data,
    );
    expect(other.ranges).not.toEqual(start.ranges);
  });

  test('has the logits as they were trained, though the file has them divided by a temperature', async () => {
    const tempered = { ...float, temperature: 2 };
    const { bytes } = await trainIdentity({ recipe: tempered, data }, { threads: 1 });
    const { model } = await quantizationStart(bytes, { ...aware, temperature: 2 }, data);
    expect([...(dataOf(model, 'head.bias') as Float32Array)]).toEqual([
      ...(dataOf(file.model, 'head.bias') as Float32Array),
    ]);
    expect(dataOf(decodeModel(bytes), 'head.bias')).not.toEqual(dataOf(file.model, 'head.bias'));
  }, 300_000);
});

test('the weights that come with edgebeat fit the recipe that trained them', async () => {
  const shipped = decodeModel(await loadWeights('resnet34'));
  const { network } = resnet34Recipe('verification/unseen');
  const persons = readMetadata(shipped.metadata).classes!.identity!.length;
  const built = identityNetwork(network, persons, new RandomGenerator(1));
  const model = withTrainedWeights(built, shipped, 'resnet34');
  expect(digestOf(dataOf(model, 'stem.bn.running_mean'))).toBe(digestOf(dataOf(shipped, 'stem.bn.running_mean')));
  expect(digestOf(dataOf(model, 'stem.weight'))).not.toBe(digestOf(dataOf(built, 'stem.weight')));
});

describe('the training', () => {
  let outcome: TrainingOutcome;
  beforeAll(async () => {
    outcome = await train(identityPlan({ recipe: aware, data, start }), { threads: 1, every: 2 });
  }, 300_000);

  test('goes on from the weights of the file, and leaves its running statistics', () => {
    for (const { name, dtype, shape } of start.model.graph.initializers) {
      if (dtype !== 'float32' || shape.length === 0 || name === 'neck.bias') continue;
      const unchanged = digestOf(dataOf(outcome.model, name)) === digestOf(dataOf(start.model, name));
      expect([name, unchanged]).toEqual([name, /running/.test(name)]);
    }
    const head = (model: Model) => [...(dataOf(model, 'head.weight') as Float32Array)];
    const [before, after] = [head(start.model), head(outcome.model)];
    // At most the learning rate a step, and the decay of weights.
    const moved = Math.max(...after.map((value, index) => Math.abs(value - before[index]!)));
    expect(moved).toBeLessThan(5 * aware.steps * aware.learningRate);
  });

  test('computes its losses with fake quantization, without touching the float model that comes out', () => {
    const { step, model } = identityPlan({ recipe: aware, data, start });
    const countOf = (graph: Model['graph'], wanted: string) =>
      graph.nodes.filter(({ operator }) => operator === wanted).length;
    const { weights, activations } = quantizedValues(model.graph);
    expect(countOf(step.model.graph, 'QuantizeLinear')).toBe(weights.length + activations.length);
    expect(countOf(outcome.model.graph, 'QuantizeLinear')).toBe(0);
    expect(outcome.model.graph.nodes).toEqual(model.graph.nodes);
  });

  test('that was stopped and resumed ends in the same bits', async () => {
    const checkpoint = join(folder, 'aware.checkpoint');
    const controller = new AbortController();
    const stopped = await train(identityPlan({ recipe: aware, data, start }), {
      ...{ threads: 1, every: 2, checkpoint, signal: controller.signal },
      onProgress: ({ step }) => step === 2 && controller.abort(),
    });
    expect(stopped).toMatchObject({ isComplete: false, step: 2 });
    // As another process would: read and calibrated anew.
    const anew = await quantizationStart(file.bytes, aware, data);
    const resumed = await train(identityPlan({ recipe: aware, data, start: anew }), {
      threads: 1,
      every: 2,
      checkpoint,
    });
    expect(resumed.history).toEqual(outcome.history);
    expect(isSame(resumed.model, outcome.model)).toBe(true);
  }, 300_000);

  test('validates the quantized network', async () => {
    const seen: Model[] = [];
    const validate = async (model: Model) => {
      seen.push(model);
      return { accuracy: 1 };
    };
    const { validate: own, model } = identityPlan({ recipe: aware, data, start, validate, score: () => 1 });
    expect(await own!(model)).toEqual({ accuracy: 1 });
    expect(seen).toEqual([fakeQuantized(model, start.ranges)]);
  });
});

describe('the file', () => {
  test('is one of a float network with the usual metadata, and says its ranges', async () => {
    const { bytes, model } = await trainIdentity({ recipe: { ...aware, steps: 2 }, data, start }, { threads: 1 });
    const { ranges, ...metadata } = readMetadata(decodeModel(bytes).metadata);
    expect(metadata).toEqual(readMetadata(decodeModel(file.bytes).metadata));
    expect(ranges).toEqual(start.ranges);
    expect(decodeModel(bytes).graph.nodes).toEqual(decodeModel(file.bytes).graph.nodes);
    // Whoever quantizes the file finds a range for all that it holds.
    expect(() => fakeQuantized(model, ranges!)).not.toThrow();
    expect(() => fakeQuantized(decodeModel(bytes), ranges!)).not.toThrow();
    // And it can be gone on from.
    expect((await quantizationStart(bytes, aware, data)).ranges).not.toEqual(start.ranges);
  }, 300_000);

  test('with a temperature says the ranges of the logits that it has', async () => {
    const tempered = { ...aware, steps: 1, temperature: 2 };
    const { model } = await trainIdentity({ recipe: tempered, data, start }, { threads: 1 });
    const { ranges } = readMetadata(model.metadata);
    const { least, most } = start.ranges.logits!;
    expect(ranges).toEqual({ ...start.ranges, logits: { least: least / 2, most: most / 2 } });
  }, 300_000);
});

describe('refused is', () => {
  const startOf = (recipe: Partial<IdentityRecipe>, own = data) =>
    quantizationStart(file.bytes, { ...aware, ...recipe }, own);

  test.each<[string, Partial<IdentityRecipe>]>([
    ['of other sizes', { network: { ...smallIdentityRecipe.network, width: 8 } as IdentityRecipe['network'] }],
    ['of other layers', { network: { ...smallIdentityRecipe.network, neck: false } as IdentityRecipe['network'] }],
    ['that looks at another part of a beat', { network: { ...smallIdentityRecipe.network, crop: [70, 250] } }],
    ['of another kind', { network: deitRecipe('deit-micro', 'ecg-id/closed').network }],
  ])('a file of a network %s', async (_, recipe) => {
    await expect(startOf(recipe)).rejects.toThrow(RecipeError);
    await expect(startOf(recipe)).rejects.toThrow(/^resnet34 is not the (resnet34|deit-micro) of this recipe$/);
  });

  test('a file of other persons, or of beats that are normalised otherwise', async () => {
    const others = { ...data, persons: data.persons.toReversed() };
    await expect(startOf({}, others)).rejects.toThrow('resnet34 knows 3 persons, not the 3 of this training');
    await expect(startOf({ normalize: 'min-max' })).rejects.toThrow('resnet34 wants z-score beats');
  });

  test('a recipe without quantization that gets a start, and the other way round', async () => {
    await expect(quantizationStart(file.bytes, float, data)).rejects.toThrow('the recipe is of a float training');
    expect(() => identityPlan({ recipe: float, data, start })).toThrow(RecipeError);
    expect(() => identityPlan({ recipe: aware, data })).toThrow('there is no trained network to quantize');
  });
});
