import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type ComparisonSet,
  equalErrorRate,
  errorCurve,
  fnmrAtFmr,
  IdentityError,
  rateOverSubjects,
  SeededRandom,
  splitScores,
  verificationRates,
  wilson,
} from '../src/index.js';

/** A standard normal deviate (Box and Muller). */
function normal(random: SeededRandom): number {
  const u = (random.bits() + 1) / 2 ** 32;
  return Math.sqrt(-2 * Math.log(u)) * Math.cos((2 * Math.PI * random.bits()) / 2 ** 32);
}

interface Population {
  readonly subjects: number;
  readonly probes: number;
  /** Distance of the means in standard deviations. */
  readonly separation: number;
  /** Standard deviation of what all comparisons of one probing subject share. */
  readonly spread: number;
}

/** Every probe of every subject against the template of every subject. */
function population({ subjects, probes, separation, spread }: Population, random: SeededRandom): ComparisonSet {
  const scores: number[] = [];
  const templateSubjects: number[] = [];
  const probeSubjects: number[] = [];
  for (let b = 0; b < subjects; b++) {
    const shared = spread * normal(random);
    for (let probe = 0; probe < probes; probe++) {
      for (let a = 0; a < subjects; a++) {
        scores.push((a === b ? separation + shared : 0) + normal(random));
        templateSubjects.push(a);
        probeSubjects.push(b);
      }
    }
  }
  return { scores, templateSubjects, probeSubjects, subjects };
}

describe('SeededRandom', () => {
  test('repeats itself for the same seed, not for another, and fills its range evenly', () => {
    const take = (seed: number) => {
      const random = new SeededRandom(seed);
      return Array.from({ length: 8 }, () => random.bits());
    };
    expect(take(7)).toEqual(take(7));
    expect(take(7)).not.toEqual(take(8));
    const random = new SeededRandom(0);
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) counts[random.below(10)]!++;
    // χ² with 9 degrees of freedom: 27.9 is its 99.9 % quantile.
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.9);
  });
});

describe('wilson', () => {
  test('gives the published interval of 81 in 263 (Newcombe 1998: 0.2553 … 0.3662)', () => {
    const { low, high } = wilson(81, 263);
    expect(low).toBeCloseTo(0.2553, 4);
    expect(high).toBeCloseTo(0.3662, 4);
  });

  test('stays within 0 … 1, around the value, and is symmetric', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(500), (trials, any) => {
        const successes = any % (trials + 1);
        const { value, low, high } = wilson(successes, trials);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
        expect(high).toBeLessThanOrEqual(1);
        expect(wilson(trials - successes, trials).high).toBeCloseTo(1 - low, 12);
      }),
    );
    expect(wilson(0, 0)).toEqual({ value: Number.NaN, low: 0, high: 1 });
  });
});

