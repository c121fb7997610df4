/** What a training of an identity network is: every choice that its course depends on, as plain JSON. */
import type { AugmentationOptions } from '../../augment/augmentation-options.js';

export interface IdentityRecipe {
  /** Of initial weights, order of examples, augmentation. */
  readonly seed: number;
  readonly network: ResNet34Network;
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
