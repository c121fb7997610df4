/**
 * The one source of chance in training: xoshiro128** (Blackman and Vigna, "Scrambled linear pseudorandom number
 * generators", ACM TOMS 47, 2021), seeded by text or number, forked by name. The same seed gives the same numbers, and a
 * restored state goes on with the same bits.
 */
import { StateError } from '@edgebeat/ecg';
import { hashWords, origin } from './words.js';

/** Everything that a generator will ever give, as plain JSON. */
export interface GeneratorState {
  /** Four u32 that name the generator: what `fork` starts from. */
  readonly key: readonly number[];
  /** Four u32: the state of xoshiro128**. */
  readonly words: readonly number[];
}

/** What can be shuffled: arrays and typed arrays. */
export interface Shuffleable<T> {
  readonly length: number;
  [index: number]: T;
}

const range = 2 ** 32;

export class RandomGenerator {
  readonly #key: Uint32Array;
  readonly #words: Uint32Array;

  /** @param seed any text, or a number as its decimal text: 7 and '7' are the same seed. */
  constructor(seed: number | string) {
    this.#key = hashWords(origin, String(seed));
    this.#words = this.#key.slice();
  }

  /**
   * A generator that goes on where the saved one was.
   * @throws StateError for anything that `state` did not give.
   */
  static restore(state: GeneratorState): RandomGenerator {
    const generator = new RandomGenerator('');
    generator.#key.set(wordsOf(state, 'key'));
    generator.#words.set(wordsOf(state, 'words'));
    return generator;
  }

  state(): GeneratorState {
    return { key: [...this.#key], words: [...this.#words] };
  }

  /**
   * An independent generator of that name. It depends on this one's seed and name alone, not on how many numbers this one
   * has given, and takes none from it.
   */
  fork(name: number | string): RandomGenerator {
    const child = new RandomGenerator('');
    child.#key.set(hashWords(this.#key, String(name)));
    child.#words.set(child.#key);
    return child;
  }

  /** The next 32 bits, 0 … 2³² − 1. */
  uint32(): number {
    const s = this.#words;
    const scrambled = Math.imul(rotateLeft(Math.imul(s[1]!, 5), 7), 9) >>> 0;
    const shifted = s[1]! << 9;
    s[2]! ^= s[0]!;
    s[3]! ^= s[1]!;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= shifted;
    s[3] = rotateLeft(s[3]!, 11);
    return scrambled;
  }

  /** Uniform in [low, high), in 2³² steps. */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * (this.uint32() / range);
  }

  /** Uniform in the logarithm, in [low, high); both positive. */
  logUniform(low: number, high: number): number {
    return low * (high / low) ** this.uniform();
  }

  /** Whole number from 0 to n − 1, every one equally likely. @param n 1 to 2³². */
  integer(n: number): number {
    // Without the bits beyond the largest multiple of n, which would favour the small numbers.
    const end = range - (range % n);
    let bits = this.uint32();
    while (bits >= end) bits = this.uint32();
    return bits % n;
  }

  /** Normal with mean 0 and standard deviation 1 (Box and Muller, 1958). Nothing is kept for the next call. */
  normal(): number {
    return this.#radius() * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Fills `target` with normal deviates, mean 0 and standard deviation 1: at half the cost of `normal` for each. */
  normals(target: Float32Array): void {
    for (let i = 0; i < target.length; i += 2) {
      const radius = this.#radius();
      const angle = 2 * Math.PI * this.uniform();
      target[i] = radius * Math.cos(angle);
      if (i + 1 < target.length) target[i + 1] = radius * Math.sin(angle);
    }
  }

  #radius(): number {
    return Math.sqrt(-2 * Math.log((this.uint32() + 1) / range));
  }

  /** Puts the values in a random order, in place; every order is equally likely (Fisher and Yates). */
  shuffle<T>(values: Shuffleable<T>): void {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const value = values[i]!;
      values[i] = values[j]!;
      values[j] = value;
    }
  }
}

function rotateLeft(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

function wordsOf(state: GeneratorState, field: 'key' | 'words'): readonly number[] {
  const words: unknown = (state as Partial<GeneratorState> | null)?.[field];
  const sound =
    Array.isArray(words) &&
    words.length === 4 &&
    words.every((word) => Number.isInteger(word) && word >= 0 && word < range) &&
    words.some((word) => word !== 0);
  if (!sound) throw new StateError(`saved generator has no four words "${field}"`);
  return words;
}
