/** A seeded source of weights and signals: xorshift32 (Marsaglia 2003) and the polar method. */
import type { WeightSource } from '../src/index.js';

// Looking up a global takes long in the sandbox of a test, and a network draws millions of numbers.
const { imul, log, sqrt } = Math;

export function seededSource(seed: number): WeightSource {
  let state = imul(seed, 0x9e3779b1) | 1;
  const uniform = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const normal = (): number => {
    const x = 2 * uniform() - 1;
    const y = 2 * uniform() - 1;
    const square = x * x + y * y;
    return square > 0 && square < 1 ? x * sqrt((-2 * log(square)) / square) : normal();
  };
  return { uniform, normal };
}
