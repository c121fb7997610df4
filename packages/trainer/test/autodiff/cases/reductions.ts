import { apart, type Build, type CasesOf, type Fill } from '../gradient-check.js';

type Reduction = 'reduceMean' | 'reduceSum' | 'reduceL2' | 'reduceMax' | 'reduceMin';

const reduction = (method: Reduction, fill?: Fill): Record<string, Build> => ({
  'one axis': ({ g, x }) => g[method](x([2, 3, 4], fill), g.int64([1])),
  'one axis, dropped': ({ g, x }) => g[method](x([2, 3, 4], fill), g.int64([1]), { keepdims: false }),
  'two axes': ({ g, x }) => g[method](x([2, 3, 4], fill), g.int64([0, 2])),
  'two axes, dropped, from the end': ({ g, x }) =>
    g[method](x([2, 3, 4], fill), g.int64([-1, -2]), { keepdims: false }),
  'all axes': ({ g, x }) => g[method](x([2, 3, 4], fill)),
  'all axes, dropped': ({ g, x }) => g[method](x([2, 3, 4], fill), { keepdims: false }),
  'empty axes': ({ g, x }) => g[method](x([2, 3], fill), g.int64([])),
  'empty axes, nothing to do': ({ g, x }) => g[method](x([2, 3], fill), g.int64([]), { noop_with_empty_axes: true }),
  'no axes, nothing to do': ({ g, x }) => g[method](x([2, 3], fill), { noop_with_empty_axes: true }),
  'a scalar': ({ g, x }) => g[method](x([], fill)),
});

export const reductions: CasesOf<'ReduceMean' | 'ReduceSum' | 'ReduceL2' | 'ReduceMax' | 'ReduceMin'> = {
  ReduceMean: reduction('reduceMean'),
  ReduceSum: reduction('reduceSum'),
  ReduceL2: reduction('reduceL2', apart),
  ReduceMax: reduction('reduceMax', apart),
  ReduceMin: reduction('reduceMin', apart),
};
