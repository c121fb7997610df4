/** Every gradient rule against finite differences. */

import { OPERATOR_NAMES, type OperatorName } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { AutodiffError } from '../../src/autodiff/autodiff-error.js';
import { broadcasting } from './cases/broadcasting.js';
import { conv } from './cases/conv.js';
import { elementwise } from './cases/elementwise.js';
import { backwardOnly, flat } from './cases/no-gradient.js';
import { normalization } from './cases/normalization.js';
import { pooling } from './cases/pooling.js';
import { products } from './cases/products.js';
import { quantization } from './cases/quantization.js';
import { rearranging } from './cases/rearranging.js';
import { reductions } from './cases/reductions.js';
import { expectGradients, gradientsByDifferences, gradientsByRules, modelOf } from './gradient-check.js';

const differentiable = {
  ...broadcasting,
  ...conv,
  ...elementwise,
  ...normalization,
  ...pooling,
  ...products,
  ...quantization,
  ...rearranging,
  ...reductions,
};
/** Typed, so that an operator without cases does not compile. */
const every: Record<OperatorName, object> = { ...differentiable, ...flat, ...backwardOnly };

test('every operator of the subset is checked', () => {
  expect(Object.keys(every).sort()).toEqual([...OPERATOR_NAMES].sort());
});

describe.each(Object.entries(differentiable))('%s', (operator, cases) => {
  test.each(Object.entries(cases))('%s', async (_, some) => {
    const gradientCase = typeof some === 'function' ? { build: some } : some;
    expect(modelOf(gradientCase.build).graph.nodes.map((node) => node.operator)).toContain(operator);
    await expectGradients(gradientCase);
  });
});

test.each(Object.entries(flat))(
  '%s is constant wherever it is continuous and passes no gradient on',
  async (_, build) => {
    expect(await gradientsByRules(build)).toEqual([undefined]);
    for (const gradient of await gradientsByDifferences(build)) {
      expect(gradient.every((element) => element === 0)).toBe(true);
    }
  },
);

test.each(Object.entries(backwardOnly))('%s cannot be differentiated', async (operator, build) => {
  await expect(gradientsByRules(build)).rejects.toThrow(AutodiffError);
  await expect(gradientsByRules(build)).rejects.toThrow(`node "${operator}_0" (${operator}): has no gradient`);
});
