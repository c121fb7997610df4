/** Scores of probes against templates, with the subjects on both sides: what intervals over subjects need. */
import { IdentityError } from '../identity-error.js';

/** One entry per comparison, all arrays of the same length. Genuine is where both sides are the same subject. */
export interface ComparisonSet {
  /** Similarities, larger is more alike. */
  readonly scores: ArrayLike<number>;
  /** Index of the template's subject, 0 … `subjects` − 1. */
  readonly templateSubjects: ArrayLike<number>;
  /** Index of the probe's subject, 0 … `subjects` − 1. */
  readonly probeSubjects: ArrayLike<number>;
  /** How many subjects there are. */
  readonly subjects: number;
}

/** Scores apart by kind. */
export interface ScoreSets {
  readonly genuine: Float64Array;
  readonly impostor: Float64Array;
}

/** Splits a set into genuine and impostor scores, each in the order of the set. */
export function splitScores({ scores, templateSubjects, probeSubjects }: ComparisonSet): ScoreSets {
  const genuine: number[] = [];
  const impostor: number[] = [];
  for (let i = 0; i < scores.length; i++) {
    (templateSubjects[i] === probeSubjects[i] ? genuine : impostor).push(scores[i]!);
  }
  return { genuine: Float64Array.from(genuine), impostor: Float64Array.from(impostor) };
}

/** @throws IdentityError when the arrays differ in length, a subject is out of range, or a score is NaN. */
export function requireComparisonSet({ scores, templateSubjects, probeSubjects, subjects }: ComparisonSet): void {
  if (templateSubjects.length !== scores.length || probeSubjects.length !== scores.length) {
    throw new IdentityError(
      `${scores.length} scores come with ${templateSubjects.length} template subjects and ${probeSubjects.length} probe subjects`,
      'Pass one subject on either side for every score.',
    );
  }
  for (let i = 0; i < scores.length; i++) {
    if (Number.isNaN(scores[i]!)) {
      throw new IdentityError(
        `score ${i} is NaN`,
        'Leave out comparisons that could not be made, and count them apart.',
      );
    }
    for (const subject of [templateSubjects[i]!, probeSubjects[i]!]) {
      if (!Number.isInteger(subject) || subject < 0 || subject >= subjects) {
        throw new IdentityError(
          `comparison ${i} names subject ${subject} of ${subjects}`,
          'Number the subjects from 0.',
        );
      }
    }
  }
}
