/** Sets the results of two signal paths side by side, to the bit. */
import type { Result } from './results.js';

export interface Comparison {
  /** Beats of the norm. */
  readonly beats: number;
  /** Beats that the other path has not, has otherwise, or has beyond them. */
  readonly beatMismatches: number;
  /** Results of every kind. */
  readonly results: number;
  readonly mismatches: number;
  /** The first difference, in words; undefined where there is none. */
  readonly firstDifference?: string;
}

const same = (a: Result | undefined, b: Result | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  a.kind === b.kind &&
  a.words.length === b.words.length &&
  Buffer.compare(bytesOf(a), bytesOf(b)) === 0;

const bytesOf = ({ words }: Result): Uint8Array => new Uint8Array(words.buffer, words.byteOffset, words.byteLength);

function describe(result: Result | undefined): string {
  return result ? `${result.kind} ${Array.from(result.words.subarray(0, 5)).join(' ')}` : 'nothing';
}

function countMismatches(norm: readonly Result[], other: readonly Result[]): number {
  let mismatches = 0;
  for (let i = 0; i < Math.max(norm.length, other.length); i++) if (!same(norm[i], other[i])) mismatches++;
  return mismatches;
}

/** @param norm what packages/ecg reports. @param other what the core reports of the same stream. */
export function compareResults(norm: readonly Result[], other: readonly Result[]): Comparison {
  const beatsOf = (results: readonly Result[]) => results.filter(({ kind }) => kind === 'beat');
  const first = Array.from({ length: Math.max(norm.length, other.length) }, (_, i) => i).find(
    (i) => !same(norm[i], other[i]),
  );
  return {
    beats: beatsOf(norm).length,
    beatMismatches: countMismatches(beatsOf(norm), beatsOf(other)),
    results: norm.length,
    mismatches: countMismatches(norm, other),
    ...(first !== undefined && {
      firstDifference: `result ${first}: ${describe(norm[first])} in TypeScript, ${describe(other[first])} in C`,
    }),
  };
}
