/** Pow. Usual exponents have cheaper forms, and ones that are as exact. */
import { computes } from '../lowering-call.js';
import { combineElements, mapElements } from './elementwise.js';

export const pow = computes<'Pow'>((call) => {
  if (call.type(1).dtype !== 'float32') {
    call.refuse(
      `its exponent is ${call.type(1).dtype}`,
      'TensorFlow.js raises float32 to the power of float32: add a Cast.',
    );
  }
  const special = specialExponents.get(call.scalar(1) ?? Number.NaN);
  // A constant with more dimensions than the base would change its shape.
  if (special && call.shape(1).length <= call.shape(0).length) {
    mapElements(call, (x) => special.reduce((value, op) => call.emit(op, [value]), x));
  } else {
    combineElements(call, (a, b) => call.emit('Pow', [a, b]));
  }
});

const specialExponents: ReadonlyMap<number, readonly string[]> = new Map([
  [2, ['Square']],
  [4, ['Square', 'Square']],
  [0.5, ['Sqrt']],
  [-0.5, ['Rsqrt']],
  [1, []],
]);
