/** Each rewrite rule by itself: what it makes of its patterns, and that onnxruntime gives the same before and after. */

import { GraphBuilder, type Model, tensor, type Value } from '@edgebeat/graph';
import { describe, expect, test } from '@jest/globals';
import { applyRule } from '../../src/passes/apply-rule.js';
import { withoutDeadNodes } from '../../src/passes/eliminate-dead-nodes.js';
import type { Rule } from '../../src/passes/rule.js';
import { addJoinedConstants } from '../../src/passes/rules/add-joined-constants.js';
import { convolveBatchNormalization } from '../../src/passes/rules/convolve-batch-normalization.js';
import { foldBatchNormalization } from '../../src/passes/rules/fold-batch-normalization.js';
import { foldPad } from '../../src/passes/rules/fold-pad.js';
import { foldScale } from '../../src/passes/rules/fold-scale.js';
import { mergeConstants } from '../../src/passes/rules/merge-constants.js';
import { mergeMoves } from '../../src/passes/rules/merge-moves.js';
import { normaliseGemm } from '../../src/passes/rules/normalise-gemm.js';
import { recogniseGelu } from '../../src/passes/rules/recognise-gelu.js';
import { recogniseLayerNormalization } from '../../src/passes/rules/recognise-layer-normalization.js';
import { removeIdentity } from '../../src/passes/rules/remove-identity.js';
import { writeOutPadding } from '../../src/passes/rules/write-out-padding.js';
import { difference, outputsOf, randomNumbers } from './same-outputs.js';

/** Builds a pattern and gives its result, or several that are outputs. */
type Build = (g: GraphBuilder) => Value | readonly Value[];

/** A pattern and the operators of what the rule leaves; where the rule does not apply, those of the pattern itself. */
type Case = readonly [build: Build, operators: string];

const signal = (g: GraphBuilder) => g.input('x', 'float32', ['N', 4, 10]);
const image = (g: GraphBuilder) => g.input('x', 'float32', ['N', 4, 6, 5]);
const rows = (g: GraphBuilder) => g.input('x', 'float32', ['N', 6]);
const tokens = (g: GraphBuilder) => g.input('x', 'float32', ['N', 5, 6]);

function random(g: GraphBuilder, name: string, shape: readonly number[]): Value {
  const count = shape.reduce((product, size) => product * size, 1);
  const seed = [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 17);
  return g.constant(tensor(name, 'float32', shape, randomNumbers(count, seed)));
}

function positive(g: GraphBuilder, name: string, shape: readonly number[]): Value {
  const count = shape.reduce((product, size) => product * size, 1);
  return g.constant(
    tensor(
      name,
      'float32',
      shape,
      randomNumbers(count, 5).map((value) => Math.abs(value) + 0.1),
    ),
  );
}

function normalised(g: GraphBuilder, x: Value, channels = x.shape[1] as number, name = 'bn'): Value {
  const [scale, bias, mean] = ['scale', 'bias', 'mean'].map((what) => random(g, `${name}.${what}`, [channels]));
  return g.batchNormalization(x, scale!, bias!, mean!, positive(g, `${name}.variance`, [channels]), { epsilon: 1e-3 });
}

const last = (g: GraphBuilder) => g.int64([-1]);
const squares: Record<string, (g: GraphBuilder, d: Value) => Value> = {
  Pow: (g, d) => g.pow(d, g.float32(2)),
  Mul: (g, d) => g.mul(d, d),
};

function layerNorm(g: GraphBuilder, x: Value, square = squares.Pow!, axes = last(g)): Value {
  const centred = g.sub(x, g.reduceMean(x, axes));
  return g.div(centred, g.sqrt(g.add(g.reduceMean(square(g, centred), axes), g.float32(1e-5))));
}

const affine = (g: GraphBuilder, x: Value) => g.add(g.mul(x, random(g, 'gamma', [6])), random(g, 'beta', [6]));

const erf = (g: GraphBuilder, x: Value) => g.add(g.erf(g.div(x, g.float32(Math.SQRT2))), g.float32(1));
const cube = (g: GraphBuilder, x: Value) => g.pow(x, g.float32(3));
const tanhOf = (g: GraphBuilder, x: Value, cubed: Value) =>
  g.add(g.tanh(g.mul(g.add(x, g.mul(cubed, g.float32(0.044715))), g.float32(Math.sqrt(2 / Math.PI)))), g.float32(1));

