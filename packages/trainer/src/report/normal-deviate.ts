/** The scale of DET plots. */

/**
 * Quantile of the standard normal distribution, by the rational approximation 26.2.23 of Abramowitz and Stegun (1964), within
 * 4.5e-4: enough for a place on an axis.
 *
 * @param p between 0 and 1, both excluded.
 */
export function normalDeviate(p: number): number {
  if (p > 0.5) return -normalDeviate(1 - p);
  const t = Math.sqrt(-2 * Math.log(p));
  const above = 2.515517 + t * (0.802853 + t * 0.010328);
  const below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  return above / below - t;
}
