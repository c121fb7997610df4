/** Greatest element under a window; padding does not count. */
import { movedOperands } from '../moves.js';
import type { Prepare } from '../operands.js';
import { poolingWindows } from '../pooling.js';
import { PADDING } from '../sliding-window.js';

export const prepareMaxPool: Prepare<'MaxPool'> = (operands) => {
  const { x, y } = movedOperands(operands);
  const { channels, size, positions, taps, sources } = poolingWindows(operands, x, y);
  return () => {
    for (let channel = 0, at = 0; channel < channels; channel++) {
      for (let position = 0; position < positions; position++, at++) {
        let most = Number.NEGATIVE_INFINITY;
        for (let tap = position * taps; tap < (position + 1) * taps; tap++) {
          const source = sources[tap]!;
          if (source !== PADDING) most = Math.max(most, x.data[channel * size + source]!);
        }
        y.data[at] = most;
      }
    }
  };
};
