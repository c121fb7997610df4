/** Persons who do not exist: the sum of two, and settings that make no sense. */
import { describe, expect, test } from '@jest/globals';
import { requireBlend } from '../../src/augment/augmentation-options.js';
import { blendWindows } from '../../src/augment/blend.js';
import { RandomGenerator } from '../../src/random/random-generator.js';

const windowOf = (seed: string) => {
  const window = new Float32Array(900);
  new RandomGenerator(seed).normals(window);
  return window;
};

describe('a blend', () => {
  test.each([0.25, 0.4, 0.5])('is of the second person by the share of %d', (share) => {
    const [window, other] = [windowOf('one'), windowOf('other')];
    const [first, second] = [window.slice(), other.slice()];
    blendWindows(window, other, share);
    expect(window).toEqual(first.map((value, i) => (1 - share) * value + share * second[i]!));
    expect(other).toEqual(second);
  });

  test('of nothing or all of the second person is one of the two', () => {
    const [window, other] = [windowOf('one'), windowOf('other')];
    blendWindows(window, other, 0);
    expect(window).toEqual(windowOf('one'));
    blendWindows(window, other, 1);
    expect(window).toEqual(other);
  });

  test('of equals is the same', () => {
    const window = windowOf('one');
    blendWindows(window, windowOf('one'), 0.5);
    expect(window).toEqual(windowOf('one'));
  });
});

describe('blended persons', () => {
  const sound = { probability: 0.7, share: [0.25, 0.5] as const };

  test.each<[string, object]>([
    ['often', { probability: 1 }],
    ['never', { probability: 0 }],
    ['of any share', { share: [0, 1] }],
    ['of one share', { share: [0.5, 0.5] }],
  ])('may come %s', (_, options) => {
    expect(() => requireBlend({ ...sound, ...options })).not.toThrow();
  });

  test.each<[string, object, string]>([
    ['more often than always', { probability: 1.5 }, 'blend.probability is 1.5'],
    ['less often than never', { probability: -0.1 }, 'blend.probability is -0.1'],
    ['without a probability', { probability: undefined }, 'blend.probability is undefined'],
    ['without a share', { share: undefined }, 'blend.share is undefined'],
    ['of more than a person', { share: [0.25, 1.1] }, 'blend.share is [0.25,1.1]'],
    ['of less than nobody', { share: [-0.1, 0.5] }, 'blend.share is [-0.1,0.5]'],
    ['of a range of the wrong order', { share: [0.5, 0.25] }, 'blend.share is [0.5,0.25]'],
    ['of a number for a range', { share: 0.5 }, 'blend.share is 0.5'],
    ['of no number', { share: [Number.NaN, 0.5] }, 'blend.share is [null,0.5]'],
  ])('%s are refused', (_, options, message) => {
    expect(() => requireBlend({ ...sound, ...options } as Parameters<typeof requireBlend>[0])).toThrow(
      expect.objectContaining({ name: 'RecipeError', message, hint: expect.stringContaining('from 0 to 1') }),
    );
  });
});
