/** `edgebeat train deit-tiny` and `deit-micro`: students of `resnet34`. */
import { weightsPath } from '@edgebeat/models';
import { type DeitNetwork, deitRecipe, Teacher, trainIdentity } from '@edgebeat/trainer';
import { UsageError } from '../errors.js';
import { identityProtocols } from './identity-protocols.js';
import { identityTrainingInput } from './identity-training.js';
import type { TrainableModel, TrainingRequest } from './trainable-model.js';

const TEACHER = 'resnet34';

export const deitTrainings: readonly TrainableModel[] = (['deit-tiny', 'deit-micro'] as const).map((name) => ({
  name,
  protocols: identityProtocols,
  teachers: [TEACHER],
  hasQuantizationAwareTraining: true,
  prepare: (request) => prepare(name, request),
}));

async function prepare(name: DeitNetwork['name'], request: TrainingRequest) {
  const file = teacherFile(name, request);
  const recipe = deitRecipe(name, request.protocol, { taught: file !== undefined });
  const input = await identityTrainingInput(recipe, request);
  const teacher = file === undefined ? undefined : await Teacher.load(file, { threads: request.threads });
  return {
    steps: input.recipe.steps,
    run: (options: Parameters<typeof trainIdentity>[1]) =>
      trainIdentity({ ...input, ...(teacher && { teacher }) }, options).finally(() => teacher?.release()),
  };
}

/**
 * @returns undefined for a student that learns from labels alone.
 * @throws UsageError for a protocol of which no teacher comes with edgebeat, where none is given.
 */
function teacherFile(name: string, { protocol, teacher, validation }: TrainingRequest): string | undefined {
  if (teacher !== undefined) return teacher ?? undefined;
  if (protocol === identityProtocols[0] && !validation) return weightsPath(TEACHER);
  throw new UsageError(
    `${name} needs a teacher that was trained by ${protocol}${validation ? ' with --validation' : ''}`,
    `give one by --teacher, from "edgebeat train ${TEACHER} --protocol ${protocol}${validation ? ' --validation' : ''}", or say --no-teacher`,
  );
}
