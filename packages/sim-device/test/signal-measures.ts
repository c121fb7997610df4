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

/**
 * Power of a signal in bands of frequency, by averaged periodograms of 4,096 samples under a Hann window, half overlapped.
 *
 * @param bands lower and upper edges, Hz.
 * @returns power of each, in the square of the signal's unit times one factor for all.
 */
export function bandPowers(
  samples: Float32Array,
  rate: number,
  bands: readonly (readonly [low: number, high: number])[],
): number[] {
  const size = 4096;
  const powers = bands.map(() => 0);
  for (let start = 0; start + size <= samples.length; start += size / 2) {
    const piece = samples.subarray(start, start + size);
    const mean = piece.reduce((sum, value) => sum + value, 0) / size;
    const re = Float64Array.from(
      piece,
      (value, i) => (value - mean) * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size)),
    );
    const im = new Float64Array(size);
    fourier(re, im);
    bands.forEach(([low, high], band) => {
      for (let k = Math.ceil((low * size) / rate); k < (high * size) / rate; k++)
        powers[band]! += re[k]! ** 2 + im[k]! ** 2;
    });
  }
  return powers;
}

/** Discrete Fourier transform in place, of a length that is a power of two (Cooley and Tukey). */
function fourier(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j]!, re[i]!];
      [im[i], im[j]] = [im[j]!, im[i]!];
    }
  }
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    for (let k = 0; k < half; k++) {
      const cos = Math.cos((-2 * Math.PI * k) / size);
      const sin = Math.sin((-2 * Math.PI * k) / size);
      for (let at = k; at < n; at += size) {
        const tRe = re[at + half]! * cos - im[at + half]! * sin;
        const tIm = re[at + half]! * sin + im[at + half]! * cos;
        re[at + half] = re[at]! - tRe;
        im[at + half] = im[at]! - tIm;
        re[at]! += tRe;
        im[at]! += tIm;
      }
    }
  }
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
