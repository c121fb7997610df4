/** Operations that put elements elsewhere and change none. */
import type { OperationName } from '../integer/operations.js';
import type { Codes, Kernel, Operands, Reals } from './operands.js';
import { sameQuantization } from './requantize.js';
import { PADDING } from './sliding-window.js';

/** Input 0 and the output of an operation that keeps codes: both float32, or both int8 of one scale and zero point. */
export function movedOperands<K extends OperationName>(
  operands: Operands<K>,
): { readonly x: Codes; readonly y: Codes } | { readonly x: Reals; readonly y: Reals } {
  const x = operands.input(0);
  if (x.dtype === 'float32') return { x, y: operands.outputReals() };
  const y = operands.outputCodes();
  if (!sameQuantization(x, y)) {
    operands.refuse(
      `keeps codes, but its input has scale ${x.scale}, zero point ${x.zeroPoint}, its output ${y.scale}, ${y.zeroPoint}`,
    );
  }
  return { x, y };
}

/**
 * Output element i is input element `sources[i]`, or 0 where that is PADDING.
 *
 * @param sources made from the shape of the input, one for each element of the output
 */
export function prepareMove<K extends OperationName>(
  operands: Operands<K>,
  sources: (shape: readonly number[], output: readonly number[]) => Int32Array,
): Kernel {
  const { x, y } = movedOperands(operands);
  const from = sources(x.shape, y.shape);
  if (from.length !== y.data.length || from.some((source) => source < PADDING || source >= x.data.length)) {
    operands.refuse(`[${x.shape}] does not become [${y.shape}]`);
  }
  const zero = y.dtype === 'int8' ? y.zeroPoint : 0;
  return () => {
    for (let i = 0; i < from.length; i++) {
      const source = from[i]!;
      y.data[i] = source === PADDING ? zero : x.data[source]!;
    }
  };
}