describe('rateOverSubjects', () => {
  const people = [
    { successes: 9, trials: 10 },
    { successes: 0, trials: 1 },
    { successes: 0, trials: 0 },
    { successes: 1, trials: 2 },
  ];

  test('micro weighs trials, macro weighs subjects, and subjects without trials do not count', () => {
    expect(rateOverSubjects(people, 'micro', { seed: 1 }).value).toBeCloseTo(10 / 13, 12);
    expect(rateOverSubjects(people, 'macro', { seed: 1 }).value).toBeCloseTo((0.9 + 0 + 0.5) / 3, 12);
  });

  test('is the same for the same seed', () => {
    const many = Array.from({ length: 50 }, (_, i) => ({ successes: i, trials: 50 }));
    const run = (seed: number) => rateOverSubjects(many, 'micro', { seed });
    expect(run(3)).toEqual(run(3));
    expect(run(3)).not.toEqual(run(4));
  });

  test('the interval of independent subjects is about that of Wilson', () => {
    const subjects = Array.from({ length: 400 }, (_, i) => ({ successes: i % 4 === 0 ? 0 : 1, trials: 1 }));
    const plain = wilson(300, 400);
    const rate = rateOverSubjects(subjects, 'macro', { seed: 5 });
    expect(rate.low).toBeCloseTo(plain.low, 1);
    expect(rate.high - rate.low).toBeGreaterThan(0.9 * (plain.high - plain.low));
    expect(rate.high - rate.low).toBeLessThan(1.1 * (plain.high - plain.low));
  });

  test('trials of one subject are no independent evidence: twenty each do not narrow the interval', () => {
    const once = Array.from({ length: 100 }, (_, i) => ({ successes: i % 5 === 0 ? 0 : 1, trials: 1 }));
    const often = once.map(({ successes }) => ({ successes: successes * 20, trials: 20 }));
    expect(rateOverSubjects(often, 'micro', { seed: 2 })).toEqual(rateOverSubjects(once, 'micro', { seed: 2 }));
  });

  test('without any error the interval is not a point', () => {
    const perfect = Array.from({ length: 30 }, () => ({ successes: 4, trials: 4 }));
    const rate = rateOverSubjects(perfect, 'macro', { seed: 1 });
    expect(rate).toEqual({ value: 1, low: wilson(30, 30).low, high: 1 });
    expect(rate.low).toBeLessThan(0.9);
  });

  test('nobody tested gives no value; more successes than trials are refused', () => {
    expect(rateOverSubjects([], 'micro', { seed: 1 })).toEqual({ value: Number.NaN, low: 0, high: 1 });
    expect(() => rateOverSubjects([{ successes: 2, trials: 1 }], 'micro', { seed: 1 })).toThrow(IdentityError);
  });
});

