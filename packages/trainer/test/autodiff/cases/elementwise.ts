import { apart, type Build, type CasesOf, type Fill, fixed, positive } from '../gradient-check.js';

type Unary = 'relu' | 'sigmoid' | 'tanh' | 'exp' | 'log' | 'abs' | 'sqrt' | 'neg' | 'reciprocal';

const unary = (method: Unary, fill?: Fill): Record<string, Build> => ({
  'any shape': ({ g, x }) => g[method](x([2, 3, 4], fill)),
  scalar: ({ g, x }) => g[method](x([], fill)),
});

export const elementwise: CasesOf<
  | 'Relu'
  | 'Gelu'
  | 'Sigmoid'
  | 'Tanh'
  | 'Softmax'
  | 'LogSoftmax'
  | 'Erf'
  | 'Exp'
  | 'Log'
  | 'Abs'
  | 'Sqrt'
  | 'Neg'
  | 'Reciprocal'
  | 'Clip'
  | 'Cast'
  | 'Pow'
> = {
  Relu: unary('relu', apart),
  Gelu: {
    exact: { build: ({ g, x }) => g.gelu(x([5, 5], apart)), precision: 'float32' },
    tanh: { build: ({ g, x }) => g.gelu(x([5, 5], apart), { approximate: 'tanh' }), precision: 'float32' },
  },
  Sigmoid: unary('sigmoid'),
  Tanh: unary('tanh'),
  Softmax: {
    'last axis': ({ g, x }) => g.softmax(x([2, 3, 4])),
    'axis 1': ({ g, x }) => g.softmax(x([2, 3, 4]), { axis: 1 }),
    'axis 0': ({ g, x }) => g.softmax(x([3, 2]), { axis: 0 }),
  },
  LogSoftmax: {
    'last axis': ({ g, x }) => g.logSoftmax(x([2, 3, 4])),
    'axis 1': ({ g, x }) => g.logSoftmax(x([2, 3, 4]), { axis: 1 }),
    'axis -3': ({ g, x }) => g.logSoftmax(x([3, 2, 2]), { axis: -3 }),
  },
  Erf: { 'any shape': { build: ({ g, x }) => g.erf(x([5, 5], apart)), precision: 'float32' } },
  Exp: unary('exp'),
  Log: unary('log', positive),
  Abs: unary('abs', apart),
  Sqrt: unary('sqrt', positive),
  Neg: unary('neg'),
  Reciprocal: unary('reciprocal', positive),
  Clip: {
    'both limits': ({ g, x, real }) => g.clip(x([4, 5], apart), real(-0.6), real(0.7)),
    'a lower limit': ({ g, x, real }) => g.clip(x([4, 5], apart), real(-0.6)),
    'an upper limit': ({ g, x, real }) => g.clip(x([4, 5], apart), undefined, real(0.7)),
    'no limit': ({ g, x }) => g.clip(x([4, 5], apart)),
  },
  Cast: {
    'to another float and back': ({ g, x, dtype }) =>
      g.cast(g.cast(g.mul(x([2, 3]), x([3])), { to: 'float64' }), { to: dtype }),
  },
  Pow: {
    'a constant exponent': ({ g, x, real }) => g.pow(x([2, 3], positive), real(2.5)),
    'a square of either sign': ({ g, x, real }) => g.pow(x([2, 3], apart), real(2)),
    'a square at 0': ({ g, x, real }) => g.pow(x([3], fixed(0, 1, -1)), real(2)),
    'exponent 1 at 0': ({ g, x, real }) => g.pow(x([3], fixed(0, 1, -1)), real(1)),
    'some exponents 0': ({ g, x, real }) => g.pow(x([2, 3], fixed(0, 1, 0.5, 0, 2, 0.5)), real([0, 3, 0])),
    'an integer exponent': ({ g, x }) => g.pow(x([2, 3], apart), g.int64([3])),
    'both by turns': ({ g, x }) => g.pow(x([2, 3], positive), x([2, 3])),
    'both broadcast': ({ g, x }) => g.pow(x([2, 1, 3], positive), x([4, 1])),
  },
};
