/** A temperature by itself: where the formula gives it, where it was put in, and where nothing decides. */
import { describe, expect, test } from '@jest/globals';
import { softmax } from '../../src/inference/softmax.js';
import { RandomGenerator } from '../../src/random/random-generator.js';
import { RecipeError } from '../../src/recipe-error.js';
import { fitTemperature, type LabelledLogits, temperatureRange } from '../../src/recipes/identity/fit-temperature.js';

const [coldest, hottest] = temperatureRange;

function likelihoodLoss(windows: readonly LabelledLogits[], temperature: number): number {
  const losses = windows.map(({ logits, truth }) => {
    const scaled = Array.from(logits, (logit) => logit / temperature);
    return -Math.log(softmax(scaled)[truth]!);
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / windows.length;
}

/** Windows whose labels are drawn from the probabilities of their logits at that temperature. */
function drawn(count: number, classes: number, temperature: number, scale: number): LabelledLogits[] {
  const generator = new RandomGenerator(5);
  return Array.from({ length: count }, () => {
    const logits = Float32Array.from({ length: classes }, () => scale * generator.normal());
    const probabilities = softmax(Array.from(logits, (logit) => logit / temperature));
    let left = generator.uniform();
    const found = probabilities.findIndex((probability) => {
      left -= probability;
      return left < 0;
    });
    return { logits, truth: found < 0 ? classes - 1 : found };
  });
}

describe('the temperature', () => {
  test('of two classes is that of the formula: 2 is worth the odds of right to wrong', () => {
    const windows = [0, 0, 0, 0, 1].map((truth) => ({ logits: [2, 0], truth }));
    // Four right of five: e^(2/T) = 4.
    expect(fitTemperature(windows)).toBeCloseTo(2 / Math.log(4), 8);
  });

  test.each([0.3, 1, 1.7, 6])('is found again where labels follow the probabilities at %d', (temperature) => {
    const fitted = fitTemperature(drawn(4000, 8, temperature, 3 * temperature));
    expect(Math.abs(fitted / temperature - 1)).toBeLessThan(0.05);
  });

  test.each<[string, readonly LabelledLogits[]]>([
    ['a few windows', drawn(20, 4, 1, 2)],
    ['many windows and classes', drawn(500, 90, 2, 6)],
    ['logits far apart', drawn(200, 5, 30, 100)],
    [
      'a single error among the certain',
      [...Array(300).keys()].map((i) => ({ logits: [12, 0, 1], truth: i === 7 ? 1 : 0 })),
    ],
    ['logits that hardly help', [...Array(100).keys()].map((i) => ({ logits: [1, 0], truth: i < 51 ? 0 : 1 }))],
  ])('is where the labels are most likely: %s', (_, windows) => {
    const temperature = fitTemperature(windows);
    expect(temperature).toBeGreaterThan(coldest);
    expect(temperature).toBeLessThan(hottest);
    const least = likelihoodLoss(windows, temperature);
    for (const factor of [0.5, 0.9, 0.99, 1.01, 1.1, 2]) {
      expect(likelihoodLoss(windows, temperature * factor)).toBeGreaterThan(least);
    }
    // The slope itself is 0.
    const near = [1 - 1e-4, 1 + 1e-4].map((factor) => likelihoodLoss(windows, temperature * factor) - least);
    expect(near[0]! / near[1]!).toBeCloseTo(1, 1);
  });

  test('scales with the logits, and ignores what is added to all of a window', () => {
    const windows = drawn(300, 6, 1, 2);
    const temperature = fitTemperature(windows);
    const changed = (change: (logit: number, window: number) => number) =>
      windows.map(({ logits, truth }, window) => ({
        logits: Array.from(logits, (logit) => change(logit, window)),
        truth,
      }));
    expect(fitTemperature(changed((logit) => 4 * logit))).toBeCloseTo(4 * temperature, 8);
    expect(fitTemperature(changed((logit, window) => logit + 1000 * (window % 7)))).toBeCloseTo(temperature, 8);
  });

  test('is the lowest where the true logit is always the highest, the highest where it never is', () => {
    const logits = [5, 1, 0];
    expect(fitTemperature([0, 0].map((truth) => ({ logits, truth })))).toBe(coldest);
    expect(fitTemperature([{ logits: [1000, 0], truth: 0 }])).toBe(coldest);
    expect(fitTemperature([2, 2].map((truth) => ({ logits, truth })))).toBe(hottest);
  });

  test('is 1 where all logits of every window are the same', () => {
    expect(fitTemperature([0, 1].map((truth) => ({ logits: [3, 3], truth })))).toBe(1);
  });
});

test.each<[string, readonly LabelledLogits[], string]>([
  ['no windows', [], 'there is no window to fit a temperature on'],
  ['a person without a logit', [{ logits: [1, 2], truth: 2 }], 'a window is labelled 2, its logits are 2'],
  ['nobody', [{ logits: [1, 2], truth: -1 }], 'a window is labelled -1'],
  ['logits beyond all numbers', [{ logits: [1, Number.POSITIVE_INFINITY], truth: 0 }], 'are not finite'],
])('%s: nothing is fitted', (_, windows, message) => {
  expect(() => fitTemperature(windows)).toThrow(RecipeError);
  expect(() => fitTemperature(windows)).toThrow(message);
});
