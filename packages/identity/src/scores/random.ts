/** A small seeded generator, so that every interval can be computed again to the last digit. */

/** xoshiro128** (Blackman and Vigna, ACM TOMS 47, 2021), its state filled from the seed by a counter through a 32-bit mixer. */
export class SeededRandom {
  private readonly state = new Uint32Array(4);

  /** @param seed an integer; its low 32 bits count. */
  constructor(seed: number) {
    for (let i = 0; i < 4; i++) this.state[i] = mix((seed + Math.imul(i + 1, 0x9e3779b9)) | 0);
  }

  /** The next 32 random bits, 0 … 2³² − 1. */
  bits(): number {
    const s = this.state;
    const result = Math.imul(rotateLeft(Math.imul(s[1]!, 5), 7), 9) >>> 0;
    const shifted = s[1]! << 9;
    s[2]! ^= s[0]!;
    s[3]! ^= s[1]!;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= shifted;
    s[3] = rotateLeft(s[3]!, 11);
    return result;
  }

  /** A random integer 0 … n − 1, n ≤ 2²⁰; uneven by less than n / 2³², far below anything a bootstrap can see. */
  below(n: number): number {
    return Math.floor((this.bits() * n) / 4294967296);
  }
}

function rotateLeft(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

/** Finaliser of MurmurHash3: every input bit reaches every output bit, and distinct inputs stay distinct. */
function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
