/** Closed-set identification: ranks of the right template, and the cumulative match characteristic (ISO/IEC 19795-1). */
import { IdentityError } from '../identity-error.js';

/**
 * Rank of the right template for every probe: one plus the number of other templates that score at least as high. Ties count
 * against the model, so that one which calls everybody alike gets no credit.
 *
 * @param scores `[probes, templates]`, row by row; larger is more alike.
 * @param right for every probe the index of its subject's template, or −1 where there is none.
 * @param templates number of templates, at least 1.
 * @returns ranks 1 … `templates`; `templates` + 1 where the subject has no template.
 * @throws IdentityError when sizes do not fit or a score is NaN.
 */
export function matchRanks(scores: ArrayLike<number>, right: ArrayLike<number>, templates: number): Uint32Array {
  if (scores.length !== right.length * templates) {
    throw new IdentityError(
      `${scores.length} scores do not fill ${right.length} probes × ${templates} templates`,
      'Pass one score per probe and template, probe by probe.',
    );
  }
  return Uint32Array.from({ length: right.length }, (_, probe) => {
    const row = probe * templates;
    const index = right[probe]!;
    const own = index < 0 ? -Infinity : scores[row + index]!;
    let rank = 1;
    for (let template = 0; template < templates; template++) {
      const score = scores[row + template]!;
      if (Number.isNaN(score)) {
        throw new IdentityError(
          `the score of probe ${probe} against template ${template} is NaN`,
          'Leave out probes that could not be acquired, and count them apart.',
        );
      }
      if (template !== index && score >= own) rank++;
    }
    return rank;
  });
}

/**
 * Cumulative match characteristic: the share of probes whose right template is among the first k, for k = 1 … `templates`.
 * Element 0 is the rank-1 identification rate.
 */
export function cumulativeMatch(ranks: ArrayLike<number>, templates: number): Float64Array {
  if (ranks.length === 0) throw new IdentityError('no ranks', 'Identify at least one probe.');
  const curve = new Float64Array(templates);
  for (let i = 0; i < ranks.length; i++) if (ranks[i]! <= templates) curve[ranks[i]! - 1]!++;
  let sum = 0;
  for (let k = 0; k < templates; k++) {
    sum += curve[k]!;
    curve[k] = sum / ranks.length;
  }
  return curve;
}
