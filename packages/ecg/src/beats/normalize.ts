/** Normalisation of beats and windows, in place, float32 with one rounding per operation. */

const f = Math.fround;

/** As a model's metadata names it. */
export type Normalization = 'min-max' | 'z-score' | 'none';

/** To 0…1. A constant gives zeros. */
function minMax(values: Float32Array): void {
  let low = values[0];
  let high = values[0];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const range = f(high - low);
  for (let i = 0; i < values.length; i++) values[i] = range > 0 ? f(f(values[i] - low) / range) : 0;
}

/** To mean 0 and (population) standard deviation 1. A constant gives zeros. */
function zScore(values: Float32Array): void {
  let sum = 0;
  for (const value of values) sum = f(sum + value);
  const mean = f(sum / values.length);
  let squares = 0;
  for (const value of values) {
    const deviation = f(value - mean);
    squares = f(squares + f(deviation * deviation));
  }
  const deviation = f(Math.sqrt(f(squares / values.length)));
  for (let i = 0; i < values.length; i++) values[i] = deviation > 0 ? f(f(values[i] - mean) / deviation) : 0;
}

/** @param values at least one sample, any unit. */
export function normalize(values: Float32Array, how: Normalization): void {
  if (how === 'min-max') minMax(values);
  else if (how === 'z-score') zScore(values);
}
