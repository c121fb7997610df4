/**
 * Where the R peak of a beat truly is: the largest deflection, in absolute value, of the beat's own clean waves. A Q or S beside
 * the R wave moves it by a millisecond or so.
 */
import { type PlacedWave, waveAt } from './wave.js';

const SEARCH_SECONDS = 0.08;
const COARSE_STEP = 0.002;
const FINE_STEPS = [0.0004, 0.00008, 0.000016];

/**
 * @param waves all waves of the beat.
 * @param rTime nominal time of the R wave, s.
 * @returns time of the apex, s, to within 16 µs.
 */
export function rApexTime(waves: readonly PlacedWave[], rTime: number): number {
  let apex = climb(waves, rTime, SEARCH_SECONDS, COARSE_STEP);
  let reach = COARSE_STEP;
  for (const step of FINE_STEPS) {
    apex = climb(waves, apex, reach, step);
    reach = step;
  }
  return apex;
}

function climb(waves: readonly PlacedWave[], around: number, reach: number, step: number): number {
  let best = around;
  let highest = 0;
  const steps = Math.round(reach / step);
  for (let k = -steps; k <= steps; k++) {
    const time = around + k * step;
    let sum = 0;
    for (const wave of waves) sum += waveAt(wave, time);
    if (Math.abs(sum) > highest) {
      highest = Math.abs(sum);
      best = time;
    }
  }
  return best;
}
