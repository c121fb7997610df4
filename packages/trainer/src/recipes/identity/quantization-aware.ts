/**
 * Quantization-aware training of identity networks (Jacob et al. 2018): a training of its own that goes on from a trained float
 * network, for when int8 costs it too much. It ends in a float network, whose weights have learnt to be rounded.
 */

import { beatLength, beatsPerWindow } from '@edgebeat/ecg';
import { type ActivationRanges, decodeModel, type Model } from '@edgebeat/graph';
import { WindowAugmenter } from '../../augment/window-augmenter.js';
import { readModelFile } from '../../inference/model-file.js';
import type { InferenceOptions } from '../../inference/window-session.js';
import { activationRanges } from '../../quantization/activation-ranges.js';
import { RandomGenerator } from '../../random/random-generator.js';
import { RecipeError } from '../../recipe-error.js';
import { IdentityBatches } from './identity-batches.js';
import type { IdentityData } from './identity-data.js';
import { identityNetwork } from './identity-networks.js';
import type { IdentityRecipe } from './identity-recipe.js';
import { temperLogits } from './temper-logits.js';
import { withTrainedWeights } from './trained-weights.js';

/** What such a training starts from. */
export interface QuantizationStart {
  /** The float network with its trained weights, and the outputs that losses want. */
  readonly model: Model;
  /** Of its activations; they stay as they are. */
  readonly ranges: ActivationRanges;
}

/** Of the learning rate that the float network was trained with. */
const LEARNING_RATE_SHARE = 0.1;

/** The recipe of a float network, changed to go on with fake quantization. */
export function quantizationAware(recipe: IdentityRecipe): IdentityRecipe {
  return {
    ...recipe,
    steps: 500,
    learningRate: LEARNING_RATE_SHARE * recipe.learningRate,
    quantization: { calibrationWindows: 512, coverage: 0.9999 },
  };
}

/**
 * Reads the trained float network of a recipe and calibrates it on windows of the training records.
 *
 * @param source path of an `.onnx` file, or its bytes.
 * @param recipe one with `quantization`.
 * @throws GraphError for a file that is no ONNX model; InferenceError for one of other windows; RecipeError for one of another
 * network, other persons or other beats than the recipe's.
 */
export async function quantizationStart(
  source: string | Uint8Array,
  recipe: IdentityRecipe,
  data: IdentityData,
  options: InferenceOptions = {},
): Promise<QuantizationStart> {
  const { network, normalize, quantization, seed, temperature } = recipe;
  if (!quantization) throw new RecipeError('the recipe is of a float training', 'Give one with "quantization".');
  const { name, bytes, metadata } = await readModelFile(source, 'identity');
  const persons = metadata.classes?.identity ?? [];
  if (persons.join('\n') !== data.persons.join('\n')) {
    throw new RecipeError(
      `${name} knows ${persons.length} persons, not the ${data.persons.length} of this training in the same order`,
      'Go on from a network that was trained by the same protocol, and with --validation if this is.',
    );
  }
  if (metadata.normalize !== normalize)
    throw new RecipeError(
      `${name} wants ${metadata.normalize} beats, the recipe makes ${normalize} ones`,
      'Go on from a network that was trained by the same protocol.',
    );
  const generator = new RandomGenerator(seed);
  const built = identityNetwork(network, persons.length, generator.fork('weights'));
  const trained = withTrainedWeights(built, decodeModel(bytes), name);
  // Losses want the logits as they were trained; the file's are divided by the temperature.
  const model = temperature === undefined ? trained : temperLogits(trained, 1 / temperature);
  const windows = calibrationWindows(quantization.calibrationWindows, recipe, data, generator.fork('calibration'));
  const { coverage } = quantization;
  return { model, ranges: await activationRanges(model, windows, { ...options, coverage }) };
}

/** As they were recorded, dealt to persons and their records alike. */
function calibrationWindows(
  count: number,
  { normalize }: IdentityRecipe,
  { persons, records }: IdentityData,
  generator: RandomGenerator,
): Float32Array[] {
  const batches = new IdentityBatches({
    ...{ records, normalize, generator, persons: new Set(records.map(({ person }) => person)).size, windows: 1 },
    ...{ classes: persons.length, augmenter: new WindowAugmenter({}) },
  });
  const size = beatsPerWindow * beatLength;
  const windows: Float32Array[] = [];
  while (windows.length < count) {
    const beats = batches.next().beats as Float32Array;
    for (let at = 0; at < beats.length; at += size) windows.push(beats.slice(at, at + size));
  }
  return windows.slice(0, count);
}