describe('verificationRates', () => {
  const random = new SeededRandom(11);
  const set = population({ subjects: 40, probes: 3, separation: 2, spread: 0.5 }, random);

  test('its point estimates are those of the error curve, whatever the order of the comparisons', () => {
    const { genuine, impostor } = splitScores(set);
    const curve = errorCurve(genuine, impostor);
    const targets = [0.1, 0.001, 0.01];
    const rates = verificationRates(set, { seed: 1, resamples: 20, fmrTargets: targets });
    expect(rates.eer.value).toBe(equalErrorRate(curve).value);
    expect(rates.fnmrAtFmr.map(({ value }) => value)).toEqual(targets.map((target) => fnmrAtFmr(curve, target)));
    expect(rates).toMatchObject({ subjects: 40, genuine: 120, impostor: 40 * 39 * 3 });

    const order = Array.from({ length: set.scores.length }, (_, i) => i).reverse();
    const reversed: ComparisonSet = {
      subjects: set.subjects,
      scores: order.map((i) => set.scores[i]!),
      templateSubjects: order.map((i) => set.templateSubjects[i]!),
      probeSubjects: order.map((i) => set.probeSubjects[i]!),
    };
    expect(verificationRates(reversed, { seed: 1, resamples: 20, fmrTargets: targets })).toEqual(rates);
  });

  test('a resample equals the rates of the comparisons written out as often as they were drawn', () => {
    const score = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(fc.integer(), fc.array(score, { minLength: 24, maxLength: 24 }), (seed, scores) => {
        // Four subjects with one template each, six probes.
        const small: ComparisonSet = {
          subjects: 4,
          scores,
          templateSubjects: scores.map((_, i) => i % 4),
          probeSubjects: scores.map((_, i) => Math.floor(i / 4) % 4),
        };
        const { eer, subjects } = verificationRates(small, { seed, resamples: 2 });
        const draws = new SeededRandom(seed);
        const [first, second] = [eerWrittenOut(small, draws), eerWrittenOut(small, draws)].sort((a, b) => a - b);
        if (first === second) {
          const standIn = wilson(eer.value * subjects, subjects);
          expect([eer.low, eer.high]).toEqual([Math.min(eer.value, standIn.low), Math.max(eer.value, standIn.high)]);
        } else {
          expect(eer.low).toBeCloseTo(Math.min(eer.value, 0.975 * first! + 0.025 * second!), 12);
          expect(eer.high).toBeCloseTo(Math.max(eer.value, 0.025 * first! + 0.975 * second!), 12);
        }
      }),
    );
  });

  test('perfect separation gives 0 with an interval that is not a point', () => {
    const perfect = population({ subjects: 25, probes: 2, separation: 100, spread: 0 }, new SeededRandom(2));
    const { eer } = verificationRates(perfect, { seed: 1, resamples: 100 });
    expect(eer).toEqual({ value: 0, low: 0, high: wilson(0, 25).high });
  });

  test('refuses sets without genuine or impostor comparisons, and arrays that do not fit', () => {
    const one = { scores: [1], templateSubjects: [0], probeSubjects: [0], subjects: 1 };
    expect(() => verificationRates(one, { seed: 1 })).toThrow(/at least one genuine and one impostor/);
    expect(() => verificationRates({ ...one, probeSubjects: [] }, { seed: 1 })).toThrow(/0 probe subjects/);
    expect(() => verificationRates({ ...one, probeSubjects: [1] }, { seed: 1 })).toThrow(/subject 1 of 1/);
    expect(() => verificationRates({ ...one, scores: [Number.NaN] }, { seed: 1 })).toThrow(/score 0 is NaN/);
  });

  test('covers the true EER of the population about 95 times in 100', () => {
    // Genuine scores N(2, 1 + 0.8²), impostor scores N(0, 1): EER where both tails are equal, t = 2 / (1 + σ).
    const spread = 0.8;
    const sigma = Math.hypot(1, spread);
    const truth = 0.5 * erfc(2 / (1 + sigma) / Math.SQRT2);
    const draws = new SeededRandom(99);
    let covered = 0;
    const runs = 100;
    for (let run = 0; run < runs; run++) {
      const sample = population({ subjects: 40, probes: 2, separation: 2, spread }, draws);
      const { eer } = verificationRates(sample, { seed: run, resamples: 200 });
      if (eer.low <= truth && truth <= eer.high) covered++;
    }
    expect(covered).toBeGreaterThanOrEqual(88);
    expect(covered).toBeLessThan(100);
  });

  test('1,000 resamples over 200 subjects × all pairs take a few seconds at most', () => {
    const large = population({ subjects: 200, probes: 5, separation: 2.5, spread: 0.5 }, new SeededRandom(3));
    const started = performance.now();
    verificationRates(large, { seed: 1, resamples: 1000, fmrTargets: [0.01, 0.001] });
    expect(performance.now() - started).toBeLessThan(6000);
  });
});

/** Draws subjects as the bootstrap does, lists every comparison as often as it counts, and takes the plain EER of the list. */
function eerWrittenOut(
  { scores, templateSubjects, probeSubjects, subjects }: ComparisonSet,
  draws: SeededRandom,
): number {
  const weights = new Array<number>(subjects).fill(0);
  do {
    weights.fill(0);
    for (let i = 0; i < subjects; i++) weights[draws.below(subjects)]!++;
  } while (weights.filter((weight) => weight > 0).length < 2);
  const genuine: number[] = [];
  const impostor: number[] = [];
  for (let i = 0; i < scores.length; i++) {
    const [a, b] = [templateSubjects[i]!, probeSubjects[i]!];
    const copies = a === b ? weights[a]! : weights[a]! * weights[b]!;
    for (let copy = 0; copy < copies; copy++) (a === b ? genuine : impostor).push(scores[i]!);
  }
  return equalErrorRate(errorCurve(genuine, impostor)).value;
}

/** Complementary error function by Simpson's rule on its integral. */
function erfc(x: number): number {
  const steps = 2000;
  const h = x / steps;
  let sum = 1 + Math.exp(-x * x);
  for (let i = 1; i < steps; i++) sum += Math.exp(-((i * h) ** 2)) * (i % 2 === 1 ? 4 : 2);
  return 1 - ((2 / Math.sqrt(Math.PI)) * sum * h) / 3;
}
