/** The bootstrap of figures to which each subject contributes on its own: subjects are drawn, never what belongs to them. */
import { SeededRandom } from './random.js';
import { percentileRate, type Rate } from './rate.js';
import { type BootstrapOptions, draw } from './verification-rates.js';

/**
 * A figure with its 95 % percentile interval: subjects are drawn with replacement, as many as there are, together with all that
 * belongs to them.
 *
 * @param subjects from 1 on.
 * @param figure of a sample in which each subject stands as often as `multiplicity` says; a fraction of 1.
 */
export function figureOverSubjects(
  subjects: number,
  figure: (multiplicity: Float64Array) => number,
  { seed, resamples = 1000 }: BootstrapOptions,
): Rate {
  const multiplicity = new Float64Array(subjects).fill(1);
  const value = figure(multiplicity);
  const everyone = Int32Array.from({ length: subjects }, (_, subject) => subject);
  const random = new SeededRandom(seed);
  const replicates = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    draw(everyone, multiplicity, random);
    replicates[resample] = figure(multiplicity);
  }
  return percentileRate(value, replicates, subjects);
}
