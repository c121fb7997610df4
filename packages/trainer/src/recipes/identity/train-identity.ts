/** One training of an identity network from recordings to a model file with its metadata. */
import { beatLead, beatLength, beatsPerWindow, sampleRate } from '@edgebeat/ecg';
import { encodeModel, type Model, type ModelMetadata, toHalfPrecision, writeMetadata } from '@edgebeat/graph';
import { noiseNames, noiseStressPublication, trainingNoisePart } from '../../augment/load-noise.js';
import { formatTrainingRecord } from '../../datasets/record-part.js';
import { type TrainingOptions, type TrainingOutcome, train } from '../../loop/training.js';
import { withoutTrainingOutputs } from './identity-networks.js';
import { type IdentityPlanInput, identityPlan } from './identity-plan.js';
import { requireTemperature, temperLogits } from './temper-logits.js';
import { temperedRanges } from './tempered-ranges.js';

export interface TrainedIdentity extends TrainingOutcome {
  /** The `.onnx` file, its large weights in float16. */
  readonly bytes: Uint8Array;
}

export interface TrainIdentityInput extends IdentityPlanInput {
  /** Entries of `edgebeat.training`, where validation looked at more than what trains: it chose the weights. */
  readonly seenRecords?: readonly string[];
}

/** Version of the weights that the present recipes give. */
const VERSION = '1.0.0';

/**
 * Trains. Where the recipe has a temperature, the logits of the model and its file are divided by it; figures of the validation are
 * those before that. A recipe with `quantization` ends in a float model, too, which names the ranges that its activations were trained
 * for; validation has its figures with fake quantization.
 *
 * @throws RecipeError, TrainingError, GraphError: each names what is at fault and has a hint.
 */
export async function trainIdentity(
  input: TrainIdentityInput,
  options: TrainingOptions = {},
): Promise<TrainedIdentity> {
  const { temperature } = input.recipe;
  // Not only when hours are over.
  if (temperature !== undefined) requireTemperature(temperature);
  const outcome = await train(identityPlan(input), options);
  const trained = withoutTrainingOutputs(outcome.model);
  const network = temperature === undefined ? trained : temperLogits(trained, temperature);
  const ranges =
    temperature === undefined || input.start === undefined
      ? input.start?.ranges
      : temperedRanges(input.start.ranges, trained, network, temperature);
  const metadata: ModelMetadata = { ...metadataOf(input), ...(ranges && { ranges }) };
  const model: Model = { ...network, metadata: writeMetadata(metadata) };
  return { ...outcome, model, bytes: encodeModel(toHalfPrecision(model)) };
}

function metadataOf({ recipe, data, seenRecords = data.trainingRecords }: TrainIdentityInput): ModelMetadata {
  const noises = recipe.augmentation.recordedNoise
    ? (recipe.augmentation.recordedNoise.noises ?? noiseNames).map((name) =>
        formatTrainingRecord({ id: `${noiseStressPublication.name}/${name}`, part: trainingNoisePart }),
      )
    : [];
  return {
    name: recipe.network.name,
    version: VERSION,
    rate: sampleRate,
    window: { kind: 'identity', beats: beatsPerWindow, before: beatLead, after: beatLength - beatLead },
    normalize: recipe.normalize,
    classes: { identity: data.persons },
    training: {
      data: [...data.dataSets, ...(noises.length > 0 ? [noiseStressPublication.name] : [])],
      records: [...seenRecords, ...noises],
    },
  };
}
