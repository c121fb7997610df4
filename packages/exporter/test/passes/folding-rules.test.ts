/** Rules that fold into the weights of layers. */

import { tensor } from '@edgebeat/graph';
import { convolveBatchNormalization } from '../../src/passes/rules/convolve-batch-normalization.js';
import { foldBatchNormalization } from '../../src/passes/rules/fold-batch-normalization.js';
import { foldNormalization } from '../../src/passes/rules/fold-normalization.js';
import { foldScale } from '../../src/passes/rules/fold-scale.js';
import { normaliseGemm } from '../../src/passes/rules/normalise-gemm.js';
import {
  describeRule,
  image,
  layerNormalised,
  normalised,
  positive,
  random,
  rows,
  signal,
  tokens,
} from './describe-rule.js';

describeRule(normaliseGemm, {
  'as it should be': [(g) => g.gemm(rows(g), random(g, 'w', [6, 3]), random(g, 'b', [3])), 'Gemm'],
  'alpha and beta': [
    (g) => g.gemm(rows(g), random(g, 'w', [6, 3]), random(g, 'b', [3]), { alpha: 0.5, beta: -3 }),
    'Gemm',
  ],
  'alpha, transB, no bias': [(g) => g.gemm(rows(g), random(g, 'w', [3, 6]), { alpha: 2, transB: true }), 'Gemm'],
  'a bias of one number': [(g) => g.gemm(rows(g), random(g, 'w', [6, 3]), random(g, 'b', [1])), 'Gemm'],
  'a bias of one row': [(g) => g.gemm(rows(g), random(g, 'w', [6, 3]), random(g, 'b', [1, 3]), { beta: 2 }), 'Gemm'],
  'a bias that differs by row': [
    (g) => g.gemm(g.input('x', 'float32', [2, 6]), random(g, 'w', [6, 3]), random(g, 'b', [2, 1]), { beta: 2 }),
    'Gemm Add',
  ],
  'a computed bias': [
    (g) => g.gemm(rows(g), random(g, 'w', [6, 3]), g.relu(g.input('c', 'float32', [3])), { beta: 0.5 }),
    'Relu Gemm Mul Add',
  ],
  transA: [(g) => g.gemm(g.input('x', 'float32', [6, 2]), random(g, 'w', [6, 3]), { transA: true }), 'Transpose Gemm'],
  'two computed matrices': [
    (g) => g.gemm(rows(g), g.input('y', 'float32', [3, 6]), random(g, 'b', [3]), { alpha: 0.5, transB: true }),
    'Transpose MatMul Mul Add',
  ],
});

describeRule(foldBatchNormalization, {
  'behind Conv': [(g) => normalised(g, g.conv(signal(g), random(g, 'w', [5, 4, 3]))), 'Conv'],
  'behind Conv with bias and groups': [
    (g) => normalised(g, g.conv(image(g), random(g, 'w', [6, 2, 2, 3]), random(g, 'b', [6]), { group: 2 })),
    'Conv',
  ],
  'behind Gemm': [(g) => normalised(g, g.gemm(rows(g), random(g, 'w', [6, 3]), random(g, 'b', [3]))), 'Gemm'],
  'behind Gemm with transB, without bias': [
    (g) => normalised(g, g.gemm(rows(g), random(g, 'w', [3, 6]), { transB: true })),
    'Gemm',
  ],
  'behind MatMul': [(g) => normalised(g, g.matMul(rows(g), random(g, 'w', [6, 3]))), 'MatMul Add'],
  'behind MatMul and Add': [
    (g) => normalised(g, g.add(random(g, 'b', [3]), g.matMul(rows(g), random(g, 'w', [6, 3])))),
    'MatMul Add',
  ],
  'where channels are tokens': [
    (g) => normalised(g, g.matMul(tokens(g), random(g, 'w', [6, 3]))),
    'MatMul BatchNormalization',
  ],
  'where others read the Conv': [
    (g) => {
      const y = g.conv(signal(g), random(g, 'w', [5, 4, 3]));
      return [normalised(g, y), g.relu(y)];
    },
    'Conv BatchNormalization Relu',
  ],
  'where the Conv is an output': [
    (g) => {
      const y = g.conv(signal(g), random(g, 'w', [5, 4, 3]));
      return [y, normalised(g, y)];
    },
    'Conv BatchNormalization',
  ],
  'two in a row': [
    (g) => normalised(g, normalised(g, g.conv(signal(g), random(g, 'w', [5, 4, 3]))), 5, 'again'),
    'Conv',
  ],
  'weights that two share': [
    (g) => {
      const w = random(g, 'w', [4, 4, 3]);
      return normalised(g, g.conv(normalised(g, g.conv(signal(g), w)), w), 4, 'again');
    },
    'Conv Conv',
  ],
});

