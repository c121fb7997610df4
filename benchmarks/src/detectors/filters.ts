/** Non-recursive filters that several of the published detectors share, on whole signals. Before its beginning a signal is
 * taken to have had its first value. */

/** Sample n of the result is the mean of samples n − length + 1 … n. */
export function movingAverage(signal: Float64Array, length: number): Float64Array {
  const output = new Float64Array(signal.length);
  let sum = signal.length === 0 ? 0 : length * signal[0]!;
  for (let n = 0; n < signal.length; n++) {
    sum += signal[n]! - signal[n < length ? 0 : n - length]!;
    output[n] = sum / length;
  }
  return output;
}

/** The signal `delay` samples ago less its moving average over `length` samples. */
export function averageSubtracted(signal: Float64Array, length: number, delay: number): Float64Array {
  const average = movingAverage(signal, length);
  return average.map((mean, n) => signal[n < delay ? 0 : n - delay]! - mean);
}
