/** How strong a stretch of signal is. */

/** @returns mean square about the mean, in the square of the signal's unit; 0 for a constant. */
export function powerOf(samples: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += samples[i]!;
  const mean = sum / samples.length;
  let squares = 0;
  for (let i = 0; i < samples.length; i++) squares += (samples[i]! - mean) ** 2;
  return squares / samples.length;
}
