/** Which persons of a data set take part. */

/** @returns so many neighbours on a list, which is taken as a ring, from a place on that a text tells. */
export function chooseBySeed<T>(list: readonly T[], count: number, seed: string): T[] {
  const number = [...seed].reduce((sum, character) => (31 * sum + character.charCodeAt(0)) >>> 0, 7);
  return Array.from({ length: count }, (_, i) => list[(number + i) % list.length]!);
}
