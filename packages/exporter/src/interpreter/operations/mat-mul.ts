/** The product of two activations. */
import { matMulMultiplier } from '../../integer/multipliers.js';
import { productSumFits } from '../accumulator-bound.js';
import { elementCount } from '../indices.js';
import { multiplyRows } from '../matrix-product.js';
import type { Prepare } from '../operands.js';
import { requantize } from '../requantize.js';

/** Σ (a − za)(b − zb) = Σ ab − zb·Σ a − za·Σ b + K·za·zb; the columns of b are laid out as rows. */
export const prepareMatMul: Prepare<'MatMul'> = (operands) => {
  const { clamp } = operands.attributes;
  const a = operands.codes(0);
  const b = operands.codes(1);
  const y = operands.outputCodes();
  const [height = 0, depth = 0] = a.shape.slice(-2);
  const [depthOfB, width = 0] = b.shape.slice(-2);
  const count = elementCount(a.shape.slice(0, -2));
  if (
    depth !== depthOfB ||
    `${a.shape.slice(0, -2)}` !== `${b.shape.slice(0, -2)}` ||
    elementCount(y.shape) !== count * height * width
  ) {
    operands.refuse(
      `[${a.shape}] × [${b.shape}] to [${y.shape}] do not go together; leading dimensions have to be equal`,
    );
  }
  if (!productSumFits(depth)) operands.refuse(`sums of ${depth} products may leave int32`, 'use 32,767 at most');

  const { multiplier, shift } = matMulMultiplier(a.scale, b.scale, y.scale);
  const columns = new Int8Array(width * depth);
  const columnTerms = new Int32Array(width);
  const sums = new Int32Array(height * width);

  const layOutColumns = (start: number) => {
    for (let column = 0; column < width; column++) {
      let total = 0;
      for (let k = 0; k < depth; k++) {
        const code = b.data[start + k * width + column]!;
        columns[column * depth + k] = code;
        total += code;
      }
      columnTerms[column] = a.zeroPoint * (depth * b.zeroPoint - total);
    }
  };

  return () => {
    for (let matrix = 0; matrix < count; matrix++) {
      const aStart = matrix * height * depth;
      layOutColumns(matrix * depth * width);
      multiplyRows(
        { codes: a.data, start: aStart, count: height },
        { codes: columns, start: 0, count: width },
        depth,
        sums,
        0,
      );
      const yStart = matrix * height * width;
      for (let row = 0, at = 0; row < height; row++) {
        let total = 0;
        for (let k = 0; k < depth; k++) total += a.data[aStart + row * depth + k]!;
        const rowTerm = -b.zeroPoint * total;
        for (let column = 0; column < width; column++, at++) {
          const sum = (sums[at]! + rowTerm + columnTerms[column]!) | 0;
          y.data[yStart + at] = requantize(sum, multiplier, shift, y.zeroPoint, clamp);
        }
      }
    }
  };
};
