/** One training of DT4ECG from recordings to a model file with its metadata. */
import { encodeModel, type Model, type ModelMetadata, writeMetadata } from '@edgebeat/graph';
import { noiseNames, noiseStressPublication } from '../../augment/load-noise.js';
import { kalouskovaPublication } from '../../datasets/kalouskova.js';
import { type TrainingOptions, type TrainingOutcome, train } from '../../loop/training.js';
import { type Dt4EcgPlanInput, dt4ecgPlan } from './dt4ecg-plan.js';

export interface TrainedDt4Ecg extends TrainingOutcome {
  /** The `.onnx` file. */
  readonly bytes: Uint8Array;
}

/** Version of the weights that the present recipe gives. */
const VERSION = '1.0.0';

/**
 * Trains.
 *
 * @throws RecipeError, TrainingError, GraphError: each names what is at fault and has a hint.
 */
export async function trainDt4Ecg(input: Dt4EcgPlanInput, options: TrainingOptions = {}): Promise<TrainedDt4Ecg> {
  const outcome = await train(dt4ecgPlan(input), options);
  const model: Model = { ...outcome.model, metadata: writeMetadata(metadataOf(input)) };
  return { ...outcome, model, bytes: encodeModel(model) };
}

function metadataOf({ recipe, data }: Dt4EcgPlanInput): ModelMetadata {
  const names = { identity: data.persons, activity: data.activities };
  const simulated = recipe.syntheticPerBatch > 0 ? ['edgebeat-simulator'] : [];
  const noises = recipe.augmentation.recordedNoise
    ? noiseNames.map((name) => `${noiseStressPublication.name}/${name}`)
    : [];
  return {
    name: 'dt4ecg',
    version: VERSION,
    rate: 250,
    window: { kind: 'activity', samples: recipe.samples },
    normalize: 'z-score',
    classes: Object.fromEntries(recipe.tasks.map((task) => [task, names[task]])),
    training: {
      data: [kalouskovaPublication.name, ...(noises.length > 0 ? [noiseStressPublication.name] : []), ...simulated],
      records: [...data.trainingRecords, ...noises],
    },
  };
}