describeRule(foldScale, {
  'behind Conv': [
    (g) => g.mul(g.conv(signal(g), random(g, 'w', [5, 4, 3]), random(g, 'b', [5])), g.float32(0.3)),
    'Conv',
  ],
  'behind Conv, for each channel': [
    (g) => g.div(g.conv(signal(g), random(g, 'w', [5, 4, 3])), positive(g, 'd', [5, 1])),
    'Conv',
  ],
  'behind Conv, for each sample': [
    (g) => g.mul(g.conv(signal(g), random(g, 'w', [5, 4, 3])), random(g, 'd', [8])),
    'Conv Mul',
  ],
  'behind Gemm': [(g) => g.mul(g.float32(-2), g.gemm(rows(g), random(g, 'w', [6, 3]), random(g, 'b', [3]))), 'Gemm'],
  'behind MatMul and Add': [
    (g) => g.mul(g.add(g.matMul(tokens(g), random(g, 'w', [6, 3])), random(g, 'b', [3])), random(g, 's', [3])),
    'MatMul Add',
  ],
  'behind MatMul': [(g) => g.div(g.matMul(tokens(g), random(g, 'w', [6, 3])), g.float32(4)), 'MatMul'],
  'before Conv': [
    (g) => g.conv(g.mul(signal(g), g.float32(3)), random(g, 'w', [5, 4, 3]), random(g, 'b', [5]), { pads: [1, 1] }),
    'Conv',
  ],
  'before MatMul': [(g) => g.matMul(g.div(tokens(g), g.float32(3)), random(g, 'w', [6, 3])), 'MatMul'],
  'of two activations': [
    (g) => g.mul(g.matMul(tokens(g), g.input('y', 'float32', ['N', 6, 5])), g.float32(0.5)),
    'MatMul Mul',
  ],
  'read by others': [
    (g) => {
      const y = g.mul(rows(g), g.float32(3));
      return [g.gemm(y, random(g, 'w', [6, 3])), g.relu(y)];
    },
    'Mul Gemm Relu',
  ],
  'times 0': [(g) => g.relu(g.mul(g.gemm(rows(g), random(g, 'w', [6, 3])), g.float32(0))), 'Gemm Relu'],
});

describeRule(foldNormalization, {
  'before Gemm': [
    (g) => g.gemm(layerNormalised(g, rows(g)), random(g, 'w', [6, 3]), random(g, 'b', [3])),
    'LayerNormalization Gemm',
  ],
  'before Gemm with transB, without bias': [
    (g) => g.gemm(layerNormalised(g, rows(g)), random(g, 'w', [3, 6]), { transB: true }),
    'LayerNormalization Gemm',
  ],
  'before MatMul': [
    (g) => g.matMul(layerNormalised(g, tokens(g)), random(g, 'w', [6, 3])),
    'LayerNormalization MatMul Add',
  ],
  'without a bias': [
    (g) => g.matMul(g.layerNormalization(tokens(g), random(g, 's', [6])), random(g, 'w', [6, 3])),
    'LayerNormalization MatMul',
  ],
  'before MatMul and Add': [
    (g) => g.add(random(g, 'b', [3]), g.matMul(layerNormalised(g, tokens(g)), random(g, 'w', [6, 3]))),
    'LayerNormalization MatMul Add',
  ],
  'before several products, one after the other': [
    (g) => {
      const x = layerNormalised(g, tokens(g));
      const q = g.relu(g.matMul(x, random(g, 'q', [6, 3])));
      const k = g.add(g.matMul(x, random(g, 'k', [6, 3])), random(g, 'b', [3]));
      return g.add(q, k);
    },
    'LayerNormalization MatMul Add Relu MatMul Add Add',
  ],
  'that does nothing': [
    (g) =>
      g.matMul(
        g.layerNormalization(tokens(g), g.constant(tensor('ones', 'float32', [6], new Float32Array(6).fill(1)))),
        random(g, 'w', [6, 3]),
      ),
    'LayerNormalization MatMul',
  ],
  'read by others': [
    (g) => {
      const x = layerNormalised(g, tokens(g));
      return [g.matMul(x, random(g, 'w', [6, 3])), g.relu(x)];
    },
    'LayerNormalization MatMul Relu',
  ],
  'that is an output': [
    (g) => {
      const x = layerNormalised(g, tokens(g));
      return [x, g.matMul(x, random(g, 'w', [6, 3]))];
    },
    'LayerNormalization MatMul',
  ],
  'before a product of activations': [
    (g) => g.matMul(layerNormalised(g, tokens(g)), g.input('y', 'float32', ['N', 6, 3])),
    'LayerNormalization MatMul',
  ],
  'with a weight that others read': [
    (g) => {
      const w = random(g, 'w', [6, 6]);
      return g.matMul(g.matMul(layerNormalised(g, tokens(g)), w), w);
    },
    'LayerNormalization MatMul MatMul',
  ],
  'of two dimensions': [
    (g) => {
      const scale = random(g, 's', [5, 6]);
      return g.matMul(g.layerNormalization(tokens(g), scale, { axis: 1 }), random(g, 'w', [6, 3]));
    },
    'LayerNormalization MatMul',
  ],
});

describeRule(convolveBatchNormalization, {
  'of a signal': [
    (g) => g.relu(normalised(g, g.add(signal(g), g.relu(g.input('y', 'float32', ['N', 4, 1]))))),
    'Relu Add Conv Relu',
  ],
  'of an image': [(g) => g.relu(normalised(g, image(g))), 'Conv Relu'],
  'of a matrix': [(g) => g.relu(normalised(g, rows(g))), 'Unsqueeze Conv Squeeze Relu'],
  'of a mean over time': [
    (g) => normalised(g, g.flatten(g.globalAveragePool(signal(g)))),
    'GlobalAveragePool Conv Flatten',
  ],
  'of a mean that is an output': [
    (g) => {
      const y = g.flatten(g.globalAveragePool(signal(g)));
      return [y, normalised(g, y)];
    },
    'GlobalAveragePool Flatten Unsqueeze Conv Squeeze',
  ],
});
