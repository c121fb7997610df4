/**
 * Beat-by-beat comparison as ANSI/AAMI EC57 has it: every reference beat pairs with at most one detected beat, the nearest
 * within the match window. Beats before `from` are a learning period, and episodes of ventricular flutter or fibrillation
 * are left out on both sides.
 */

/** A stretch of time left out of the comparison, in seconds, both ends included. */
export interface Episode {
  readonly from: number;
  readonly to: number;
}

export interface MatchOptions {
  /** Half width of the match window in seconds; 0.15 is the standard's. */
  readonly window: number;
  /** Beats before this time (s) are not counted; the standard leaves out the first 300. */
  readonly from: number;
  readonly excluded: readonly Episode[];
}

export interface BeatMatch {
  readonly truePositives: number;
  /** Times (s) of detected beats without a reference beat. */
  readonly falsePositives: readonly number[];
  /** Times (s) of reference beats without a detected beat. */
  readonly falseNegatives: readonly number[];
  /** Detected time minus reference time (s) of each pair, in order. */
  readonly offsets: readonly number[];
}

/**
 * @param reference times of the reference beats in seconds, ascending.
 * @param detected times of the detected beats in seconds, ascending.
 */
export function matchBeats(
  reference: readonly number[],
  detected: readonly number[],
  options: MatchOptions,
): BeatMatch {
  const falsePositives: number[] = [];
  const falseNegatives: number[] = [];
  const offsets: number[] = [];
  const counts = (time: number) =>
    time >= options.from && !options.excluded.some(({ from, to }) => time >= from && time <= to);
  const distance = (i: number, j: number) =>
    i < reference.length && j < detected.length ? Math.abs(reference[i] - detected[j]) : Number.POSITIVE_INFINITY;

  let i = 0;
  let j = 0;
  while (i < reference.length || j < detected.length) {
    const here = distance(i, j);
    const referenceLeads = j >= detected.length || (i < reference.length && reference[i] < detected[j]);
    if (here > options.window) {
      if (referenceLeads) {
        if (counts(reference[i])) falseNegatives.push(reference[i]);
        i++;
      } else {
        if (counts(detected[j])) falsePositives.push(detected[j]);
        j++;
      }
      continue;
    }
    // Both are within reach of each other. One of them may have a nearer partner, which is left alone if it has another.
    const nextPair = distance(i + 1, j + 1) <= options.window;
    if (distance(i, j + 1) < here && !nextPair) {
      if (counts(detected[j])) falsePositives.push(detected[j]);
      j++;
    } else if (distance(i + 1, j) < here && !nextPair) {
      if (counts(reference[i])) falseNegatives.push(reference[i]);
      i++;
    } else {
      if (counts(reference[i])) offsets.push(detected[j] - reference[i]);
      i++;
      j++;
    }
  }
  return { truePositives: offsets.length, falsePositives, falseNegatives, offsets };
}
