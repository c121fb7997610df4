/** Normal distribution for tests: quantiles of scores without sampling noise, and Φ to compare with. */

/** Φ(x), by integrating the density (Simpson's rule), good to 1e-10 in −8 … 8. */
export function phi(x: number): number {
  const steps = 2000;
  const h = x / steps;
  const density = (t: number) => Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI);
  let sum = density(0) + density(x);
  for (let i = 1; i < steps; i++) sum += density(i * h) * (i % 2 === 1 ? 4 : 2);
  return 0.5 + (sum * h) / 3;
}

/** The n midpoint quantiles of N(mean, 1), rising: a sample as even as n points can be. Good to 1e-4. */
export function normalQuantiles(n: number, mean: number): number[] {
  const step = 1e-4;
  const quantiles: number[] = [];
  let x = -8;
  let below = 0;
  for (let i = 0; i < n; i++) {
    for (; below < (i + 0.5) / n; x += step) below += (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * step;
    quantiles.push(mean + x);
  }
  return quantiles;
}
