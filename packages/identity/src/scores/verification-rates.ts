/**
 * EER and FNMR at fixed FMR with intervals over subjects.
 *
 * Comparisons that share a person are not independent, on either side: one goat spoils a row of the score matrix, one lamb a
 * column. So subjects are drawn with replacement, never comparisons, and one draw decides both sides: a subject drawn m times
 * gives its genuine comparisons the weight m, and an impostor comparison of subjects drawn m and n times weighs m·n. Copies of
 * one subject are not compared with each other: they would be genuine pairs that pass for impostors. This is the bootstrap of
 * dyadic data (Snijders and Borgatti, Connections 22, 1999; Davezies, D'Haultfœuille and Guyonvarch, Annals of Statistics 49,
 * 2021), the one-population form of the pigeonhole bootstrap (Owen, Annals of Applied Statistics 1, 2007); Fogliato, Patil
 * and Perona (International Journal of Computer Vision, 2024) compare it with others for biometrics.
 *
 * It is fast because scores are sorted once. A resample only walks down from the highest score until FMR has passed both FNMR
 * and the targets, some percent of the comparisons; the totals come from counts per pair of subjects.
 */
import { IdentityError } from '../identity-error.js';
import { type ComparisonSet, requireComparisonSet } from './comparison-set.js';
import { crossing } from './error-curve.js';
import { SeededRandom } from './random.js';
import { percentileRate, type Rate } from './rate.js';

export interface BootstrapOptions {
  /** Same seed, same interval. */
  readonly seed: number;
  /** Default 1000. */
  readonly resamples?: number;
}

export interface VerificationOptions extends BootstrapOptions {
  /** FMRs, fractions of 1, at which FNMR is wanted. */
  readonly fmrTargets?: readonly number[];
}

export interface VerificationRates {
  readonly eer: Rate;
  /** FNMR at each of `fmrTargets`, in their order. */
  readonly fnmrAtFmr: readonly Rate[];
  /** Subjects with genuine comparisons. */
  readonly subjects: number;
  readonly genuine: number;
  readonly impostor: number;
}

/**
 * Error rates of a set of comparisons, point estimates as `equalErrorRate` and `fnmrAtFmr` define them, 95 % percentile
 * intervals over subjects. O(n log n) for n comparisons, plus a part of n for every resample.
 *
 * @throws IdentityError for an unusable set, or one without genuine or without impostor comparisons.
 */
export function verificationRates(set: ComparisonSet, options: VerificationOptions): VerificationRates {
  const { seed, resamples = 1000, fmrTargets = [] } = options;
  requireComparisonSet(set);
  const sweep = new Sweep(set, fmrTargets);
  const figures = fmrTargets.length + 1;
  const value = new Float64Array(figures);
  const once = new Float64Array(set.subjects).fill(1);
  if (!sweep.run(once, value)) {
    throw new IdentityError(
      'error rates need at least one genuine and one impostor comparison',
      'Give a subject both template and probe, and have at least two subjects.',
    );
  }

  const replicates = Array.from({ length: figures }, () => new Float64Array(resamples));
  const random = new SeededRandom(seed);
  const multiplicity = new Float64Array(set.subjects);
  const figure = new Float64Array(figures);
  for (let resample = 0; resample < resamples; resample++) {
    // A draw that leaves no genuine or no impostor comparison has no rates: draw again. That at least one of each is left
    // has a probability bounded away from zero, whatever the number of subjects.
    do draw(sweep.present, multiplicity, random);
    while (!sweep.run(multiplicity, figure));
    for (let k = 0; k < figures; k++) replicates[k]![resample] = figure[k]!;
  }
  const rates = replicates.map((values, k) => percentileRate(value[k]!, values, sweep.genuineSubjects));
  return {
    eer: rates[0]!,
    fnmrAtFmr: rates.slice(1),
    subjects: sweep.genuineSubjects,
    genuine: sweep.genuine,
    impostor: sweep.impostor,
  };
}

/** Draws as many subjects as there are, with replacement, and notes how often each came. */
export function draw(present: Int32Array, multiplicity: Float64Array, random: SeededRandom): void {
  multiplicity.fill(0);
  for (let i = 0; i < present.length; i++) multiplicity[present[random.below(present.length)]!]!++;
}

