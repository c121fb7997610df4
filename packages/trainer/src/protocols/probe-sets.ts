/** Which windows make a template, and which make one probe. */

/**
 * So many of the items, spread evenly from the first to the last; all where there are no more.
 *
 * @param count at least 1.
 */
export function spreadEvenly<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, i) => items[Math.floor(((i + 0.5) * items.length) / count)]!);
}

/**
 * Deals items out like cards: as many sets as can be filled, each item in one of them at most, neighbours in different ones. So
 * every set reaches over the whole, and sets are as alike as can be.
 *
 * @param size of a set, at least 1.
 * @returns floor(items / size) sets; the last items, too few for one set more, are left.
 */
export function interleavedSets<T>(items: readonly T[], size: number): T[][] {
  const count = Math.floor(items.length / size);
  return Array.from({ length: count }, (_, set) => Array.from({ length: size }, (_, i) => items[set + i * count]!));
}
