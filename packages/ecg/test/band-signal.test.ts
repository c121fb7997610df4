import { describe, expect, test } from '@jest/globals';
import { bandSignal, SignalPath } from '../src/index.js';

/** What the streaming path holds of its signal: an activity window as long as the stretch, unscaled by its own z-score. */
function activityWindows(samples: Float32Array, milliHertz: number, length: number): Float32Array[] {
  const windows: Float32Array[] = [];
  const path = new SignalPath(
    { milliHertz, activity: { length, hop: length } },
    { activityWindow: (window) => windows.push(window.samples) },
  );
  path.updateAll(samples);
  return windows;
}

function zScored(samples: Float32Array): number[] {
  const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length;
  const deviation = Math.sqrt(samples.reduce((sum, value) => sum + (value - mean) ** 2, 0) / samples.length);
  return [...samples].map((value) => (value - mean) / deviation);
}

describe('bandSignal', () => {
  test.each([250_000, 360_000, 496_500, 1_000_000])('is the signal of the streaming path at %d mHz', (milliHertz) => {
    const rate = milliHertz / 1000;
    const samples = Float32Array.from({ length: Math.round(9 * rate) }, (_, i) =>
      i === 700 ? Number.NaN : Math.sin((2 * Math.PI * 3 * i) / rate) + 0.3 * Math.sin((2 * Math.PI * 17 * i) / rate),
    );
    const signal = bandSignal(samples, milliHertz);
    expect(signal.length).toBeGreaterThan(9 * 250 - 20);
    expect(signal.length).toBeLessThanOrEqual(9 * 250);
    const windows = activityWindows(samples, milliHertz, 1000);
    expect(windows).toHaveLength(2);
    windows.forEach((window, index) => {
      const expected = zScored(signal.subarray(index * 1000, (index + 1) * 1000));
      const errors = [...window].map((value, i) => Math.abs(value - expected[i]!));
      expect(Math.max(...errors)).toBeLessThan(1e-4);
    });
  });

  test('holds the last plausible value where a sample is none', () => {
    const broken = new Float32Array(1000).fill(1);
    const held = broken.slice();
    broken[500] = Number.POSITIVE_INFINITY;
    broken[501] = 1e9;
    expect(bandSignal(broken, 250_000)).toEqual(bandSignal(held, 250_000));
  });

  test('gives nothing for nothing', () => {
    expect(bandSignal(new Float32Array(0), 250_000)).toHaveLength(0);
  });
});