/** The comparisons sorted by falling score, and what is needed to weigh them quickly. */
class Sweep {
  /** Subjects that occur in a comparison. */
  readonly present: Int32Array;
  readonly genuineSubjects: number;
  readonly genuine: number;
  readonly impostor: number;
  private readonly templateSubjects: Int32Array;
  private readonly probeSubjects: Int32Array;
  /** 1 where the next comparison has a lower score. */
  private readonly endsTie: Uint8Array;
  private readonly genuineCounts: Float64Array;
  private readonly impostorPairs: { readonly a: Int32Array; readonly b: Int32Array; readonly count: Float64Array };
  private readonly targets: readonly { readonly fmr: number; readonly figure: number }[];

  constructor(set: ComparisonSet, fmrTargets: readonly number[]) {
    const { scores, subjects } = set;
    const order = Uint32Array.from(scores, (_, index) => index).sort((x, y) => scores[y]! - scores[x]! || 0);
    this.templateSubjects = Int32Array.from(order, (index) => set.templateSubjects[index]!);
    this.probeSubjects = Int32Array.from(order, (index) => set.probeSubjects[index]!);
    this.endsTie = Uint8Array.from(order, (index, i) => (scores[order[i + 1]!] === scores[index] ? 0 : 1));
    this.genuineCounts = new Float64Array(subjects);
    const seen = new Uint8Array(subjects);
    const pairs = new Map<number, number>();
    for (let i = 0; i < order.length; i++) {
      const a = this.templateSubjects[i]!;
      const b = this.probeSubjects[i]!;
      seen[a] = 1;
      seen[b] = 1;
      if (a === b) this.genuineCounts[a]!++;
      else pairs.set(a * subjects + b, (pairs.get(a * subjects + b) ?? 0) + 1);
    }
    this.impostorPairs = {
      a: Int32Array.from(pairs.keys(), (key) => Math.floor(key / subjects)),
      b: Int32Array.from(pairs.keys(), (key) => key % subjects),
      count: Float64Array.from(pairs.values()),
    };
    this.present = Int32Array.from(seen.keys()).filter((subject) => seen[subject] === 1);
    this.genuineSubjects = this.genuineCounts.filter((count) => count > 0).length;
    this.genuine = this.genuineCounts.reduce((sum, count) => sum + count, 0);
    this.impostor = order.length - this.genuine;
    this.targets = fmrTargets.map((fmr, index) => ({ fmr, figure: index + 1 })).sort((x, y) => x.fmr - y.fmr);
  }

  /**
   * Rates of the weighted comparisons.
   *
   * @param weight how often each subject counts.
   * @param figures receives the EER, then FNMR at each target.
   * @returns false when no genuine or no impostor comparison has weight.
   */
  run(weight: Float64Array, figures: Float64Array): boolean {
    const { templateSubjects, probeSubjects, endsTie, targets } = this;
    const genuineTotal = this.genuineTotal(weight);
    const impostorTotal = this.impostorTotal(weight);
    if (genuineTotal === 0 || impostorTotal === 0) return false;
    let genuine = 0;
    let impostor = 0;
    let fmr = 0;
    let fnmr = 1;
    let nextTarget = 0;
    let crossed = false;
    let changed = false;
    for (let i = 0; i < endsTie.length; i++) {
      const a = templateSubjects[i]!;
      const b = probeSubjects[i]!;
      const w = a === b ? weight[a]! : weight[a]! * weight[b]!;
      if (w !== 0) {
        changed = true;
        if (a === b) genuine += w;
        else impostor += w;
      }
      if (!changed || endsTie[i] === 0) continue;
      changed = false;
      const fmrBefore = fmr;
      const fnmrBefore = fnmr;
      fmr = impostor / impostorTotal;
      fnmr = (genuineTotal - genuine) / genuineTotal;
      while (nextTarget < targets.length && fmr > targets[nextTarget]!.fmr) {
        figures[targets[nextTarget]!.figure] = fnmrBefore;
        nextTarget++;
      }
      if (!crossed && fmr >= fnmr) {
        crossed = true;
        figures[0] = crossing(fmrBefore, fnmrBefore, fmr, fnmr);
      }
      if (crossed && nextTarget === targets.length) break;
    }
    for (; nextTarget < targets.length; nextTarget++) figures[targets[nextTarget]!.figure] = fnmr;
    return true;
  }

  private genuineTotal(weight: Float64Array): number {
    let total = 0;
    for (let subject = 0; subject < weight.length; subject++) total += weight[subject]! * this.genuineCounts[subject]!;
    return total;
  }

  private impostorTotal(weight: Float64Array): number {
    const { a, b, count } = this.impostorPairs;
    let total = 0;
    for (let pair = 0; pair < count.length; pair++) total += weight[a[pair]!]! * weight[b[pair]!]! * count[pair]!;
    return total;
  }
}
