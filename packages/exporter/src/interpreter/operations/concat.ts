/** Tensors one behind the other along an axis; codes of another scale than the output's are requantized. */
import { elementCount } from '../indices.js';
import type { Codes, Kernel, Prepare, Reals } from '../operands.js';
import { requantizationTable, sameQuantization } from '../requantize.js';

export const prepareConcat: Prepare<'Concat'> = (operands) => {
  const y = operands.output();
  const { axis } = operands.attributes;
  const inner = elementCount(y.shape.slice(axis + 1));
  const rowLength = y.shape[axis]! * inner;
  const parts: Kernel[] = [];
  let start = 0;
  for (let index = 0; index < operands.inputCount; index++) {
    const x = y.dtype === 'int8' ? operands.codes(index) : operands.reals(index);
    if (x.shape.length !== y.shape.length || x.shape.some((size, d) => d !== axis && size !== y.shape[d])) {
      operands.refuse(`input ${index} is [${x.shape}], which does not go into [${y.shape}] along dimension ${axis}`);
    }
    const length = x.shape[axis]! * inner;
    parts.push(prepareCopy(x, y, length, start, rowLength));
    start += length;
  }
  if (start !== rowLength) operands.refuse(`inputs do not fill [${y.shape}] along dimension ${axis}`);
  return () => {
    for (const part of parts) part();
  };
};

/** Copies pieces of `length` elements to `start` of rows of `rowLength` elements. */
function prepareCopy(x: Codes | Reals, y: Codes | Reals, length: number, start: number, rowLength: number): Kernel {
  const table =
    x.dtype === 'int8' && y.dtype === 'int8' && !sameQuantization(x, y) ? requantizationTable(x, y) : undefined;
  return () => {
    for (let from = 0, to = start; from < x.data.length; from += length, to += rowLength) {
      for (let i = 0; i < length; i++) {
        const element = x.data[from + i]!;
        y.data[to + i] = table === undefined ? element : table[element + 128]!;
      }
    }
  };
}
