/**
 * One wave of the heart beat — P, Q, R, S, T — as a Gaussian around its place relative to the R wave, narrower on one side
 * where it is asymmetric.
 */

/** How a wave moves and stretches with the RR interval r, in seconds: its offset and widths are multiplied by rᵖ. */
export type RateLaw =
  /** The QRS complex: conduction in the ventricles does not change with the rate. */
  | 'fixed'
  /** The T wave: Bazett's square root, QT = QTc·√r. */
  | 'repolarisation'
  /** The P wave: the PR interval shortens a little. */
  | 'conduction';

const exponents: Readonly<Record<RateLaw, number>> = { fixed: 0, repolarisation: 0.5, conduction: 0.35 };

export interface Wave {
  readonly name: 'P' | 'Q' | 'R' | 'S' | 'ST' | 'T';
  /** Height at the peak, mV; negative below the baseline. */
  readonly amplitude: number;
  /** Place of the peak relative to the R wave at 60 beats a minute, s. */
  readonly offset: number;
  /** Standard deviation of the Gaussian before and after its peak, at 60 beats a minute, s. */
  readonly widthBefore: number;
  readonly widthAfter: number;
  readonly law: RateLaw;
}

/** A wave of one beat: place in time, shape, height. */
export interface PlacedWave {
  readonly amplitude: number;
  /** Time of the peak, s. */
  readonly center: number;
  readonly widthBefore: number;
  readonly widthAfter: number;
}

/** Beyond this many standard deviations a wave is below 0.05 % of its height and counts as over. */
export const WAVE_REACH = 3.9;

/**
 * @param wave as the person has it.
 * @param rTime time of the R wave, s.
 * @param rr RR interval to which this beat's conduction and repolarisation have adapted, s.
 * @param amplitude factor on the height.
 * @param shift added to the place, s.
 */
export function placeWave(wave: Wave, rTime: number, rr: number, amplitude: number, shift: number): PlacedWave {
  const stretch = rr ** exponents[wave.law];
  return {
    amplitude: wave.amplitude * amplitude,
    center: rTime + wave.offset * stretch + shift,
    widthBefore: wave.widthBefore * stretch,
    widthAfter: wave.widthAfter * stretch,
  };
}

/** Height of a wave at a time, mV. */
export function waveAt(wave: PlacedWave, time: number): number {
  const distance = time - wave.center;
  const widths = distance / (distance < 0 ? wave.widthBefore : wave.widthAfter);
  if (widths > WAVE_REACH || widths < -WAVE_REACH) return 0;
  return wave.amplitude * Math.exp(-0.5 * widths * widths);
}
