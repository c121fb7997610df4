/** What a training of an identity network is: every choice that its weights depend on, as plain JSON. */
import type { AugmentationOptions, Chance } from '../../augment/augmentation-options.js';
import type { BeatShapeOptions } from '../../augment/beat-shape.js';
import type { BlendOptions } from '../../augment/blend.js';
import type { QuantizationRecipe } from '../../quantization/quantization-recipe.js';
import type { DistillationRecipe } from '../distillation/distillation-recipe.js';

export interface IdentityRecipe {
  /** Of initial weights, order of examples, augmentation. */
  readonly seed: number;
  readonly network: ResNet34Network | DeitNetwork;
  /** Of each beat. */
  readonly normalize: 'z-score' | 'min-max';
  /** P: persons of a batch. */
  readonly persons: number;
  /** K: windows of each of them, from different records as far as there are. */
  readonly windows: number;
  readonly steps: number;
  /** Highest learning rate, after the warm-up. */
  readonly learningRate: number;
  /** Share of the steps in which the learning rate rises from 0. */
  readonly warmUp: number;
  readonly weightDecay: number;
  readonly labelSmoothing: number;
  /** Largest joint norm of the gradients. */
  readonly clipNorm: number;
  /** Batch-hard triplet loss on embeddings of norm 1, beside cross-entropy of weight 1; none unless given. */
  readonly triplet?: { readonly weight: number; readonly margin: number };
  readonly augmentation: AugmentationOptions;
  /** Alters P and T waves, as other days do; never unless given. */
  readonly beatShape?: BeatShapeOptions & Chance;
  /** Puts persons into a batch who do not exist: two persons' beats, added. Never unless given. */
  readonly blend?: BlendOptions & Chance;
  /** What is learnt from a teacher, for a network that has one. */
  readonly distillation?: DistillationRecipe;
  /** Of a training that goes on from a trained float network, with fake quantization; never unless given. */
  readonly quantization?: QuantizationRecipe;
  /**
   * Logits are divided by it when training is done, so that probabilities are true; the course does not depend on it. Chosen on
   * validation parts, whose figures tell the best one. None unless given.
   */
  readonly temperature?: number;
}

/** Options of `resnet34` that a recipe chooses. */
export interface ResNet34Network {
  readonly name: 'resnet34';
  readonly width: number;
  readonly stemStride: 1 | 2 | 4;
  /** Samples of each beat that the network looks at, [first, last). */
  readonly crop: readonly [number, number];
  readonly neck: boolean;
}

/** Options of `deitTiny` and `deitMicro` that a recipe chooses. */
export interface DeitNetwork {
  readonly name: 'deit-tiny' | 'deit-micro';
  /** Samples of each beat that the network looks at, [first, last). */
  readonly crop: readonly [number, number];
  readonly stem: 'conv' | 'patch';
}

/** For persons who train: the same sitting, seconds later, or a later record. */
const knownPersons: IdentityRecipe = {
  seed: 1,
  network: { name: 'resnet34', width: 64, stemStride: 4, crop: [90, 240], neck: true },
  normalize: 'z-score',
  persons: 16,
  windows: 4,
  steps: 2000,
  learningRate: 2e-3,
  warmUp: 0.1,
  weightDecay: 0.05,
  labelSmoothing: 0.1,
  clipNorm: 2,
  triplet: { weight: 0.5, margin: 0.3 },
  augmentation: {
    jitter: { probability: 1, samples: 4 },
    timeWarp: { probability: 0.5, factor: 0.05 },
    baselineWander: { probability: 0.3, amplitude: [0.02, 0.2] },
    muscleNoise: { probability: 0.3, snr: [10, 25] },
  },
};

/** For another day: P and T waves differ more than within a sitting. */
const otherDays: IdentityRecipe = {
  ...knownPersons,
  beatShape: { probability: 0.8, before: [0.5, 1.6], after: [0.5, 1.6], stretch: 0.15 },
};

/** For strangers, and for persons on days that do not train: more persons than there are recordings of, other days, noise. */
const strangers: IdentityRecipe = {
  ...otherDays,
  steps: 10_000,
  blend: { probability: 0.7, share: [0.25, 0.5] },
  augmentation: {
    jitter: { probability: 1, samples: 4 },
    timeWarp: { probability: 0.5, factor: 0.05 },
    baselineWander: { probability: 0.4, amplitude: [0.02, 0.3] },
    recordedNoise: { probability: 0.3, snr: [3, 20] },
    muscleNoise: { probability: 0.4, snr: [6, 20] },
  },
};

/** Where whole windows of the test part may be noisier than anything that trained. */
const inNoise: IdentityRecipe = {
  ...knownPersons,
  steps: 3000,
  augmentation: {
    jitter: { probability: 1, samples: 4 },
    timeWarp: { probability: 0.5, factor: 0.05 },
    baselineWander: { probability: 0.4, amplitude: [0.02, 0.3] },
    recordedNoise: { probability: 0.4, snr: [0, 20] },
    muscleNoise: { probability: 0.5, snr: [3, 20] },
  },
};

const byProtocol: Readonly<Record<string, IdentityRecipe>> = {
  'ecg-id/closed': inNoise,
  'ecg-id/other-record': { ...strangers, steps: 4000 },
  'heartprint/cross-session': { ...strangers, steps: 5000 },
  // 35 patients are soon known.
  'ptb/closed': { ...knownPersons, steps: 500 },
  'verification/unseen': strangers,
};

/** The recipe of the teacher for a protocol, chosen on validation persons or parts of what that protocol leaves to training. */
export function resnet34Recipe(protocol: string): IdentityRecipe {
  return byProtocol[protocol] ?? knownPersons;
}

/** All that a teacher has to say. */
const fromTeacher: DistillationRecipe = {
  logits: { weight: 1, temperature: 4 },
  features: { weight: 1 },
  relations: { weight: 2 },
  triplets: { weight: 0.5, margin: 0.3 },
};

/**
 * Of the triplet loss of a student without a teacher. With the teacher's weight its embeddings fall into one point before the labels
 * have pulled them apart.
 */
const TRIPLET_WEIGHT_ALONE = 0.1;

const studentRates: Readonly<Record<DeitNetwork['name'], number>> = { 'deit-tiny': 1e-3, 'deit-micro': 2e-3 };
const studentSteps: Readonly<Record<DeitNetwork['name'], number>> = { 'deit-tiny': 5000, 'deit-micro': 6000 };

/**
 * The recipe of a student for a protocol: that of the teacher, and what the teacher says. A temperature is each network's own.
 *
 * @param taught false for a student that learns from the labels alone.
 */
export function deitRecipe(name: DeitNetwork['name'], protocol: string, { taught = true } = {}): IdentityRecipe {
  const { triplet, temperature: _, ...recipe } = resnet34Recipe(protocol);
  return {
    ...recipe,
    network: { name, crop: [85, 245], stem: 'conv' },
    steps: studentSteps[name],
    learningRate: studentRates[name],
    ...(triplet && { triplet: taught ? triplet : { ...triplet, weight: TRIPLET_WEIGHT_ALONE } }),
    ...(taught && { distillation: fromTeacher }),
  };
}
