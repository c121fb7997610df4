/** Mean of the elements under a window; padding does not count. */
import { movedOperands } from '../moves.js';
import type { Prepare } from '../operands.js';
import { poolingWindows } from '../pooling.js';
import { PADDING } from '../sliding-window.js';

/** Of the codes themselves, as in TFLite: the quotient is rounded to nearest, halves away from the code 0. */
export const prepareAveragePool: Prepare<'AveragePool'> = (operands) => {
  operands.outputCodes();
  const { x, y } = movedOperands(operands);
  const { channels, size, positions, taps, sources } = poolingWindows(operands, x, y);
  return () => {
    for (let channel = 0, at = 0; channel < channels; channel++) {
      for (let position = 0; position < positions; position++, at++) {
        let sum = 0;
        let count = 0;
        for (let tap = position * taps; tap < (position + 1) * taps; tap++) {
          const source = sources[tap]!;
          if (source === PADDING) continue;
          sum += x.data[channel * size + source]!;
          count++;
        }
        const half = Math.floor(count / 2);
        y.data[at] = Math.trunc((sum > 0 ? sum + half : sum - half) / count);
      }
    }
  };
};
