/** A plain periodic ECG with known R peaks, for tests that need nothing lifelike. */

/** @returns samples in mV: P, QRS and T as Gaussians. */
export function syntheticEcg(options: {
  rate: number;
  seconds: number;
  rr?: number;
  amplitude?: number;
  offset?: number;
}): {
  samples: Float32Array;
  /** Times of the R peaks in seconds. */
  rPeaks: number[];
} {
  const { rate, seconds, rr = 0.8, amplitude = 1, offset = 0 } = options;
  const waves = [
    { at: -0.16, width: 0.02, height: 0.15 },
    { at: -0.025, width: 0.008, height: -0.1 },
    { at: 0, width: 0.01, height: 1 },
    { at: 0.025, width: 0.008, height: -0.2 },
    { at: 0.25, width: 0.04, height: 0.3 },
  ];
  const samples = new Float32Array(Math.round(rate * seconds)).fill(offset);
  const rPeaks: number[] = [];
  for (let time = 0.6; time < seconds; time += rr) {
    rPeaks.push(time);
    for (const { at, width, height } of waves) {
      const from = Math.max(0, Math.floor((time + at - 5 * width) * rate));
      const to = Math.min(samples.length - 1, Math.ceil((time + at + 5 * width) * rate));
      for (let i = from; i <= to; i++)
        samples[i] += amplitude * height * Math.exp(-0.5 * ((i / rate - time - at) / width) ** 2);
    }
  }
  return { samples, rPeaks };
}

/** Seeded white noise between −1 and 1 (a linear congruential generator: reproducible, nothing more). */
export function noise(length: number, seed: number): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  });
}
