/** A rate with its uncertainty: the form in which every figure leaves this package. */

/** Fractions of 1. `low` and `high` bound the 95 % interval, which always includes `value`. */
export interface Rate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** 97.5 % quantile of the standard normal distribution. */
const Z = 1.959963984540054;

/**
 * Wilson's score interval, 95 %, for a plain proportion of independent trials (Wilson, JASA 22, 1927). Never leaves 0 … 1,
 * and stays honest at 0 and at `trials`. Trials of one person are not independent: for those, `rateOverSubjects`.
 *
 * @param successes 0 … `trials`, may be fractional (an effective count).
 * @returns for no trials, value NaN and the interval 0 … 1.
 */
export function wilson(successes: number, trials: number): Rate {
  if (trials === 0) return { value: Number.NaN, low: 0, high: 1 };
  const p = successes / trials;
  const z2 = (Z * Z) / trials;
  const centre = (p + z2 / 2) / (1 + z2);
  const half = (Z * Math.sqrt((p * (1 - p)) / trials + z2 / (4 * trials))) / (1 + z2);
  return {
    value: p,
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  };
}

/**
 * Percentile interval, 95 %, of bootstrap replicates around the estimate of the whole sample. Quantiles interpolate
 * linearly between order statistics. Where every replicate gives the same value (no error at all was seen, say), resampling
 * knows nothing about the uncertainty: then Wilson's interval with the number of subjects as trials stands in.
 *
 * @param replicates is sorted in place.
 */
export function percentileRate(value: number, replicates: Float64Array, subjects: number): Rate {
  if (Number.isNaN(value) || replicates.length === 0) return { value, low: 0, high: 1 };
  replicates.sort();
  const low = quantile(replicates, 0.025);
  const high = quantile(replicates, 0.975);
  if (low === high) {
    const stand = wilson(value * subjects, subjects);
    return { value, low: Math.min(value, stand.low), high: Math.max(value, stand.high) };
  }
  return { value, low: Math.min(value, low), high: Math.max(value, high) };
}

function quantile(sorted: Float64Array, q: number): number {
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (position - below) * (sorted[above]! - sorted[below]!);
}
