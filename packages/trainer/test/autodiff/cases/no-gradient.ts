import { type OperatorName, tensor } from '@edgebeat/graph';
import { apart, type Build, type Forward } from '../gradient-check.js';

type Comparison = 'greater' | 'greaterOrEqual' | 'less' | 'lessOrEqual' | 'equal';

const asReal = ({ g, dtype }: Forward, condition: ReturnType<Forward['g']['not']>) => g.cast(condition, { to: dtype });

const comparison =
  (method: Comparison): Build =>
  (forward) =>
    asReal(forward, forward.g[method](forward.x([6], apart), forward.real(0)));

/** Functions that are constant wherever they are continuous. */
export const flat = {
  Sign: ({ g, x }) => g.sign(x([6], apart)),
  Greater: comparison('greater'),
  GreaterOrEqual: comparison('greaterOrEqual'),
  Less: comparison('less'),
  LessOrEqual: comparison('lessOrEqual'),
  Equal: comparison('equal'),
  And: (forward) => {
    const { g, x, real } = forward;
    const value = x([6], apart);
    return asReal(forward, g.and(g.greater(value, real(-1)), g.less(value, real(1))));
  },
  Not: (forward) => asReal(forward, forward.g.not(forward.g.greater(forward.x([6], apart), forward.real(0)))),
  ArgMax: (forward) => asReal(forward, forward.g.argMax(forward.x([2, 3], apart), { axis: 1 })),
} as const satisfies { readonly [K in OperatorName]?: Build };

/** Operators that backward passes use and that cannot be differentiated themselves. */
export const backwardOnly = {
  ScatterElements: ({ g, x }) => g.scatterElements(x([3]), g.int64([1]), x([1]), { axis: 0, reduction: 'add' }),
  ScatterND: ({ g, x }) => g.scatterND(x([3]), g.constant(tensor('i', 'int64', [1, 1], [1])), x([1])),
} as const satisfies { readonly [K in OperatorName]?: Build };
