/**
 * Whether probabilities mean what they say: of the answers that are given with 90 %, nine in ten should be right. Expected
 * calibration error (Naeini, Cooper and Hauskrecht, AAAI 2015), of the most probable class as Guo, Pleiss, Sun and Weinberger
 * have it ("On Calibration of Modern Neural Networks", ICML 2017).
 */
import { IdentityError } from '../identity-error.js';
import type { Rate } from './rate.js';
import { figureOverSubjects } from './subject-bootstrap.js';
import type { BootstrapOptions } from './verification-rates.js';

/** Bins of equal width from 0 to 1, each with its upper bound. */
export const CALIBRATION_BINS = 15;

/** The most probable class of a window. */
export interface ConfidentAnswer {
  /** Its probability, 0 … 1. */
  readonly confidence: number;
  readonly isRight: boolean;
}

/**
 * Mean over all answers of the distance between accuracy and mean confidence in the answer's bin.
 *
 * @returns 0 … 1; NaN for no answers.
 * @throws IdentityError for a confidence that is no probability.
 */
export function expectedCalibrationError(answers: readonly ConfidentAnswer[]): number {
  return errorOf([binned(answers)], [1]);
}

/**
 * The same with a 95 % percentile interval: subjects are drawn with replacement together with all of their answers.
 *
 * Distances have no sign, so that chance cannot cancel out in them: few answers give too high an error, and resamples of them a
 * higher one still. The interval is one for this number of answers, and includes the value.
 *
 * @param subjects answers of each; subjects without any do not count.
 * @returns value NaN and the interval 0 … 1 when nobody has an answer.
 * @throws IdentityError for a confidence that is no probability.
 */
export function calibrationErrorOverSubjects(
  subjects: readonly (readonly ConfidentAnswer[])[],
  options: BootstrapOptions,
): Rate {
  const answering = subjects.filter(({ length }) => length > 0).map(binned);
  if (answering.length === 0) return { value: Number.NaN, low: 0, high: 1 };
  return figureOverSubjects(answering.length, (multiplicity) => errorOf(answering, multiplicity), options);
}

interface BinnedAnswers {
  readonly count: number;
  /** Of each bin, right answers less the sum of the confidences. */
  readonly gaps: Float64Array;
}

function binned(answers: readonly ConfidentAnswer[]): BinnedAnswers {
  const gaps = new Float64Array(CALIBRATION_BINS);
  for (const { confidence, isRight } of answers) {
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IdentityError(`an answer has the confidence ${confidence}`, 'Give its probability, 0 to 1.');
    }
    gaps[Math.max(0, Math.ceil(confidence * CALIBRATION_BINS) - 1)]! += (isRight ? 1 : 0) - confidence;
  }
  return { count: answers.length, gaps };
}

/** @param multiplicity how often the answers of each subject count. */
function errorOf(subjects: readonly BinnedAnswers[], multiplicity: ArrayLike<number>): number {
  const gaps = new Float64Array(CALIBRATION_BINS);
  let count = 0;
  for (const [index, subject] of subjects.entries()) {
    const times = multiplicity[index]!;
    count += times * subject.count;
    for (let bin = 0; bin < CALIBRATION_BINS; bin++) gaps[bin]! += times * subject.gaps[bin]!;
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / count;
}
