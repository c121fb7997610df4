/** How far the answers of two ways to run a network are apart, and how often they decide alike. */

/** Outputs that decide by their greatest number. */
const DECIDING = ['logits', 'identity', 'activity'];

export interface Agreement {
  readonly windows: number;
  /** By deciding output: share of windows whose greatest number is the same one. */
  readonly top1: Readonly<Record<string, number>>;
  /** By output: median and least cosine between the two answers. */
  readonly cosine: Readonly<Record<string, { readonly median: number; readonly least: number }>>;
}

type Answers = Readonly<Record<string, readonly Float32Array[]>>;

export function agreementOf(a: Answers, b: Answers): Agreement {
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
    cosine: Object.fromEntries(names.map((name) => [name, cosines(name)])),
  };
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
