/** How far the answers of two ways to run a network are apart, and how often they decide alike. */

/** Outputs that decide by their greatest number. */
const DECIDING = ['logits', 'identity', 'activity'];

export interface Agreement {
  readonly windows: number;
  /** By deciding output: share of windows whose greatest number is the same one. */
  readonly top1: Readonly<Record<string, number>>;
  /**
   * Of a network that verifies: share of comparisons of a window with one of up to 50 others, as a template, that are accepted or
   * refused alike, at its own threshold.
   */
  readonly verification?: number;
  /** By output: median and least cosine between the two answers. */
  readonly cosine: Readonly<Record<string, { readonly median: number; readonly least: number }>>;
}

type Answers = Readonly<Record<string, readonly Float32Array[]>>;

/** @param threshold least cosine of embeddings that is accepted; undefined where the network does not verify. */
export function agreementOf(a: Answers, b: Answers, threshold?: number): Agreement {
  const names = Object.keys(a).filter((name) => b[name] !== undefined);
  const windows = Math.min(...names.flatMap((name) => [a[name]!.length, b[name]!.length]));
  const pairs = (name: string) =>
    Array.from({ length: windows }, (_, index) => [a[name]![index]!, b[name]![index]!] as const);
  const share = (name: string) => pairs(name).filter(([x, y]) => greatest(x) === greatest(y)).length / windows;
  const cosines = (name: string) => {
    const sorted = pairs(name)
      .map(([x, y]) => cosine(x, y))
      .sort((x, y) => x - y);
    return { median: sorted[sorted.length >> 1]!, least: sorted[0]! };
  };
  return {
    windows,
    top1: Object.fromEntries(names.filter((name) => DECIDING.includes(name)).map((name) => [name, share(name)])),
    ...(threshold !== undefined && { verification: decidedAlike(a[EMBEDDING]!, b[EMBEDDING]!, threshold) }),
    cosine: Object.fromEntries(names.map((name) => [name, cosines(name)])),
  };
}

const EMBEDDING = 'embedding';
const TEMPLATES = 50;

function decidedAlike(a: readonly Float32Array[], b: readonly Float32Array[], threshold: number): number {
  const templates = spread(
    a.map((_, index) => index),
    TEMPLATES,
  );
  let alike = 0;
  for (const window of a.keys()) {
    for (const template of templates) {
      const accepts = (embeddings: readonly Float32Array[]) =>
        cosine(embeddings[window]!, embeddings[template]!) >= threshold;
      if (accepts(a) === accepts(b)) alike += 1;
    }
  }
  return alike / (a.length * templates.length);
}

/** So many of the items, evenly spread; all where there are no more. */
export function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, index) => items[Math.floor((index * items.length) / count)]!);
}

export interface CodeAgreement {
  readonly windows: number;
  /** Share of output codes that are the same. */
  readonly equalCodes: number;
  /** Largest difference of two codes. */
  readonly most: number;
  /** Share of windows in which every deciding output has its greatest code at the same place. */
  readonly sameDecision: number;
  /** Windows that decide differently though the codes that compete are at most two apart. */
  readonly ties: number;
}

/** Codes at most so far apart compete: what an interpreter's rounding may turn. */
const TIE = 2;

type Codes = Readonly<Record<string, Int8Array | Float32Array>>;

/** Adds up what windows show. */
export class CodeComparison {
  #windows = 0;
  #codes = 0;
  #equal = 0;
  #most = 0;
  #same = 0;
  #ties = 0;

  add(norm: Codes, other: Codes): void {
    this.#windows += 1;
    let isSame = true;
    let isTie = true;
    for (const [name, codes] of Object.entries(norm)) {
      const others = other[name]!;
      for (let i = 0; i < codes.length; i++) {
        const difference = Math.abs(codes[i]! - others[i]!);
        if (difference === 0) this.#equal += 1;
        if (difference > this.#most) this.#most = difference;
      }
      this.#codes += codes.length;
      if (!DECIDING.includes(name)) continue;
      const [at, chosen] = [greatest(codes), greatest(others)];
      // Equal codes at both places decide nothing.
      if (at === chosen || codes[at] === codes[chosen]) continue;
      isSame = false;
      isTie = isTie && codes[at]! - codes[chosen]! <= TIE;
    }
    if (isSame) this.#same += 1;
    else if (isTie) this.#ties += 1;
  }

  result(): CodeAgreement {
    return {
      windows: this.#windows,
      equalCodes: this.#equal / this.#codes,
      most: this.#most,
      sameDecision: this.#same / this.#windows,
      ties: this.#ties,
    };
  }
}

function greatest(values: ArrayLike<number>): number {
  let at = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[at]!) at = i;
  return at;
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    ofA += a[i]! ** 2;
    ofB += b[i]! ** 2;
  }
  return dot / Math.sqrt(ofA * ofB);
}
