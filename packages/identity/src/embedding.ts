/**
 * Embeddings on the unit sphere. An embedding is what a network gives for one window: `D` float32 numbers. Only its
 * direction means anything, so everything that compares embeddings first brings them to unit length.
 *
 * Arithmetic is float32 with one rounding per operation (`Math.fround`), sums run from index 0 upwards: a single-precision
 * FPU can repeat it.
 */
import { IdentityError } from './identity-error.js';

const f = Math.fround;

/**
 * The embedding divided by its Euclidean norm.
 *
 * @param embedding `[D]`, any scale.
 * @param what how an error names it, for example `probe 3`.
 * @param length D, where the caller knows it.
 * @returns a new array `[D]` of norm 1.
 * @throws IdentityError for a wrong length, a number that is not finite, or a norm that is zero or overflows float32.
 */
export function normalise(embedding: Float32Array, what = 'embedding', length?: number): Float32Array {
  if (embedding.length === 0) {
    throw new IdentityError(`${what} is empty`, 'Pass the output of the model for one window.');
  }
  if (length !== undefined && embedding.length !== length) {
    throw new IdentityError(
      `${what} has ${embedding.length} numbers where ${length} are expected`,
      'Templates and probes must come from the same model; enrol again after changing it.',
    );
  }
  let squares = 0;
  for (const value of embedding) squares = f(squares + f(value * value));
  const norm = f(Math.sqrt(squares));
  if (!(norm > 0) || norm === Infinity) throw unusable(embedding, what);
  const unit = new Float32Array(embedding.length);
  for (let i = 0; i < unit.length; i++) unit[i] = f(embedding[i]! / norm);
  return unit;
}

/**
 * Mean of the normalised embeddings, normalised again: the template of an enrolment and the pooled probe of several
 * windows. Each window weighs the same, whatever the length of its embedding.
 *
 * @param embeddings one or more arrays `[D]`.
 * @returns a new array `[D]` of norm 1.
 * @throws IdentityError for no embedding, for one that `normalise` refuses, or for embeddings that cancel out.
 */
export function meanDirection(embeddings: readonly Float32Array[], what = 'embedding'): Float32Array {
  const [first] = embeddings;
  if (first === undefined) {
    throw new IdentityError(`no ${what} given`, 'At least one window is needed; record for longer.');
  }
  const sum = new Float32Array(first.length);
  embeddings.forEach((embedding, index) => {
    const unit = normalise(embedding, `${what} ${index + 1} of ${embeddings.length}`, first.length);
    for (let i = 0; i < sum.length; i++) sum[i] = f(sum[i]! + unit[i]!);
  });
  for (let i = 0; i < sum.length; i++) sum[i] = f(sum[i]! / embeddings.length);
  return normalise(sum, `the mean of ${embeddings.length} embeddings`);
}

function unusable(embedding: Float32Array, what: string): IdentityError {
  const index = embedding.findIndex((value) => !Number.isFinite(value));
  if (index >= 0) {
    return new IdentityError(
      `${what} holds ${embedding[index]} at index ${index}`,
      'The model gave a number that is not finite: check its input for NaN and its weights.',
    );
  }
  return new IdentityError(
    `${what} has no usable length: its squares sum to ${embedding.some((value) => Math.abs(value) > 1) ? 'infinity' : 'zero'}`,
    'A flat signal or a dead network gives such an embedding: leave the window out.',
  );
}
