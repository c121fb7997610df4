/** Expand: Tile, which unlike BroadcastTo needs no size for the batch. */
import { moves } from '../lowering-call.js';

export const expand = moves<'Expand'>((call) => {
  const output = call.outputShape();
  const missing = output.length - call.shape(0).length;
  const shape = [...Array<number>(missing).fill(1), ...call.shape(0)];
  const times = output.map((size, axis) => (shape[axis] === size ? 1 : (size as number)));
  const x = missing === 0 ? call.input(0) : call.reshape(call.input(0), shape);
  call.output(times.every((count) => count === 1) ? x : call.emit('Tile', [x, call.writer.integers(times)]));
});
