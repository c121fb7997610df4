/** What one target's signal path gave, summed over recordings. */
import { compareResults } from './compare-results.js';
import type { Result } from './results.js';

export interface BitTotals {
  /** `native`, or the name of a board. */
  readonly target: string;
  readonly beats: number;
  /** Beats that differ from packages/ecg's in place, time of report, RR interval or quality, are missing or too many. */
  readonly mismatches: number;
  /** Beats, windows and seconds of quality. */
  readonly results: number;
  readonly resultMismatches: number;
}

export const noTotals = (target: string): BitTotals => ({
  target,
  beats: 0,
  mismatches: 0,
  results: 0,
  resultMismatches: 0,
});

/** @returns the totals with one stream more, and its first difference in words. */
export function addStream(
  totals: BitTotals,
  norm: readonly Result[],
  other: readonly Result[],
): { totals: BitTotals; difference?: string } {
  const { beats, beatMismatches, results, mismatches, firstDifference } = compareResults(norm, other);
  return {
    totals: {
      target: totals.target,
      beats: totals.beats + beats,
      mismatches: totals.mismatches + beatMismatches,
      results: totals.results + results,
      resultMismatches: totals.resultMismatches + mismatches,
    },
    ...(firstDifference !== undefined && { difference: firstDifference }),
  };
}
