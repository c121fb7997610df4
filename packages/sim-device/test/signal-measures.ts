/** What the tests measure on signals and on series of RR intervals. */

/** Mean heart rate, SDNN and RMSSD, as heart-rate variability is usually told. RR in ms. */
export function rrStatistics(rr: readonly number[]): { heartRate: number; sdnn: number; rmssd: number } {
  const mean = average(rr);
  const differences = rr.slice(1).map((value, i) => (value - rr[i]!) ** 2);
  return {
    heartRate: 60_000 / mean,
    sdnn: Math.sqrt(average(rr.map((value) => (value - mean) ** 2))),
    rmssd: Math.sqrt(average(differences)),
  };
}

export function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The value below which a share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

/** Power of an evenly sampled series at a frequency, by the discrete Fourier sum. */
export function powerAt(series: readonly number[], rate: number, hertz: number): number {
  const mean = average(series);
  let re = 0;
  let im = 0;
  series.forEach((value, i) => {
    const angle = (2 * Math.PI * hertz * i) / rate;
    re += (value - mean) * Math.cos(angle);
    im += (value - mean) * Math.sin(angle);
  });
  return (re * re + im * im) / series.length;
}

/** Mean of the beats around these samples, centred, of length 1: what a plain template matcher compares. */
export function meanBeat(samples: Float32Array, peaks: readonly number[], before: number, after: number): Float64Array {
  const beat = new Float64Array(before + after);
  for (const peak of peaks) for (let i = 0; i < beat.length; i++) beat[i]! += samples[peak - before + i]!;
  const mean = average([...beat]);
  const norm = Math.sqrt(beat.reduce((sum, value) => sum + (value - mean) ** 2, 0));
  return beat.map((value) => (value - mean) / norm);
}

export function cosine(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
