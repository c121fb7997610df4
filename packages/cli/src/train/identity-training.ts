/** What trainings of identity networks have in common: the recordings of a protocol, and what is held back of them. */
import {
  formatTrainingRecord,
  holdBackPersons,
  holdBackTime,
  type IdentityRecipe,
  loadIdentityData,
  loadNoise,
  quantizationAware,
  quantizationStart,
  type TrainIdentityInput,
  trainingNoisePart,
} from '@edgebeat/trainer';
import { identityProtocols, networkTrainingPartsOf } from './identity-protocols.js';
import type { TrainingRequest } from './trainable-model.js';

/** @param chosen the recipe of the float network, whose seed and steps the request may overrule. */
export async function identityTrainingInput(
  chosen: IdentityRecipe,
  { dataDir, protocol: name, seed, steps, threads, validation, quantizationAwareFrom: from }: TrainingRequest,
): Promise<TrainIdentityInput> {
  const own = from === undefined ? chosen : quantizationAware(chosen);
  const recipe = { ...own, seed, steps: steps ?? own.steps };
  const parts = await networkTrainingPartsOf(name, dataDir);
  const heldBack = validation ? (name === identityProtocols[0] ? holdBackPersons : holdBackTime)(parts) : undefined;
  const data = await loadIdentityData(heldBack?.training ?? parts);
  const noises = recipe.augmentation.recordedNoise ? { ...(await loadNoise(dataDir, trainingNoisePart)) } : {};
  const judge = await heldBack?.judge(data.persons, recipe.normalize, threads);
  const seenRecords = parts.map(({ record, part }) => formatTrainingRecord({ id: record.id, part }));
  const start = from === undefined ? undefined : await quantizationStart(from, recipe, data, { threads });
  return { recipe, data, noises, seenRecords, ...(start && { start }), ...judge };
}
