/**
 * The one source of chance in a simulation: xoshiro128** (Blackman and Vigna, 2018), seeded by text or number, split by
 * label. The same seed gives the same numbers on every machine.
 */

/** Everything that a generator will ever give again. */
export interface RandomState {
  /** Four u32 that name the generator: what `split` starts from. */
  readonly key: readonly number[];
  /** Four u32 of xoshiro128**. */
  readonly words: readonly number[];
  /** The second of a pair of normal deviates, where one is left over. */
  readonly spare: number | null;
}

export class Random {
  readonly #key: Uint32Array;
  readonly #words: Uint32Array;
  #spare: number | null = null;

  /** @param seed any text, or a number as its decimal text: 7 and '7' are the same seed. */
  constructor(seed: string | number) {
    this.#key = hash([0x9e3779b9, 0x243f6a88, 0xb7e15162, 0xdeadbeef], String(seed));
    this.#words = new Uint32Array(this.#key);
  }

  /** A generator that goes on where the saved one was. */
  static restore(state: RandomState): Random {
    const random = new Random('');
    random.#key.set(state.key);
    random.#words.set(state.words);
    random.#spare = state.spare;
    return random;
  }

  save(): RandomState {
    return { key: [...this.#key], words: [...this.#words], spare: this.#spare };
  }

  /** An independent generator named by a label. Depends on this one's seed, not on how many numbers it has given. */
  split(label: string | number): Random {
    const child = new Random('');
    child.#key.set(hash([...this.#key], String(label)));
    child.#words.set(child.#key);
    return child;
  }

  /** 0 … 2³²−1. */
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

  /** Uniform in [low, high). */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * (this.uint32() / 2 ** 32);
  }

  /** Uniform in the logarithm, in [low, high); both positive. */
  logUniform(low: number, high: number): number {
    return low * (high / low) ** this.uniform();
  }

  /** Normal with mean 0 and standard deviation 1 (Box and Muller). */
  normal(): number {
    if (this.#spare !== null) {
      const spare = this.#spare;
      this.#spare = null;
      return spare;
    }
    const radius = Math.sqrt(-2 * Math.log((this.uint32() + 1) / 2 ** 32));
    const angle = 2 * Math.PI * this.uniform();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }
}

function rotateLeft(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

/** Four words from four words and a text: every character goes into every word, then all are mixed (as MurmurHash3 does). */
function hash(start: readonly number[], text: string): Uint32Array {
  const words = Uint32Array.from(start);
  for (let i = 0; i < text.length; i++) {
    for (let w = 0; w < 4; w++)
      words[w] = Math.imul(rotateLeft(words[w]! ^ text.charCodeAt(i), 5 + 6 * w), 0x9e3779b1 + 2 * w);
  }
  for (let round = 0; round < 2; round++) {
    for (let w = 0; w < 4; w++) words[w] = mix(words[w]! + words[(w + 1) % 4]! + text.length);
  }
  // The generator cannot leave the state of all zeros.
  words[0]! |= words.some((word) => word !== 0) ? 0 : 1;
  return words;
}

function mix(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
