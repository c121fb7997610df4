/** Clip: ClipByValue where the bounds are constants, Minimum and Maximum where they are computed. */
import { computes } from '../lowering-call.js';
import { mapElements } from './elementwise.js';

export const clip = computes<'Clip'>((call) => {
  const bound = (index: number, open: number) => (call.has(index) ? call.scalar(index) : open);
  const least = bound(1, Number.NEGATIVE_INFINITY);
  const most = bound(2, Number.POSITIVE_INFINITY);
  mapElements(call, (x) => {
    if (least !== undefined && most !== undefined && least <= most) {
      return call.emit('ClipByValue', [x, call.writer.scalar(least), call.writer.scalar(most)]);
    }
    const atLeast = call.has(1) ? call.emit('Maximum', [x, call.input(1)]) : x;
    return call.has(2) ? call.emit('Minimum', [atLeast, call.input(2)]) : atLeast;
  });
});
