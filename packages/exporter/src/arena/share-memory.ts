/** From what each step reads and writes to blocks of memory: lifetimes, and outputs that take the place of an input. */
import type { ArenaBlock } from './arena-block.js';

export interface MemoryStep {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  /** Working memory of this step alone. */
  readonly scratch: readonly string[];
  /** Those reads whose place a write of the same size may take. */
  readonly replaceable: readonly string[];
}

export interface SharedMemory {
  readonly blocks: readonly ArenaBlock[];
  /** The block that holds each value. */
  readonly blockOf: ReadonlyMap<string, string>;
}

interface Group {
  readonly name: string;
  readonly bytes: number;
  readonly first: number;
  last: number;
}

/**
 * @param sizes bytes of each value that lies in the arena; other names in steps are ignored
 * @param steps in the order in which they run
 */
export function shareMemory(sizes: ReadonlyMap<string, number>, steps: readonly MemoryStep[]): SharedMemory {
  const lastUse = new Map<string, number>();
  for (const [index, { reads, writes, scratch }] of steps.entries()) {
    for (const name of [...reads, ...writes, ...scratch]) lastUse.set(name, index);
  }
  const groups = new Map<string, Group>();
  for (const [index, step] of steps.entries()) {
    for (const name of step.writes) {
      const bytes = sizes.get(name);
      if (bytes === undefined || groups.has(name)) continue;
      const last = lastUse.get(name)!;
      const group = replaced(step, index, bytes, groups);
      if (group) group.last = Math.max(group.last, last);
      groups.set(name, group ?? { name, bytes, first: index, last });
    }
    for (const name of step.scratch) groups.set(name, { name, bytes: sizes.get(name)!, first: index, last: index });
  }
  return {
    blocks: [...new Set(groups.values())],
    blockOf: new Map([...groups].map(([name, group]) => [name, group.name])),
  };
}

/** The group whose place a new value of this step takes: it dies here, and nothing else that is read here lies in it. */
function replaced(
  { reads, replaceable }: MemoryStep,
  index: number,
  bytes: number,
  groups: ReadonlyMap<string, Group>,
): Group | undefined {
  const isFree = (group: Group) =>
    group.last === index &&
    group.bytes === bytes &&
    reads.every((read) => groups.get(read) !== group || replaceable.includes(read));
  return replaceable.map((name) => groups.get(name)).find((group) => group !== undefined && isFree(group));
}