const suites: Record<string, { readonly rule: Rule; readonly cases: Record<string, Case> }> = {
  'remove-identity': {
    rule: removeIdentity,
    cases: {
      'inside a graph': [(g) => g.relu(g.identity(g.relu(tokens(g)))), 'Relu Relu'],
      'before an output': [(g) => g.identity(g.relu(tokens(g))), 'Relu'],
      'several in a row': [(g) => g.identity(g.identity(g.identity(g.relu(tokens(g))))), 'Relu'],
      'of an input that is given out': [(g) => g.identity(tokens(g)), 'Identity'],
      'of a value that is an output, too': [
        (g) => {
          const y = g.relu(tokens(g));
          return [y, g.identity(y)];
        },
        'Relu Identity',
      ],
      'Cast to the same type': [(g) => g.relu(g.cast(tokens(g), { to: 'float32' })), 'Relu'],
      'Transpose that keeps the order': [(g) => g.relu(g.transpose(tokens(g), { perm: [0, 1, 2] })), 'Relu'],
      'Transpose that does not': [(g) => g.relu(g.transpose(tokens(g), { perm: [0, 2, 1] })), 'Transpose Relu'],
      'Reshape to the same shape': [(g) => g.relu(g.reshape(tokens(g), g.int64([0, 5, -1]))), 'Relu'],
      'Slice of everything': [(g) => g.relu(g.slice(tokens(g), g.int64([0]), g.int64([5]), g.int64([1]))), 'Relu'],
      'Slice backwards': [
        (g) => g.relu(g.slice(tokens(g), g.int64([-1]), g.int64([-9]), g.int64([1]), g.int64([-1]))),
        'Slice Relu',
      ],
      'Pad by nothing': [(g) => g.relu(g.pad(tokens(g), g.int64([0, 0, 0, 0, 0, 0]))), 'Relu'],
      'Pad and cut': [(g) => g.relu(g.pad(tokens(g), g.int64([0, 1, 0, 0, -1, 0]))), 'Pad Relu'],
      'Concat of one': [(g) => g.relu(g.concat(tokens(g), { axis: 1 })), 'Relu'],
      'times 1, plus 0': [(g) => g.relu(g.add(g.mul(g.float32(1), tokens(g)), g.float32(0))), 'Relu'],
      'divided by 1, minus 0': [(g) => g.relu(g.sub(g.div(tokens(g), g.float32([1])), g.float32(0))), 'Relu'],
      '0 minus x': [(g) => g.sub(g.float32(0), tokens(g)), 'Sub'],
      '1 through x': [(g) => g.div(g.float32(1), g.add(g.relu(tokens(g)), g.float32(2))), 'Relu Add Div'],
      'times ones of a larger shape': [
        (g) => g.mul(g.relu(rows(g)), g.constant(tensor('ones', 'float32', [2, 1, 6], new Float32Array(12).fill(1)))),
        'Relu Mul',
      ],
    },
  },
  'merge-moves': {
    rule: mergeMoves,
    cases: {
      'Transposes that cancel': [
        (g) => g.relu(g.transpose(g.transpose(image(g), { perm: [0, 2, 3, 1] }), { perm: [0, 3, 1, 2] })),
        'Relu',
      ],
      'Transposes that do not': [
        (g) => g.relu(g.transpose(g.transpose(image(g), { perm: [0, 2, 3, 1] }), { perm: [0, 2, 3, 1] })),
        'Transpose Relu',
      ],
      'three Transposes': [
        (g) => {
          const twice = g.transpose(g.transpose(image(g), { perm: [1, 0, 2, 3] }), { perm: [1, 0, 2, 3] });
          return g.relu(g.transpose(twice, { perm: [0, 1, 3, 2] }));
        },
        'Transpose Relu',
      ],
      'the first one is read by others': [
        (g) => {
          const first = g.transpose(tokens(g), { perm: [0, 2, 1] });
          return [g.relu(first), g.relu(g.transpose(first, { perm: [0, 2, 1] }))];
        },
        'Transpose Relu Relu',
      ],
      'Transposes without perm, the result an output': [(g) => g.transpose(g.transpose(g.relu(tokens(g)))), 'Relu'],
      'Reshape of a Reshape': [
        (g) => g.reshape(g.reshape(tokens(g), g.int64([0, 30])), g.int64([0, 3, 10])),
        'Reshape',
      ],
      'Squeeze of Unsqueeze': [(g) => g.relu(g.squeeze(g.unsqueeze(tokens(g), g.int64([2])), g.int64([2]))), 'Relu'],
      'Flatten of Unsqueeze': [(g) => g.relu(g.flatten(g.unsqueeze(tokens(g), g.int64([3])))), 'Reshape Relu'],
    },
  },
  'recognise-layer-normalization': {
    rule: recogniseLayerNormalization,
    cases: {
      'without weights': [(g) => layerNorm(g, tokens(g)), 'LayerNormalization'],
      'with weights': [(g) => affine(g, layerNorm(g, tokens(g))), 'LayerNormalization'],
      'with a factor only': [
        (g) => g.mul(random(g, 'gamma', [1, 1, 6]), layerNorm(g, tokens(g))),
        'LayerNormalization',
      ],
      'square as a product': [(g) => affine(g, layerNorm(g, tokens(g), squares.Mul)), 'LayerNormalization'],
      'over two dimensions': [(g) => layerNorm(g, tokens(g), squares.Pow, g.int64([-2, -1])), 'LayerNormalization'],
      'weights that are scalars': [(g) => g.mul(layerNorm(g, tokens(g)), g.float32(3)), 'LayerNormalization Mul'],
      'times an inverse': [
        (g) => {
          const x = tokens(g);
          const d = g.sub(x, g.reduceMean(x, last(g)));
          const deviation = g.sqrt(g.add(g.reduceMean(g.mul(d, d), last(g)), g.float32(1e-6)));
          return affine(g, g.mul(d, g.div(g.float32(1), deviation)));
        },
        'LayerNormalization',
      ],
      'the difference written twice': [
        (g) => {
          const x = tokens(g);
          const mean = g.reduceMean(x, last(g));
          const variance = g.reduceMean(g.pow(g.sub(x, mean), g.float32(2)), last(g));
          return affine(g, g.div(g.sub(x, mean), g.sqrt(g.add(g.float32(1e-5), variance))));
        },
        'LayerNormalization',
      ],
      'what is between is read by others': [
        (g) => {
          const y = layerNorm(g, tokens(g));
          return [affine(g, y), g.relu(y)];
        },
        'LayerNormalization Mul Add Relu',
      ],
      'over a dimension that is not the last': [
        (g) => layerNorm(g, tokens(g), squares.Pow, g.int64([1])),
        'ReduceMean Sub Pow ReduceMean Add Sqrt Div',
      ],
      'another mean in the variance': [
        (g) => {
          const x = tokens(g);
          const other = g.sub(x, g.reduceMean(g.relu(x), last(g)));
          const d = g.sub(x, g.reduceMean(x, last(g)));
          return g.div(d, g.sqrt(g.add(g.reduceMean(g.mul(other, other), last(g)), g.float32(1e-5))));
        },
        'Relu ReduceMean Sub ReduceMean Sub Mul ReduceMean Add Sqrt Div',
      ],
    },
  },
  'recognise-gelu': {
    rule: recogniseGelu,
    cases: {
      'x · (1 + erf), then · 0.5': [
        (g) => g.mul(g.mul(tokens(g), erf(g, g.identity(g.input('y', 'float32', [6])))), g.float32(0.5)),
        'Identity Div Erf Add Mul Mul',
      ],
      'as torch.nn.GELU is written': [
        (g) => {
          const x = tokens(g);
          return g.mul(g.mul(x, erf(g, x)), g.float32(0.5));
        },
        'Gelu',
      ],
      'x · 0.5 first': [
        (g) => {
          const x = tokens(g);
          return g.mul(g.mul(x, g.float32(0.5)), erf(g, x));
        },
        'Gelu',
      ],
      '0.5 · (1 + erf) first': [
        (g) => {
          const x = tokens(g);
          return g.mul(g.mul(erf(g, x), g.float32(0.5)), x);
        },
        'Gelu',
      ],
      'x / 2 and x · 0.7071': [
        (g) => {
          const x = tokens(g);
          const sum = g.add(g.float32(1), g.erf(g.mul(x, g.float32(Math.SQRT1_2))));
          return g.mul(g.div(x, g.float32(2)), sum);
        },
        'Gelu',
      ],
      'behind a bias': [
        (g) => {
          const x = g.add(tokens(g), random(g, 'bias', [6]));
          return g.mul(g.mul(x, erf(g, x)), g.float32(0.5));
        },
        'Add Gelu',
      ],
      'the approximation': [
        (g) => {
          const x = tokens(g);
          return g.mul(g.mul(x, g.float32(0.5)), tanhOf(g, x, cube(g, x)));
        },
        'Gelu',
      ],
      'the approximation, its cube a product': [
        (g) => {
          const x = tokens(g);
          return g.mul(g.float32(0.5), g.mul(x, tanhOf(g, x, g.mul(x, g.mul(x, x)))));
        },
        'Gelu',
      ],
      'the approximation, factored': [
        (g) => {
          const x = tokens(g);
          const inner = g.add(g.float32(1), g.mul(g.mul(x, g.float32(0.044715)), x));
          const sum = g.add(g.tanh(g.mul(g.mul(x, g.float32(0.7978845608)), inner)), g.float32(1));
          return g.mul(g.mul(g.float32(0.5), x), sum);
        },
        'Gelu',
      ],
      'a factor that is not 0.5': [
        (g) => {
          const x = tokens(g);
          return g.mul(g.mul(x, erf(g, x)), g.float32(0.25));
        },
        'Div Erf Add Mul Mul',
      ],
      'another argument': [
        (g) => {
          const x = tokens(g);
          return g.mul(g.mul(x, g.add(g.erf(x), g.float32(1))), g.float32(0.5));
        },
        'Erf Add Mul Mul',
      ],
    },
  },
  'normalise-gemm': {
    rule: normaliseGemm,
    cases: {
      'as it should be': [(g) => g.gemm(rows(g), random(g, 'w', [6, 3]), random(g, 'b', [3])), 'Gemm'],
      'alpha and beta': [
        (g) => g.gemm(rows(g), random(g, 'w', [6, 3]), random(g, 'b', [3]), { alpha: 0.5, beta: -3 }),
        'Gemm',
      ],
      'alpha, transB, no bias': [(g) => g.gemm(rows(g), random(g, 'w', [3, 6]), { alpha: 2, transB: true }), 'Gemm'],
      'a bias of one number': [(g) => g.gemm(rows(g), random(g, 'w', [6, 3]), random(g, 'b', [1])), 'Gemm'],
      'a bias of one row': [
        (g) => g.gemm(rows(g), random(g, 'w', [6, 3]), random(g, 'b', [1, 3]), { beta: 2 }),
        'Gemm',
      ],
      'a bias that differs by row': [
        (g) => g.gemm(g.input('x', 'float32', [2, 6]), random(g, 'w', [6, 3]), random(g, 'b', [2, 1]), { beta: 2 }),
        'Gemm Add',
      ],
      'a computed bias': [
        (g) => g.gemm(rows(g), random(g, 'w', [6, 3]), g.relu(g.input('c', 'float32', [3])), { beta: 0.5 }),
        'Relu Gemm Mul Add',
      ],
      transA: [
        (g) => g.gemm(g.input('x', 'float32', [6, 2]), random(g, 'w', [6, 3]), { transA: true }),
        'Transpose Gemm',
      ],
      'two computed matrices': [
        (g) => g.gemm(rows(g), g.input('y', 'float32', [3, 6]), random(g, 'b', [3]), { alpha: 0.5, transB: true }),
        'Transpose MatMul Mul Add',
      ],
    },
  },
  'add-joined-constants': {
    rule: addJoinedConstants,
    cases: {
      'a class token': [
        (g) => g.concat(random(g, 'token', [2, 1, 6]), g.input('x', 'float32', [2, 5, 6]), { axis: 1 }),
        'Pad Pad Add',
      ],
      'before, behind and between, from the end': [
        (g) => {
          const x = g.relu(g.input('x', 'float32', [2, 6]));
          return g.concat(random(g, 'a', [2, 1]), random(g, 'b', [2, 3]), x, random(g, 'c', [2, 2]), { axis: -1 });
        },
        'Relu Pad Pad Pad Pad Add Add Add',
      ],
      'two computed values': [
        (g) => {
          const x = g.input('x', 'float32', [2, 6]);
          return g.concat(x, random(g, 'a', [2, 1]), g.relu(x), { axis: 1 });
        },
        'Relu Concat',
      ],
      'constants alone': [(g) => g.concat(random(g, 'a', [2, 1]), random(g, 'b', [2, 1]), { axis: 1 }), 'Concat'],
    },
  },
  'merge-constants': {
    rule: mergeConstants,
    cases: {
      'added twice': [
        (g) => g.add(random(g, 'b', [5, 1]), g.add(g.relu(tokens(g)), random(g, 'a', [6]))),
        'Relu Add Add',
      ],
      'multiplied three times': [
        (g) => g.mul(g.mul(g.mul(g.relu(tokens(g)), g.float32(2)), random(g, 'a', [6])), random(g, 'b', [5, 1])),
        'Relu Mul Mul Mul',
      ],
      'behind a layer': [
        (g) => g.add(g.add(g.matMul(tokens(g), random(g, 'w', [6, 6])), random(g, 'b', [6])), random(g, 'p', [5, 6])),
        'MatMul Add Add',
      ],
      'read by others': [
        (g) => {
          const y = g.add(tokens(g), random(g, 'a', [6]));
          return [g.add(y, random(g, 'b', [6])), g.relu(y)];
        },
        'Add Add Relu',
      ],
    },
  },
  'write-out-padding': {
    rule: writeOutPadding,
    cases: {
      'SAME_UPPER with a stride': [
        (g) => g.conv(signal(g), random(g, 'w', [3, 4, 4]), { auto_pad: 'SAME_UPPER', strides: [3] }),
        'Conv',
      ],
      'SAME_LOWER in two dimensions': [
        (g) => g.maxPool(image(g), { kernel_shape: [2, 3], strides: [1, 2], auto_pad: 'SAME_LOWER' }),
        'MaxPool',
      ],
      'VALID, the mean': [(g) => g.averagePool(image(g), { kernel_shape: [2, 3], auto_pad: 'VALID' }), 'AveragePool'],
      'ceil_mode with a window that hangs over': [
        (g) => g.maxPool(signal(g), { kernel_shape: [3], strides: [2], ceil_mode: true }),
        'MaxPool',
      ],
      'ceil_mode of a mean': [
        (g) => g.averagePool(signal(g), { kernel_shape: [4], strides: [4], pads: [1, 0], ceil_mode: true }),
        'AveragePool',
      ],
      'ceil_mode without need': [
        (g) => g.maxPool(signal(g), { kernel_shape: [2], strides: [2], ceil_mode: true }),
        'MaxPool',
      ],
      'padding that counts': [
        (g) => g.averagePool(signal(g), { kernel_shape: [3], pads: [1, 1], count_include_pad: true }),
        'Pad AveragePool',
      ],
      'padding that would count': [
        (g) => g.averagePool(signal(g), { kernel_shape: [3], count_include_pad: true }),
        'AveragePool',
      ],
      'nothing to write out': [
        (g) => g.maxPool(signal(g), { kernel_shape: [3], pads: [1, 1], strides: [2] }),
        'MaxPool',
      ],
    },
  },
  'fold-pad': {
    rule: foldPad,
    cases: {
      'before Conv with padding of its own': [
        (g) => g.conv(g.pad(signal(g), g.int64([0, 0, 1, 0, 0, 2])), random(g, 'w', [3, 4, 3]), { pads: [1, 0] }),
        'Conv',
      ],
      'in two dimensions, along axes, before VALID': [
        (g) =>
          g.conv(g.pad(image(g), g.int64([1, 2, 0, 1]), g.float32(0), g.int64([3, -2])), random(g, 'w', [3, 4, 2, 3]), {
            auto_pad: 'VALID',
          }),
        'Conv',
      ],
      'read by two': [
        (g) => {
          const x = g.pad(signal(g), g.int64([0, 0, 1, 0, 0, 1]));
          return [g.conv(x, random(g, 'w', [3, 4, 3])), g.conv(x, random(g, 'v', [3, 4, 2]), { strides: [2] })];
        },
        'Conv Conv',
      ],
      'of another number': [
        (g) => g.conv(g.pad(signal(g), g.int64([0, 0, 1, 0, 0, 1]), g.float32(1)), random(g, 'w', [3, 4, 3])),
        'Pad Conv',
      ],
      'of channels': [
        (g) => g.conv(g.pad(signal(g), g.int64([0, 1, 0, 0, 0, 0])), random(g, 'w', [3, 5, 3])),
        'Pad Conv',
      ],
      'that cuts': [
        (g) => g.conv(g.pad(signal(g), g.int64([0, 0, -1, 0, 0, 1])), random(g, 'w', [3, 4, 3])),
        'Pad Conv',
      ],
      'of the edge': [
        (g) => g.conv(g.pad(signal(g), g.int64([0, 0, 1, 0, 0, 1]), { mode: 'edge' }), random(g, 'w', [3, 4, 3])),
        'Pad Conv',
      ],
    },
  },
  'fold-batch-normalization': {
    rule: foldBatchNormalization,
    cases: {
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
    },
  },
  'fold-scale': {
    rule: foldScale,
    cases: {
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
      'behind Gemm': [
        (g) => g.mul(g.float32(-2), g.gemm(rows(g), random(g, 'w', [6, 3]), random(g, 'b', [3]))),
        'Gemm',
      ],
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
    },
  },
  'convolve-batch-normalization': {
    rule: convolveBatchNormalization,
    cases: {
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
    },
  },
};

