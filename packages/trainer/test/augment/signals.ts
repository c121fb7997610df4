/** Signals to augment, and what is measured of them. */

/** mV at 250 Hz. @param frequency Hz. */
export function sineWave(length: number, frequency: number, amplitude = 1): Float32Array {
  return Float32Array.from({ length }, (_, i) => amplitude * Math.sin((2 * Math.PI * frequency * i) / 250));
}

/** Bells of 40 ms every `period` samples, from `first` on: what an R peak is to these functions. */
export function bells(length: number, period: number, first: number): Float32Array {
  const signal = new Float32Array(length);
  for (let peak = first; peak < length + 50; peak += period) {
    for (let i = Math.max(0, peak - 50); i < Math.min(length, peak + 50); i++) {
      signal[i]! += Math.exp(-0.5 * ((i - peak) / 4) ** 2);
    }
  }
  return signal;
}

export function difference(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, i) => value - b[i]!);
}

export function meanOf(samples: ArrayLike<number>): number {
  return Array.from(samples).reduce((sum, value) => sum + value, 0) / samples.length;
}

/** Mean square about the mean, in double precision. */
export function varianceOf(samples: ArrayLike<number>): number {
  const mean = meanOf(samples);
  return meanOf(Array.from(samples, (value) => (value - mean) ** 2));
}

/** Decibels by which the power of `signal` stands above that of `noise`. */
export function ratioOf(signal: Float32Array, noise: Float32Array): number {
  return 10 * Math.log10(varianceOf(signal) / varianceOf(noise));
}

/** Power between two frequencies in Hz (the mean left out), by a Hann-windowed Fourier transform. */
export function powerBetween(samples: Float32Array, low: number, high: number): number {
  const { length } = samples;
  const mean = meanOf(samples);
  const size = 2 ** Math.ceil(Math.log2(length));
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  for (let i = 0; i < length; i++) {
    re[i] = (samples[i]! - mean) * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length));
  }
  transform(re, im);
  let sum = 0;
  for (let k = 1; k < size / 2; k++) {
    const frequency = (250 * k) / size;
    if (frequency >= low && frequency <= high) sum += re[k]! ** 2 + im[k]! ** 2;
  }
  // Parseval, and the mean square of the window, which is 3/8.
  return (2 * sum) / (size * length * 0.375);
}

/** Part of the power that lies between two frequencies in Hz. */
export function shareOfPower(samples: Float32Array, low: number, high: number): number {
  return powerBetween(samples, low, high) / powerBetween(samples, 0, 125);
}

/** Fourier transform in place, by halves; the length is a power of two. */
function transform(re: Float64Array, im: Float64Array): void {
  const { length } = re;
  if (length === 1) return;
  const half = length / 2;
  const [evenRe, evenIm, oddRe, oddIm] = [0, 0, 0, 0].map(() => new Float64Array(half)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0; i < half; i++) {
    evenRe[i] = re[2 * i]!;
    evenIm[i] = im[2 * i]!;
    oddRe[i] = re[2 * i + 1]!;
    oddIm[i] = im[2 * i + 1]!;
  }
  transform(evenRe, evenIm);
  transform(oddRe, oddIm);
  for (let k = 0; k < half; k++) {
    const cosine = Math.cos((2 * Math.PI * k) / length);
    const sine = -Math.sin((2 * Math.PI * k) / length);
    const turnedRe = oddRe[k]! * cosine - oddIm[k]! * sine;
    const turnedIm = oddRe[k]! * sine + oddIm[k]! * cosine;
    re[k] = evenRe[k]! + turnedRe;
    im[k] = evenIm[k]! + turnedIm;
    re[k + half] = evenRe[k]! - turnedRe;
    im[k + half] = evenIm[k]! - turnedIm;
  }
}

/** Smallest and largest step from one sample to the next. */
export function stepsOf(samples: Float32Array): { least: number; most: number } {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 1; i < samples.length; i++) {
    least = Math.min(least, samples[i]! - samples[i - 1]!);
    most = Math.max(most, samples[i]! - samples[i - 1]!);
  }
  return { least, most };
}

/** Index of the largest value. */
export function peakOf(samples: Float32Array): number {
  return samples.indexOf(samples.reduce((largest, value) => Math.max(largest, value), Number.NEGATIVE_INFINITY));
}
