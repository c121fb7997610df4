/** DEFLATE (RFC 1951), the way back: what browsers only do asynchronously, and metadata are read while a model is loaded. */
import { GraphError } from '../graph-error.js';

/** Lengths 3 … 258 and distances 1 … 32,768: base and extra bits of every symbol (RFC 1951, 3.2.5). */
const LENGTHS = steps(3, [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5]);
const DISTANCES = steps(1, [0, 0, 0, 0, ...Array.from({ length: 26 }, (_, index) => 1 + (index >> 1))]);
/** Of 258 itself, which has a symbol of its own. */
const LONGEST = { base: 258, extra: 0 };

/** In which order the lengths of the code for code lengths stand (3.2.7). */
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const END_OF_BLOCK = 256;
const MOST_BITS = 15;

/**
 * Inflates a raw DEFLATE stream, without a zlib or gzip header.
 *
 * @param most bytes that come out of it. @param where how errors name it.
 * @throws GraphError for a stream that is damaged, ends too early or grows beyond `most`.
 */
export function inflate(packed: Uint8Array, most: number, where: string): Uint8Array {
  return new Inflater(packed, most, where).run();
}

interface Step {
  readonly base: number;
  /** Bits that follow and are added. */
  readonly extra: number;
}

function steps(first: number, extras: readonly number[]): Step[] {
  let base = first;
  return extras.map((extra) => {
    const step = { base, extra };
    base += 2 ** extra;
    return step;
  });
}

/** A canonical Huffman code: how many codes each length has, and the symbols in the order of their codes. */
interface HuffmanCode {
  readonly counts: Uint16Array;
  readonly symbols: readonly number[];
}

function huffmanCode(lengths: readonly number[]): HuffmanCode {
  const counts = new Uint16Array(MOST_BITS + 1);
  for (const length of lengths) if (length > 0) counts[length]! += 1;
  const symbols = lengths
    .map((length, symbol) => ({ length, symbol }))
    .filter(({ length }) => length > 0)
    .sort((a, b) => a.length - b.length || a.symbol - b.symbol)
    .map(({ symbol }) => symbol);
  return { counts, symbols };
}

const fixedLengths = Array.from({ length: 288 }, (_, symbol) =>
  symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
);
const FIXED = {
  literals: huffmanCode(fixedLengths),
  distances: huffmanCode(Array.from({ length: 30 }, () => 5)),
};

class Inflater {
  readonly #packed: Uint8Array;
  readonly #most: number;
  readonly #where: string;
  readonly #out: number[] = [];
  #position = 0;
  /** Bits that were read and not yet taken, the next one lowest. */
  #bits = 0;
  #bitCount = 0;

  constructor(packed: Uint8Array, most: number, where: string) {
    this.#packed = packed;
    this.#most = most;
    this.#where = where;
  }

  run(): Uint8Array {
    for (let isLast = false; !isLast; ) {
      isLast = this.#take(1) === 1;
      const type = this.#take(2);
      if (type === 0) this.#copyStored();
      else if (type === 1) this.#decode(FIXED.literals, FIXED.distances);
      else if (type === 2) this.#decode(...this.#readCodes());
      else this.#fail('has a block of no known type');
    }
    return Uint8Array.from(this.#out);
  }

  #copyStored(): void {
    [this.#bits, this.#bitCount] = [0, 0];
    const length = this.#take(16);
    if ((length ^ 0xffff) !== this.#take(16)) this.#fail('has a block whose length is damaged');
    for (let i = 0; i < length; i++) this.#put(this.#take(8));
  }

  #readCodes(): [HuffmanCode, HuffmanCode] {
    const [literals, distances, lengths] = [257 + this.#take(5), 1 + this.#take(5), 4 + this.#take(4)];
    const own = new Array<number>(CODE_LENGTH_ORDER.length).fill(0);
    for (const symbol of CODE_LENGTH_ORDER.slice(0, lengths)) own[symbol] = this.#take(3);
    const code = huffmanCode(own);
    const all: number[] = [];
    while (all.length < literals + distances) {
      const symbol = this.#symbol(code);
      if (symbol < 16) {
        all.push(symbol);
        continue;
      }
      const repeated = symbol === 16 ? all.at(-1) : 0;
      if (repeated === undefined) this.#fail('repeats a code length before the first');
      const count = symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7);
      for (let i = 0; i < count; i++) all.push(repeated);
    }
    return [huffmanCode(all.slice(0, literals)), huffmanCode(all.slice(literals, literals + distances))];
  }

  #decode(literals: HuffmanCode, distances: HuffmanCode): void {
    for (;;) {
      const symbol = this.#symbol(literals);
      if (symbol === END_OF_BLOCK) return;
      if (symbol < END_OF_BLOCK) {
        this.#put(symbol);
        continue;
      }
      const index = symbol - END_OF_BLOCK - 1;
      const length = this.#number(index === LENGTHS.length ? LONGEST : LENGTHS[index]);
      const distance = this.#number(DISTANCES[this.#symbol(distances)]);
      if (distance > this.#out.length) this.#fail('copies from before its begin');
      for (let i = 0; i < length; i++) this.#put(this.#out[this.#out.length - distance]!);
    }
  }

  #number(step: Step | undefined): number {
    return step ? step.base + this.#take(step.extra) : this.#fail('has a symbol of no meaning');
  }

  /** Walks down the code bit by bit: codes of one length follow one another. */
  #symbol({ counts, symbols }: HuffmanCode): number {
    let [code, first, index] = [0, 0, 0];
    for (let length = 1; length <= MOST_BITS; length++) {
      code |= this.#take(1);
      const count = counts[length]!;
      if (code - first < count) return symbols[index + code - first]!;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return this.#fail('has bits that are no code');
  }

  #take(count: number): number {
    while (this.#bitCount < count) {
      const byte = this.#packed[this.#position++];
      if (byte === undefined) this.#fail('ends too early');
      this.#bits |= byte << this.#bitCount;
      this.#bitCount += 8;
    }
    const taken = this.#bits & ((1 << count) - 1);
    this.#bits >>>= count;
    this.#bitCount -= count;
    return taken;
  }

  #put(byte: number): void {
    if (this.#out.length >= this.#most) this.#fail(`is longer than ${this.#most} bytes`);
    this.#out.push(byte);
  }

  #fail(problem: string): never {
    throw new GraphError(this.#where, `its packed text ${problem}`, 'export the model again');
  }
}