function build(make: Build): Model {
  const g = new GraphBuilder('pattern');
  const made = make(g);
  const results = Array.isArray(made) ? (made as Value[]) : [made as Value];
  results.forEach((value, index) => {
    g.output(`out${index}`, value);
  });
  return g.build();
}

describe.each(Object.keys(suites))('%s', (name) => {
  const { rule, cases } = suites[name]!;
  test.each(Object.keys(cases))('%s', async (title) => {
    const [make, operators] = cases[title]!;
    const model = build(make);
    const { graph, matched } = applyRule(rule, model.graph);
    expect(rule.name).toBe(name);
    expect(graph.nodes.map(({ operator }) => operator).join(' ')).toBe(operators);
    const changed =
      graph.nodes.length !== model.graph.nodes.length || graph.initializers.length !== model.graph.initializers.length;
    if (matched.length === 0) expect(changed).toBe(false);
    expect(graph.inputs).toEqual(model.graph.inputs);
    expect(graph.outputs).toEqual(model.graph.outputs);
    const [before, after] = [await outputsOf(model, model.graph), await outputsOf({ ...model, graph }, model.graph)];
    expect(difference(before, after)).toBeLessThan(1e-5);
  });
});

test('no window is left that pads by itself', () => {
  for (const [make] of Object.values(suites['write-out-padding']!.cases)) {
    const { nodes } = applyRule(writeOutPadding, build(make).graph).graph;
    const names = nodes.flatMap(({ attributes }) => [...attributes.keys()]);
    expect(names.filter((name) => /auto_pad|ceil_mode|count_include_pad/.test(name))).toEqual([]);
  }
});

test('what no output depends on goes, inputs stay', () => {
  const g = new GraphBuilder('dead');
  g.output('y', g.relu(tokens(g)));
  g.gemm(g.input('unread', 'float32', ['N', 4]), random(g, 'w', [4, 4]));
  const graph = withoutDeadNodes(g.build().graph);
  expect(graph.nodes.map(({ operator }) => operator)).toEqual(['Relu']);
  expect(graph.initializers).toEqual([]);
  expect(graph.inputs.map(({ name }) => name)).toEqual(['x', 'unread']);
});
