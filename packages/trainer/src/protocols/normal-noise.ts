/** White noise on normalised beats. */
import { beatLength } from '@edgebeat/ecg';
import type { RandomGenerator } from '../random/random-generator.js';

/**
 * Adds independent normal deviates, their standard deviation a fraction of the range of the beat that they meet.
 *
 * @param windows each a row of beats of 300 samples; changed in place.
 * @param deviation above 0.
 */
export function addNormalNoise(windows: readonly Float32Array[], deviation: number, generator: RandomGenerator): void {
  const noise = new Float32Array(beatLength);
  for (const window of windows) {
    for (let begin = 0; begin < window.length; begin += beatLength) {
      const beat = window.subarray(begin, begin + beatLength);
      const scale = deviation * (Math.max(...beat) - Math.min(...beat));
      generator.normals(noise);
      for (let i = 0; i < beat.length; i++) beat[i]! += scale * noise[i]!;
    }
  }
}
