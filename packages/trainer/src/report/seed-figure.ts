/** A figure over several trainings that differ in their seed. */

/** Mean and standard deviation over the seeds of a variant; fractions of 1. */
export interface SeedFigure {
  readonly mean: number;
  /** Of the sample (n − 1); 0 for a single run. */
  readonly deviation: number;
  readonly runs: number;
}

/** @param values of one run or more. */
export function seedFigure(values: readonly number[]): SeedFigure {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0, runs: values.length };
}

/** `0.9012 ± 0.0034`, of a single run `0.9012`. */
export function formatSeedFigure({ mean, deviation, runs }: SeedFigure): string {
  return runs > 1 ? `${mean.toFixed(4)} ± ${deviation.toFixed(4)}` : mean.toFixed(4);
}
