/** DT4ECG's recipe, carried out: network, losses, batches and schedule as a plan for the training loop. */
import { createHash } from 'node:crypto';
import { dt4ecg, lastSharedParameter } from '@edgebeat/models';
import { WindowAugmenter } from '../../augment/window-augmenter.js';
import type { TrainingPlan } from '../../loop/training.js';
import { accuracy, crossEntropy } from '../../losses/cross-entropy.js';
import { RandomGenerator } from '../../random/random-generator.js';
import { RecipeError } from '../../recipe-error.js';
import { recipeLearningRate } from '../../schedule/recipe-learning-rate.js';
import { type LossBuilder, lossGraph } from '../../step/loss-graph.js';
import { trainingStep } from '../../step/training-step.js';
import { ActivityBatches, labelInputs } from './activity-batches.js';
import type { LabelledStretch } from './activity-examples.js';
import type { Dt4EcgData } from './dt4ecg-data.js';
import type { Dt4EcgRecipe } from './dt4ecg-recipe.js';
import { classificationRates } from './dt4ecg-validation.js';

export interface Dt4EcgPlanInput {
  readonly recipe: Dt4EcgRecipe;
  readonly data: Dt4EcgData;
  /** Simulated signal for `syntheticPerBatch`, labelled with activities alone. */
  readonly synthetic?: readonly LabelledStretch[];
  /** Noise recordings by name, for `augmentation.recordedNoise`. */
  readonly noises?: Readonly<Record<string, readonly Float32Array[]>>;
  /** Threads for looking at the validation part; default 2. */
  readonly threads?: number;
}

/**
 * @throws RecipeError for settings that cannot be followed; GraphError for a network that cannot be.
 */
export function dt4ecgPlan({ recipe, data, synthetic = [], noises = {}, threads = 2 }: Dt4EcgPlanInput): TrainingPlan {
  const { tasks, samples, batch, steps } = recipe;
  const generator = new RandomGenerator(recipe.seed);
  const classes = { identity: data.persons.length, activity: data.activities.length };
  const lone = tasks.find((task) => classes[task] < 2);
  if (lone) {
    throw new RecipeError(
      `the number of classes of "${lone}" is ${classes[lone]}`,
      'There is nothing to tell apart: include more recordings, or train the other task alone.',
    );
  }
  const learningRate = recipeLearningRate(recipe);
  const source = new ActivityBatches({
    recorded: data.training,
    synthetic,
    batch,
    syntheticPerBatch: recipe.syntheticPerBatch,
    length: samples,
    augmenter: new WindowAugmenter(recipe.augmentation, noises),
    generator: generator.fork('data'),
  });
  const headOf = (task: 'identity' | 'activity') => (tasks.includes(task) ? classes[task] : 0);
  const model = dt4ecg(
    { persons: headOf('identity'), activities: headOf('activity'), samples, attention: recipe.attention },
    generator.fork('weights'),
  );
  const step = trainingStep(lossGraph(model, batch, lossesOf(recipe)), {
    adamW: { weightDecay: recipe.weightDecay },
    clipNorm: recipe.clipNorm,
    ...(recipe.gradNormAlpha === undefined || tasks.length < 2
      ? {}
      : {
          gradNorm: {
            alpha: recipe.gradNormAlpha,
            initialLosses: { identity: Math.log(classes.identity), activity: Math.log(classes.activity) },
            sharedParameter: lastSharedParameter(),
          },
        }),
  });
  return {
    model,
    step,
    source,
    steps,
    learningRate,
    recipe: {
      recipe,
      persons: data.persons,
      records: data.trainingRecords,
      signal: digestOf([...data.training, ...synthetic]),
    },
    ...(data.validation.length > 0
      ? {
          validate: (candidate) => classificationRates(candidate, data.validation, { tasks, length: samples, threads }),
          score: (figures) => tasks.reduce((sum, task) => sum + figures[task]!, 0) / tasks.length,
        }
      : {}),
  };
}

/** SHA-256 of the signal that trains and its labels. */
function digestOf(stretches: readonly LabelledStretch[]): string {
  const hash = createHash('sha256');
  for (const { samples, identity, activity } of stretches) {
    hash.update(`${identity} ${activity} ${samples.length}`);
    hash.update(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
  }
  return hash.digest('hex');
}

function lossesOf({ tasks, labelSmoothing: smoothing }: Dt4EcgRecipe): LossBuilder {
  return ({ g, batch, output, input }) => {
    const entries = tasks.map(
      (task) => [task, { logits: output(task), labels: input(labelInputs[task], 'int64', [batch]) }] as const,
    );
    return {
      losses: Object.fromEntries(
        entries.map(([task, { logits, labels }]) => [task, crossEntropy(g, logits, labels, { smoothing })]),
      ),
      figures: Object.fromEntries(entries.map(([task, { logits, labels }]) => [task, accuracy(g, logits, labels)])),
    };
  };
}
