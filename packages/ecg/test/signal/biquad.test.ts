import { describe, expect, test } from '@jest/globals';
import { qrsBand } from '../../src/detector/constants.js';
import { Biquad } from '../../src/signal/biquad.js';
import { createEcgBand, ecgBand } from '../../src/signal/ecg-band.js';

/** Butterworth section by the bilinear transform. */
function butterworth(kind: 'high' | 'low', cutoff: number): number[] {
  const omega = (2 * Math.PI * cutoff) / 250;
  const cosine = Math.cos(omega);
  const alpha = Math.sin(omega) / Math.SQRT2;
  const outer = kind === 'high' ? (1 + cosine) / 2 : (1 - cosine) / 2;
  const middle = kind === 'high' ? -(1 + cosine) : 1 - cosine;
  return [outer, middle, outer, -2 * cosine, 1 - alpha].map((value) => Math.fround(value / (1 + alpha)));
}

describe('coefficients', () => {
  test('are the Butterworth sections that their names say, in float32', () => {
    expect([...ecgBand[0]]).toEqual(butterworth('high', 0.5));
    expect([...ecgBand[1]]).toEqual(butterworth('low', 40));
    expect([...qrsBand[0]]).toEqual(butterworth('high', 6));
    expect([...qrsBand[1]]).toEqual(butterworth('low', 16));
  });
});

describe('the ECG band', () => {
  test('starts without ringing from any offset', () => {
    const band = createEcgBand();
    for (let i = 0; i < 1000; i++) expect(Math.abs(band.update(3.3))).toBeLessThan(1e-4);
  });

  test('passes 10 Hz, attenuates baseline wander and hum', () => {
    const gain = (hertz: number) => {
      const band = createEcgBand();
      let largest = 0;
      for (let i = 0; i < 5000; i++) {
        const value = band.update(Math.fround(Math.sin((2 * Math.PI * hertz * i) / 250)));
        if (i > 2500) largest = Math.max(largest, Math.abs(value));
      }
      return largest;
    };
    expect(gain(10)).toBeGreaterThan(0.98);
    expect(gain(0.1)).toBeLessThan(0.05);
    expect(gain(100)).toBeLessThan(0.06);
    expect(gain(0.5)).toBeCloseTo(Math.SQRT1_2, 2);
    expect(gain(40)).toBeCloseTo(Math.SQRT1_2, 2);
  });

  test('every value is a float32', () => {
    const band = createEcgBand();
    for (let i = 0; i < 300; i++) {
      const value = band.update(Math.fround(Math.sin(i / 7)));
      expect(Math.fround(value)).toBe(value);
    }
  });

  test('a low-pass section starts at its input', () => {
    expect(new Biquad(ecgBand[1]).update(1.25)).toBe(1.25);
  });
});
