import { describe, expect, test } from '@jest/globals';
import { fittingScale, formatNumber, linearScale, roundedScale, scaleFromZero } from '../../src/curves/scale.js';

const labels = (scale: { ticks: readonly { label: string }[] }) => scale.ticks.map(({ label }) => label);

describe('linear', () => {
  test.each<[readonly [number, number], number, string[]]>([
    [[0, 6000], 8, ['0', '1,000', '2,000', '3,000', '4,000', '5,000', '6,000']],
    [[0, 950], 5, ['0', '200', '400', '600', '800']],
    [[0, 1], 12, ['0', '0.1', '0.2', '0.3', '0.4', '0.5', '0.6', '0.7', '0.8', '0.9', '1']],
    [[0, 1], 2, ['0', '0.5', '1']],
  ])('from %p with at most %d steps', (extent, most, expected) => {
    const scale = linearScale(extent, most);
    expect(labels(scale)).toEqual(expected);
    for (const { place, label } of scale.ticks) {
      expect(place).toBeCloseTo(scale.place(Number(label.replaceAll(',', ''))), 9);
      expect(place).toBeLessThanOrEqual(1);
    }
  });

  test('rounded to the outside: the values lie within, between round numbers', () => {
    const scale = roundedScale([0.63, 0.973], 5);
    expect(labels(scale)).toEqual(['0.6', '0.7', '0.8', '0.9', '1']);
    expect(scale.place(0.6)).toBeCloseTo(0, 9);
    expect(scale.place(1)).toBeCloseTo(1, 9);
    expect(labels(scaleFromZero([0.0009, 0.0009], 5))).toEqual(['0', '2e-4', '4e-4', '6e-4', '8e-4', '0.001']);
  });

  test.each([0, 1, -3, 1e-9, 7e5])('of one value only (%d) has room on both sides', (value) => {
    const scale = roundedScale([value, value], 5);
    expect(scale.place(value)).toBeGreaterThan(0);
    expect(scale.place(value)).toBeLessThan(1);
    expect(scale.ticks.length).toBeGreaterThan(1);
  });
});

describe('fitting', () => {
  test('is logarithmic where values are far apart, a decade as long as any other', () => {
    const scale = fittingScale([0.05, 4], 6);
    expect(labels(scale)).toEqual(['0.05', '0.1', '0.2', '0.5', '1', '2']);
    expect(scale.place(1) - scale.place(0.1)).toBeCloseTo(scale.place(4) - scale.place(0.4), 9);
    expect(scale.place(0.05)).toBeGreaterThanOrEqual(0);
    expect(scale.place(4)).toBeLessThanOrEqual(1);
  });

  test('shows decades alone where there are many, and then not every one', () => {
    expect(labels(fittingScale([1e-3, 1e3], 4))).toEqual(['0.001', '0.01', '0.1', '1', '10', '100', '1,000']);
    expect(fittingScale([1e-30, 1e30], 4).ticks.length).toBeLessThanOrEqual(7);
  });

  test('is linear where they are near or not positive', () => {
    expect(fittingScale([1, 3], 4).place(2)).toBeCloseTo(0.5, 9);
    expect(fittingScale([0, 1000], 4).place(500)).toBeCloseTo(0.5, 9);
    expect(fittingScale([-1, 1000], 4).place(Number.MIN_VALUE)).toBeGreaterThan(0);
  });
});

test.each([
  [12000, '12,000'],
  [0.25, '0.25'],
  [0.1 + 0.2, '0.3'],
  [3e-5, '3e-5'],
  [0, '0'],
  [-0.5, '-0.5'],
  [2e9, '2e+9'],
])('%d is written %s', (value, label) => {
  expect(formatNumber(value)).toBe(label);
});
