/** A fully connected layer over the last dimension. */
import { elementCount } from '../indices.js';
import { multiplyRows } from '../matrix-product.js';
import type { Prepare } from '../operands.js';
import { prepareOutputChannels } from '../output-channels.js';
import { requantize } from '../requantize.js';

export const prepareGemm: Prepare<'Gemm'> = (operands) => {
  const { clamp } = operands.attributes;
  const x = operands.codes(0);
  const weight = operands.weights(1);
  const y = operands.outputCodes();
  const [width = 0, depth = 0] = weight.shape;
  const bias = operands.bias(2, width);
  const rows = elementCount(x.shape.slice(0, -1));
  if (weight.shape.length !== 2 || x.shape.at(-1) !== depth || elementCount(y.shape) !== rows * width) {
    operands.refuse(`x [${x.shape}], weight [${weight.shape}] and y [${y.shape}] do not go together`);
  }
  const { offsets, multipliers, shifts } = prepareOutputChannels(operands, x, weight, bias, y);
  const sums = new Int32Array(rows * width);

  return () => {
    multiplyRows(
      { codes: x.data, start: 0, count: rows },
      { codes: weight.data, start: 0, count: width },
      depth,
      sums,
      0,
    );
    for (let row = 0, at = 0; row < rows; row++) {
      for (let o = 0; o < width; o++, at++) {
        y.data[at] = requantize((sums[at]! + offsets[o]!) | 0, multipliers[o]!, shifts[o]!, y.zeroPoint, clamp);
      }
    }
  };
};
