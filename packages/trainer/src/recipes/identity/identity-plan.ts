/** The recipe of an identity network, carried out: network, losses, batches and schedule as a plan for the training loop. */
import { createHash } from 'node:crypto';
import { resnet34 } from '@edgebeat/models';
import { WindowAugmenter } from '../../augment/window-augmenter.js';
import type { TrainingPlan } from '../../loop/training.js';
import { batchHardTriplet } from '../../losses/batch-hard-triplet.js';
import { accuracy, crossEntropy } from '../../losses/cross-entropy.js';
import { RandomGenerator } from '../../random/random-generator.js';
import { recipeLearningRate } from '../../schedule/recipe-learning-rate.js';
import { type LossBuilder, lossGraph } from '../../step/loss-graph.js';
import { trainingStep } from '../../step/training-step.js';
import { IdentityBatches, PERSON_LABEL } from './identity-batches.js';
import type { IdentityData } from './identity-data.js';
import type { IdentityRecipe } from './identity-recipe.js';

export interface IdentityPlanInput {
  readonly recipe: IdentityRecipe;
  readonly data: IdentityData;
  /** Noise recordings by name, for `augmentation.recordedNoise`. */
  readonly noises?: Readonly<Record<string, readonly Float32Array[]>>;
  readonly validate?: TrainingPlan['validate'];
  /** The validation figure that chooses the weights; the last weights are kept without it. */
  readonly score?: TrainingPlan['score'];
}

/** @throws RecipeError for settings that cannot be followed; GraphError for a network that cannot be. */
export function identityPlan({ recipe, data, noises = {}, validate, score }: IdentityPlanInput): TrainingPlan {
  const { persons, windows, steps } = recipe;
  const generator = new RandomGenerator(recipe.seed);
  const learningRate = recipeLearningRate(recipe);
  const source = new IdentityBatches({
    records: data.records,
    persons,
    windows,
    normalize: recipe.normalize,
    augmenter: new WindowAugmenter(recipe.augmentation, noises),
    generator: generator.fork('data'),
    ...(recipe.beatShape ? { beatShape: recipe.beatShape } : {}),
  });
  const { name: _, ...network } = recipe.network;
  const model = resnet34({ ...network, classes: data.persons.length }, generator.fork('weights'));
  const step = trainingStep(lossGraph(model, persons * windows, lossesOf(recipe)), {
    adamW: { weightDecay: recipe.weightDecay },
    clipNorm: recipe.clipNorm,
    ...(recipe.triplet ? { lossWeights: { triplet: recipe.triplet.weight } } : {}),
    isFrozen: (initializer) => initializer === 'neck.bias',
  });
  return {
    model,
    step,
    source,
    steps,
    learningRate,
    recipe: { recipe, persons: data.persons, records: data.trainingRecords, signal: digestOf(data) },
    ...(validate ? { validate } : {}),
    ...(score ? { score } : {}),
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

function lossesOf({ labelSmoothing: smoothing, triplet, network }: IdentityRecipe): LossBuilder {
  return ({ g, batch, output, input }) => {
    const labels = input(PERSON_LABEL, 'int64', [batch]);
    const logits = output('logits');
    const directions = () => g.lpNormalization(output(network.neck ? 'pooled' : 'embedding'), { axis: 1, p: 2 });
    return {
      losses: {
        identity: crossEntropy(g, logits, labels, { smoothing }),
        ...(triplet ? { triplet: batchHardTriplet(g, directions(), labels, triplet.margin) } : {}),
      },
      figures: { identity: accuracy(g, logits, labels) },
    };
  };
}
