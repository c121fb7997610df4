/** A batch for a training step, of noise: what a step costs does not depend on the signal. */
import { type Batch, RandomGenerator, type TrainingStep } from '@edgebeat/trainer';

/** Examples of a class in a row, so that triplets have positives. */
const EXAMPLES_PER_CLASS = 4;

/** Normal deviates for signals; for labels 0 … `labels` − 1, each several times. */
export function syntheticBatch({ model, batchInputs }: TrainingStep, labels: number): Batch {
  const random = new RandomGenerator(2);
  const wanted = new Set(batchInputs);
  return Object.fromEntries(
    model.graph.inputs
      .filter(({ name }) => wanted.has(name))
      .map(({ name, dtype, shape }) => {
        const length = (shape as readonly number[]).reduce((product, size) => product * size, 1);
        return [
          name,
          dtype === 'int64'
            ? BigInt64Array.from({ length }, (_, i) => BigInt(Math.floor(i / EXAMPLES_PER_CLASS) % labels))
            : Float32Array.from({ length }, () => random.normal()),
        ];
      }),
  );
}
