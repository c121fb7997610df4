/** The band everything else works on: 0.5–40 Hz, Butterworth, two poles at either end, causal. */
import { BiquadCascade } from './biquad.js';

/** Coefficients at 250 samples per second, float32; `test/signal/biquad.test.ts` derives them again. */
export const ecgBand = [
  [0.9911535978317261, -1.9823071956634521, 0.9911535978317261, -1.9822288751602173, 0.9823854565620422],
  [0.14532388746738434, 0.2906477749347687, 0.14532388746738434, -0.6710290908813477, 0.252324640750885],
] as const;

/**
 * Samples by which the band delays a QRS complex (8 ms; the low-pass's group delay is 5.6 ms at rest and grows with the
 * frequency). Whole samples, so that positions stay integers.
 */
export const ecgBandDelay = 2;

/** @returns the 0.5–40 Hz filter for 250 samples per second. */
export function createEcgBand(): BiquadCascade {
  return new BiquadCascade(ecgBand);
}
