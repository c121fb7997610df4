/**
 * Packs blocks of memory, whose lifetimes are known, into one arena. Finding the smallest arena is NP-hard (dynamic storage
 * allocation); blocks are put one after the other at the lowest place that is free while they live (greedy by size, Pisarchyk and
 * Lee 2020), in several orders, and the best order is improved by exchanges until it reaches the lower bound or tries run out.
 */
import { type ArenaBlock, alignUp, overlapInTime } from './arena-block.js';

export interface ArenaPlan {
  /** Of each block, in bytes from the begin of the arena. */
  readonly offsets: ReadonlyMap<string, number>;
  readonly bytes: number;
  /** What no plan can undercut: the most that is in use at one step. */
  readonly lowerBound: number;
}

const EXCHANGES = 400;

/**
 * @param blocks names are unique
 * @param alignment of every block, in bytes
 * @returns the same plan for the same blocks
 */
export function planArena(blocks: readonly ArenaBlock[], alignment: number): ArenaPlan {
  const aligned = blocks.map((block) => ({ ...block, bytes: alignUp(block.bytes, alignment) }));
  const lowerBound = mostInUse(aligned);
  let order: readonly ArenaBlock[] = [];
  let best: Placement = { offsets: new Map(), bytes: Number.POSITIVE_INFINITY };
  for (const compare of ORDERS) {
    const candidate = aligned.toSorted((a, b) => compare(a, b) || a.first - b.first || b.last - a.last);
    const placement = place(candidate);
    if (placement.bytes < best.bytes) [order, best] = [candidate, placement];
  }
  const random = generator();
  for (let exchange = 0; exchange < EXCHANGES && best.bytes > lowerBound; exchange++) {
    const candidate = exchanged(order, random);
    const placement = place(candidate);
    if (placement.bytes <= best.bytes) [order, best] = [candidate, placement];
  }
  return { ...best, lowerBound };
}

interface Placement {
  readonly offsets: ReadonlyMap<string, number>;
  readonly bytes: number;
}

const duration = ({ first, last }: ArenaBlock) => last - first + 1;

const ORDERS: readonly ((a: ArenaBlock, b: ArenaBlock) => number)[] = [
  (a, b) => b.bytes - a.bytes,
  (a, b) => b.bytes * duration(b) - a.bytes * duration(a),
  (a, b) => duration(b) - duration(a),
  (a, b) => a.first - b.first,
];

/** Each block at the lowest free place. */
function place(order: readonly ArenaBlock[]): Placement {
  const placed: { block: ArenaBlock; offset: number }[] = [];
  let bytes = 0;
  for (const block of order) {
    const neighbours = placed.filter((other) => overlapInTime(other.block, block)).sort((a, b) => a.offset - b.offset);
    let offset = 0;
    for (const other of neighbours) {
      if (offset + block.bytes <= other.offset) break;
      offset = Math.max(offset, other.offset + other.block.bytes);
    }
    placed.push({ block, offset });
    bytes = Math.max(bytes, offset + block.bytes);
  }
  return { offsets: new Map(placed.map(({ block, offset }) => [block.name, offset])), bytes };
}

function mostInUse(blocks: readonly ArenaBlock[]): number {
  const inUse = ({ first }: ArenaBlock) =>
    blocks.reduce((sum, block) => sum + (block.first <= first && first <= block.last ? block.bytes : 0), 0);
  return blocks.reduce((most, block) => Math.max(most, inUse(block)), 0);
}

/** Two blocks of an order exchanged. */
function exchanged(order: readonly ArenaBlock[], random: () => number): ArenaBlock[] {
  const result = [...order];
  const i = Math.floor(random() * order.length);
  const j = Math.floor(random() * order.length);
  [result[i], result[j]] = [order[j]!, order[i]!];
  return result;
}

/** A linear congruential generator, so that plans are the same everywhere. */
function generator(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
