/** The recipe of an identity network, carried out: network, losses, batches and schedule as a plan for the training loop. */
import { createHash } from 'node:crypto';
import type { Model } from '@edgebeat/graph';
import { WindowAugmenter } from '../../augment/window-augmenter.js';
import type { TrainingPlan } from '../../loop/training.js';
import { fakeQuantized } from '../../quantization/fake-quantized.js';
import { RandomGenerator } from '../../random/random-generator.js';
import { RecipeError } from '../../recipe-error.js';
import { recipeLearningRate } from '../../schedule/recipe-learning-rate.js';
import { lossGraph } from '../../step/loss-graph.js';
import { trainingStep } from '../../step/training-step.js';
import { type DistillationRecipe, distillationParts } from '../distillation/distillation-recipe.js';
import { TaughtBatches } from '../distillation/taught-batches.js';
import type { Teacher, TeacherDescription } from '../distillation/teacher.js';
import { IdentityBatches } from './identity-batches.js';
import type { IdentityData } from './identity-data.js';
import { identityLosses } from './identity-losses.js';
import { identityNetwork } from './identity-networks.js';
import type { IdentityRecipe } from './identity-recipe.js';
import type { QuantizationStart } from './quantization-aware.js';

export interface IdentityPlanInput {
  readonly recipe: IdentityRecipe;
  readonly data: IdentityData;
  /** Noise recordings by name, for `augmentation.recordedNoise`. */
  readonly noises?: Readonly<Record<string, readonly Float32Array[]>>;
  /** For a recipe with `distillation`, which is left out without one. The caller releases it. */
  readonly teacher?: Teacher;
  /** For a recipe with `quantization`, and for no other. */
  readonly start?: QuantizationStart;
  readonly validate?: TrainingPlan['validate'];
  /** The validation figure that chooses the weights; the last weights are kept without it. */
  readonly score?: TrainingPlan['score'];
}

/**
 * @throws RecipeError for settings that cannot be followed, and a teacher that cannot teach them; GraphError for a network that
 * cannot be.
 */
export function identityPlan(input: IdentityPlanInput): TrainingPlan {
  const { recipe, data, noises = {}, teacher, start, validate, score } = input;
  const { persons, windows, steps, triplet, distillation } = recipe;
  // A training that is under way can still be given the temperature that its validation has told.
  const { temperature: _, ...course } = recipe;
  if (teacher) requireTeacher(recipe, data, teacher.about);
  if ((start === undefined) !== (recipe.quantization === undefined)) {
    throw new RecipeError(
      start
        ? 'a trained network to go on from is given to a float training'
        : 'there is no trained network to quantize',
      'Quantization-aware training wants both, a recipe with "quantization" and a trained network.',
    );
  }
  const quantized = (model: Model) => (start ? fakeQuantized(model, start.ranges) : model);
  const generator = new RandomGenerator(recipe.seed);
  const learningRate = recipeLearningRate(recipe);
  const classes = data.persons.length;
  const { jitter, ...augmentation } = recipe.augmentation;
  const batches = new IdentityBatches({
    ...{ records: data.records, persons, windows, classes, normalize: recipe.normalize },
    augmenter: new WindowAugmenter(augmentation, noises),
    generator: generator.fork('data'),
    ...(jitter && { jitter }),
    ...(recipe.beatShape && { beatShape: recipe.beatShape }),
    ...(recipe.blend && { blend: recipe.blend }),
  });
  const model = start?.model ?? identityNetwork(recipe.network, classes, generator.fork('weights'));
  const losses = identityLosses(recipe, classes, generator.fork('projections'), teacher?.about);
  const step = trainingStep(lossGraph(quantized(model), persons * windows, losses), {
    adamW: { weightDecay: recipe.weightDecay },
    clipNorm: recipe.clipNorm,
    lossWeights: { ...(triplet && { triplet: triplet.weight }), ...(teacher && weightsOf(distillation)) },
    isFrozen: (initializer) => initializer === 'neck.bias',
    keepsStatistics: start !== undefined,
  });
  return {
    model,
    step,
    source: teacher ? new TaughtBatches(batches, teacher, wantedAnswers(distillation)) : batches,
    steps,
    learningRate,
    recipe: {
      ...{ recipe: course, persons: data.persons, records: data.trainingRecords, signal: digestOf(data) },
      ...(teacher && { teacher: teacher.about.sha256 }),
    },
    ...(validate ? { validate: start ? (trained) => validate(quantized(trained)) : validate } : {}),
    ...(score ? { score } : {}),
  };
}

/** @throws RecipeError for a teacher of other persons or other windows, or a recipe without anything to learn from it. */
function requireTeacher(
  { network, normalize, distillation }: IdentityRecipe,
  data: IdentityData,
  teacher: TeacherDescription,
) {
  if (!distillation || network.name === 'resnet34')
    throw new RecipeError(`${network.name} has nothing to learn from a teacher by this recipe`, 'Train it without.');
  if (teacher.normalize !== normalize) {
    throw new RecipeError(
      `the teacher wants ${teacher.normalize} beats, ${network.name} is trained on ${normalize} ones`,
      'Give a teacher that was trained by the same protocol.',
    );
  }
  if (distillation.logits && teacher.persons.join('\n') !== data.persons.join('\n')) {
    throw new RecipeError(
      `the teacher knows ${teacher.persons.length} persons, not the ${data.persons.length} of this training in the same order`,
      'Give a teacher that was trained by the same protocol, and with --validation if this is.',
    );
  }
}

/** Of the losses, by their names. */
function weightsOf(distillation: DistillationRecipe = {}): Record<string, number> {
  const parts = distillationParts.flatMap((part) => {
    const settings = distillation[part];
    return settings ? [[part, settings.weight]] : [];
  });
  return Object.fromEntries(parts);
}

function wantedAnswers({ logits, features, relations, triplets }: DistillationRecipe = {}) {
  return {
    logits: logits !== undefined,
    stages: features !== undefined,
    embedding: relations !== undefined || triplets !== undefined,
  };
}

/** SHA-256 of the windows that train and their persons. */
function digestOf({ records }: IdentityData): string {
  const hash = createHash('sha256');
  let hashed: Float32Array | undefined;
  for (const { person, windows } of records) {
    for (const { signal, starts } of windows) {
      hash.update(`${person} ${starts.join(' ')}`);
      // The windows of a stretch share its signal.
      if (signal !== hashed) hash.update(new Uint8Array(signal.buffer, signal.byteOffset, signal.byteLength));
      hashed = signal;
    }
  }
  return hash.digest('hex');
}
