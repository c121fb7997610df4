/** That the comparison with finite differences could fail. */
import { describe, expect, test } from '@jest/globals';
import { type Build, expectGradients, type GradientCase, relativeError } from './gradient-check.js';

describe('the relative error', () => {
  const expected = Float64Array.of(1, -4, 2);
  test.each([
    ['equal gradients', [1, -4, 2], 0],
    ['one element off', [1.04, -4, 2], 0.01],
    ['a wrong sign', [1, 4, 2], 2],
    ['elements in another order', [-4, 1, 2], 1.25],
    ['no gradient at all', [0, 0, 0], 1],
    ['an element that is no number', [1, Number.NaN, 2], Number.POSITIVE_INFINITY],
    ['a missing element', [1, -4], Number.POSITIVE_INFINITY],
  ])('of %s', (_, gradient, error) => {
    expect(relativeError(Float32Array.from(gradient), expected)).toBeCloseTo(error, 6);
  });
});

describe('refuses', () => {
  const product: Build = ({ g, x }) => g.mul(x([2, 3]), x([3]));
  const refused: Record<string, [GradientCase, RegExp]> = {
    'a gradient 1 % too large': [
      { build: product, surrogate: ({ g, x, real }) => g.mul(g.mul(x([2, 3]), x([3])), real(1.01)) },
      /by x0: relative error 0\.009/,
    ],
    'a gradient wrong in one element': [
      {
        build: product,
        surrogate: ({ g, x, real }) =>
          g.mul(g.mul(x([2, 3]), x([3])), g.reshape(real([1, 1, 1, 1, 1.01, 1]), g.int64([2, 3]))),
      },
      /by x0: relative error 0\.00/,
    ],
    'a gradient wrong by one input alone': [
      { build: product, surrogate: ({ g, x }) => g.add(g.mul(x([2, 3]), x([3])), x([3])) },
      /by x2/,
    ],
    'a missing gradient': [{ build: ({ g, x }) => g.sign(x([3])) }, /there is no gradient by x0/],
    'a gradient of zeros, which proves nothing': [
      { build: ({ g, x, real }) => g.mul(x([3]), real(0)) },
      /by x0: relative error NaN/,
    ],
    'wrong gradients in float32': [
      { build: ({ g, x }) => g.erf(x([3])), surrogate: ({ g, x }) => g.tanh(x([3])), precision: 'float32' },
      /by x0: relative error/,
    ],
    'wrong gradients of linear functions': [
      { build: product, surrogate: ({ g, x }) => g.add(x([2, 3]), x([3])), precision: 'linear' },
      /by x0: relative error/,
    ],
  };
  test.each(Object.entries(refused))('%s', async (_, [some, message]) => {
    await expect(expectGradients(some)).rejects.toThrow(message);
  });
});
