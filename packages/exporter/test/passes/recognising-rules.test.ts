/** Rules that recognise operators that are written out. */
import type { GraphBuilder, Value } from '@edgebeat/graph';
import { recogniseGelu } from '../../src/passes/rules/recognise-gelu.js';
import { recogniseLayerNormalization } from '../../src/passes/rules/recognise-layer-normalization.js';
import { describeRule, random, tokens } from './describe-rule.js';

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

describeRule(recogniseLayerNormalization, {
  'without weights': [(g) => layerNorm(g, tokens(g)), 'LayerNormalization'],
  'with weights': [(g) => affine(g, layerNorm(g, tokens(g))), 'LayerNormalization'],
  'with a factor only': [(g) => g.mul(random(g, 'gamma', [1, 1, 6]), layerNorm(g, tokens(g))), 'LayerNormalization'],
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
});

describeRule(recogniseGelu, {
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
});
