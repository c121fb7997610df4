/** Resampling of a whole signal from one rate to another, without delay: for noise recordings and for offline detectors. */

/** Zero crossings of the sinc on either side of its centre. */
const crossings = 16;

/**
 * Windowed-sinc interpolation (Hann window, 16 zero crossings on either side), with the cut-off at the lower of the two
 * Nyquist frequencies. Beyond its ends the signal is taken to stay at its first and last value.
 * @param from samples per second of `samples`. @param to samples per second of the result.
 * @returns round(length · to / from) samples; sample i stands at i / to seconds.
 */
export function resample(samples: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return samples;
  const output = new Float32Array(Math.round((samples.length * to) / from));
  const cutoff = Math.min(1, to / from);
  const reach = crossings / cutoff;
  const last = samples.length - 1;
  const step = from / to;
  // Rates are nearly always in a simple ratio, so that few kernels recur.
  const kernels = new Map<number, Float64Array>();
  for (let i = 0; i < output.length; i++) {
    const position = i * step;
    const centre = Math.floor(position);
    const phase = Math.round((position - centre) * 1e6) / 1e6;
    let kernel = kernels.get(phase);
    if (!kernel) {
      kernel = kernelOf(phase, cutoff, reach);
      kernels.set(phase, kernel);
    }
    const first = centre - Math.floor(reach);
    const inside = first >= 0 && first + kernel.length - 1 <= last;
    let sum = 0;
    for (let k = 0; k < kernel.length; k++) {
      const index = first + k;
      sum += kernel[k]! * samples[inside ? index : Math.max(0, Math.min(last, index))]!;
    }
    output[i] = sum;
  }
  return output;
}

/** Weights, with sum 1, of the samples from `floor(reach)` before to as many after the one below `phase`, and one more. */
function kernelOf(phase: number, cutoff: number, reach: number): Float64Array {
  const half = Math.floor(reach);
  const kernel = new Float64Array(2 * half + 2);
  let sum = 0;
  for (let k = 0; k < kernel.length; k++) {
    const distance = k - half - phase;
    if (Math.abs(distance) >= reach) continue;
    const x = Math.PI * cutoff * distance;
    const sinc = x === 0 ? 1 : Math.sin(x) / x;
    kernel[k] = sinc * (0.5 + 0.5 * Math.cos((Math.PI * distance) / reach));
    sum += kernel[k]!;
  }
  return kernel.map((weight) => weight / sum);
}
