/** Every gradient rule against finite differences. */
import { describe, test } from '@jest/globals';
import { broadcasting } from './cases/broadcasting.js';
import { conv } from './cases/conv.js';
import { elementwise } from './cases/elementwise.js';
import { normalization } from './cases/normalization.js';
import { pooling } from './cases/pooling.js';
import { products } from './cases/products.js';
import { reductions } from './cases/reductions.js';
import { expectGradients } from './gradient-check.js';

const cases = { ...broadcasting, ...conv, ...elementwise, ...normalization, ...pooling, ...products, ...reductions };

describe.each(Object.entries(cases))('%s', (_, casesOfOperator) => {
  test.each(Object.entries(casesOfOperator))('%s', async (_, some) => {
    await expectGradients(typeof some === 'function' ? { build: some } : some);
  });
});
