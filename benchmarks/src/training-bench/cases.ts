/** The training steps that are measured: the networks of `packages/models`, with losses as they are trained by. */
import type { Model } from '@edgebeat/graph';
import { deitMicro, deitTiny, dt4ecg, lastSharedParameter, resnet34 } from '@edgebeat/models';
import {
  accuracy,
  batchHardTriplet,
  crossEntropy,
  type LossBuilder,
  lossGraph,
  RandomGenerator,
  type TrainingStep,
  type TrainingStepOptions,
  trainingStep,
} from '@edgebeat/trainer';

export interface TrainingCase {
  readonly model: string;
  /** What tells it from others of the same model; empty for the model as it is built by default. */
  readonly variant: string;
  readonly batch: number;
  build(): { readonly model: Model; readonly step: TrainingStep };
}

const PERSONS = 100;
const ACTIVITIES = 6;

/** Labels below the smaller number of classes serve both tasks. */
export const LABELS = ACTIVITIES;

const deitTinyWith = (stem: 'conv' | 'patch') =>
  trainingCase(
    'deit-tiny',
    `${stem} stem`,
    64,
    (weights) => deitTiny({ classes: PERSONS, stem }, weights),
    identityLoss,
  );

const resnet34With = (stemStride: 1 | 4, batch: number) =>
  trainingCase(
    'resnet34',
    stemStride === 4 ? '' : `stem of stride ${stemStride}`,
    batch,
    (weights) => resnet34({ classes: PERSONS, stemStride }, weights),
    identityAndTripletLoss,
  );

export const trainingCases: readonly TrainingCase[] = [
  deitTinyWith('conv'),
  deitTinyWith('patch'),
  trainingCase('deit-micro', '', 64, (weights) => deitMicro({ classes: PERSONS }, weights), identityLoss),
  resnet34With(4, 64),
  resnet34With(4, 128),
  resnet34With(1, 64),
  trainingCase(
    'dt4ecg',
    '',
    64,
    (weights) => dt4ecg({ persons: PERSONS, activities: ACTIVITIES }, weights),
    identityAndActivityLoss,
    {
      gradNorm: {
        initialLosses: { identity: Math.log(PERSONS), activity: Math.log(ACTIVITIES) },
        sharedParameter: lastSharedParameter(),
      },
    },
  ),
];

function trainingCase(
  model: string,
  variant: string,
  batch: number,
  network: (weights: RandomGenerator) => Model,
  losses: LossBuilder,
  options: TrainingStepOptions = {},
): TrainingCase {
  return {
    model,
    variant,
    batch,
    build() {
      const built = network(new RandomGenerator(1));
      const step = trainingStep(lossGraph(built, batch, losses), {
        adamW: { weightDecay: 0.05 },
        clipNorm: 1,
        ...options,
      });
      return { model: built, step };
    },
  };
}

function identityLoss({ g, batch, output, input }: Parameters<LossBuilder>[0]): ReturnType<LossBuilder> {
  const labels = input('identity_labels', 'int64', [batch]);
  const logits = output('logits');
  return { losses: { identity: crossEntropy(g, logits, labels) }, figures: { identity: accuracy(g, logits, labels) } };
}

function identityAndTripletLoss({ g, batch, output, input }: Parameters<LossBuilder>[0]): ReturnType<LossBuilder> {
  const labels = input('identity_labels', 'int64', [batch]);
  const logits = output('logits');
  const embeddings = g.lpNormalization(output('embedding'), { axis: 1 });
  return {
    losses: { identity: crossEntropy(g, logits, labels), triplet: batchHardTriplet(g, embeddings, labels, 0.3) },
    figures: { identity: accuracy(g, logits, labels) },
  };
}

function identityAndActivityLoss({ g, batch, output, input }: Parameters<LossBuilder>[0]): ReturnType<LossBuilder> {
  const lossOf = (task: string) => crossEntropy(g, output(task), input(`${task}_labels`, 'int64', [batch]));
  return { losses: { identity: lossOf('identity'), activity: lossOf('activity') } };
}
