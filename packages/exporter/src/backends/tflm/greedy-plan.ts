/**
 * Where TensorFlow Lite Micro's greedy planner puts buffers: the largest first, each in the lowest gap between those that live at the
 * same time and are placed already. Other than planArena, it looks at one order only.
 */
import { type ArenaBlock, alignUp, overlapInTime } from '../../arena/arena-block.js';

/** @returns bytes of the whole */
export function greedyBytes(blocks: readonly ArenaBlock[], alignment: number): number {
  const placed: { readonly block: ArenaBlock; readonly from: number; readonly to: number }[] = [];
  const sorted = blocks
    .map((block) => ({ ...block, bytes: alignUp(block.bytes, alignment) }))
    .toSorted((a, b) => b.bytes - a.bytes);
  for (const block of sorted) {
    const neighbours = placed.filter((one) => overlapInTime(one.block, block)).toSorted((a, b) => a.from - b.from);
    let from = 0;
    for (const neighbour of neighbours) {
      if (neighbour.from - from >= block.bytes) break;
      from = Math.max(from, neighbour.to);
    }
    placed.push({ block, from, to: from + block.bytes });
  }
  return placed.reduce((most, { to }) => Math.max(most, to), 0);
}
