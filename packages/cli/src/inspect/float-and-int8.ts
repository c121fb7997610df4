/** Which of two models is the float one, and which the int8 graph that was made of it. */
import { isQuantized, prepareModel } from '@edgebeat/exporter';
import type { Model } from '@edgebeat/graph';
import { UsageError } from '../errors.js';
import type { ModelFile } from '../model-file.js';

export interface FloatAndInt8 {
  readonly float: ModelFile;
  /** Its graph as the quantizer sees it. */
  readonly prepared: Model;
  readonly int8: ModelFile;
}

/** @throws UsageError unless one of both is float32 and the other int8. */
export async function floatAndInt8(one: ModelFile, other: ModelFile): Promise<FloatAndInt8> {
  if (isQuantized(one.model) === isQuantized(other.model)) {
    const numbers = isQuantized(one.model) ? 'int8' : 'float32';
    throw new UsageError(
      `${one.path} and ${other.path} are both ${numbers}`,
      'compare a float model with the int8 graph that was made of it',
    );
  }
  const [float, int8] = isQuantized(one.model) ? [other, one] : [one, other];
  return { float, int8, prepared: (await prepareModel(float.model)).model };
}
