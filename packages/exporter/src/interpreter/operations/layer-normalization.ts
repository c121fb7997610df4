/** Layer normalization along the last dimension: a float32 island within one operation. */
import { codeOf } from '../../integer/quantize.js';
import { sameCount } from '../element-wise.js';
import type { Codes, Prepare, Reals } from '../operands.js';

const { fround, sqrt } = Math;

/**
 * Each step is rounded to float32, sums run in the order of the elements: mean = Σ x / I; d = x − mean; variance = Σ d·d / I;
 * y = d · (1 / √(variance + epsilon)) · scale + bias.
 */
export const prepareLayerNormalization: Prepare<'LayerNormalization'> = (operands) => {
  const epsilon = fround(operands.attributes.epsilon);
  const x = operands.input(0);
  const scale = operands.reals(1).data;
  const bias = operands.reals(2).data;
  const y = operands.output();
  const depth = x.shape.at(-1) ?? 1;
  sameCount(operands, x, y);
  if (scale.length !== depth || bias.length !== depth) {
    operands.refuse(`rows of ${depth}, but a scale of ${scale.length} and a bias of ${bias.length} elements`);
  }
  const read = reader(x);
  const write = writer(y);
  const row = new Float32Array(depth);

  return () => {
    for (let start = 0; start < x.data.length; start += depth) {
      let sum = 0;
      for (let i = 0; i < depth; i++) {
        row[i] = read(start + i);
        sum = fround(sum + row[i]!);
      }
      const mean = fround(sum / depth);
      let squares = 0;
      for (let i = 0; i < depth; i++) {
        const difference = fround(row[i]! - mean);
        row[i] = difference;
        squares = fround(squares + fround(difference * difference));
      }
      const variance = fround(squares / depth);
      const factor = fround(1 / fround(sqrt(fround(variance + epsilon))));
      for (let i = 0; i < depth; i++) {
        const scaled = fround(fround(row[i]! * factor) * scale[i]!);
        write(start + i, fround(scaled + bias[i]!));
      }
    }
  };
};

function reader(x: Codes | Reals): (index: number) => number {
  if (x.dtype === 'float32') return (index) => x.data[index]!;
  return (index) => fround(x.scale * (x.data[index]! - x.zeroPoint));
}

function writer(y: Codes | Reals): (index: number, value: number) => void {
  if (y.dtype === 'int8') {
    return (index, value) => {
      y.data[index] = codeOf(fround(value / y.scale), y.zeroPoint);
    };
  }
  return (index, value) => {
    y.data[index] = value;
  };
}
