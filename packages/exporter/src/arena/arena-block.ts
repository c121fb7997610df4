/** What is packed into an arena. */

/** A piece of memory and when it is in use. */
export interface ArenaBlock {
  readonly name: string;
  readonly bytes: number;
  /** First and last step that use it, both included. */
  readonly first: number;
  readonly last: number;
}

export function overlapInTime(a: ArenaBlock, b: ArenaBlock): boolean {
  return a.first <= b.last && b.first <= a.last;
}

export function alignUp(bytes: number, alignment: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}
