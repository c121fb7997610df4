/** The models that `edgebeat train` trains; a new one is a line here. */
import { UsageError } from '../errors.js';
import { baselineLdaTraining } from './train-baseline-lda.js';
import { deitTrainings } from './train-deit.js';
import { dt4ecgTraining } from './train-dt4ecg.js';
import { resnet34Training } from './train-resnet34.js';
import type { TrainableModel } from './trainable-model.js';

export const trainableModels: readonly TrainableModel[] = [
  dt4ecgTraining,
  resnet34Training,
  ...deitTrainings,
  baselineLdaTraining,
];

/** @throws UsageError where the model is not trained by that protocol; @returns the default one for none. */
export function protocolFor({ name, protocols }: TrainableModel, protocol: string | undefined): string {
  if (protocol === undefined) return protocols[0]!;
  if (protocols.includes(protocol)) return protocol;
  throw new UsageError(`${name} cannot be trained by ${protocol}`, `its protocols are ${protocols.join(', ')}`);
}
