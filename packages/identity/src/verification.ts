/** Verification (one to one) and open-set identification (one to many) of probes against templates. */
import { meanDirection } from './embedding.js';
import { IdentityError } from './identity-error.js';
import { accepts, compare, type Threshold, toScore } from './metric.js';
import { type Template, UNKNOWN } from './template.js';

export interface Verification {
  readonly accepted: boolean;
  /** Similarity or distance, as the threshold's metric has it. */
  readonly value: number;
  /** How many windows the decision rests on. */
  readonly windows: number;
}

export interface RankedTemplate {
  readonly subject: string;
  readonly value: number;
}

export interface Identification {
  /** The best subject if the threshold accepts it, otherwise `UNKNOWN`. */
  readonly subject: string;
  /** All templates, most alike first; equal values keep the order of the gallery. Empty for an empty gallery. */
  readonly ranking: readonly RankedTemplate[];
  readonly windows: number;
}

/**
 * Is the wearer the one of the template? Several probes are pooled first (mean of the normalised embeddings, normalised
 * again), which decides better than the single windows.
 *
 * @param probes one `[D]` per window, at least one.
 * @throws IdentityError for unusable probes, or probes of another length than the template.
 */
export function verify(template: Template, probes: readonly Float32Array[], threshold: Threshold): Verification {
  requireThreshold(threshold);
  const value = compare(threshold.metric, template.embedding, meanDirection(probes, 'probe'));
  return { accepted: accepts(threshold, value), value, windows: probes.length };
}

/**
 * Who of the gallery is the wearer, or nobody? The best template answers if the threshold accepts it.
 *
 * @param gallery templates of one model, in any order; a subject may have several.
 * @param probes one `[D]` per window, at least one; pooled as in `verify`.
 * @throws IdentityError for unusable probes, other lengths than the templates', or a gallery that mixes models.
 */
export function identify(
  gallery: readonly Template[],
  probes: readonly Float32Array[],
  threshold: Threshold,
): Identification {
  requireThreshold(threshold);
  requireOneModel(gallery);
  const probe = meanDirection(probes, 'probe');
  const ranking = gallery.map(({ subject, embedding }) => ({
    subject,
    value: compare(threshold.metric, embedding, probe),
  }));
  ranking.sort((a, b) => toScore(threshold.metric, b.value) - toScore(threshold.metric, a.value));
  const [best] = ranking;
  const subject = best !== undefined && accepts(threshold, best.value) ? best.subject : UNKNOWN;
  return { subject, ranking, windows: probes.length };
}

function requireThreshold(threshold: Threshold): void {
  if (Number.isNaN(threshold.value)) {
    throw new IdentityError(
      'the threshold is not a number',
      'Take one from an evaluation, for a stated false-match rate.',
    );
  }
}

function requireOneModel(gallery: readonly Template[]): void {
  const [first] = gallery;
  const other = gallery.find(({ model }) => model.sha256 !== first!.model.sha256);
  if (first !== undefined && other !== undefined) {
    throw new IdentityError(
      `the gallery mixes models: "${first.subject}" was enrolled with ${label(first)}, "${other.subject}" with ${label(other)}`,
      'Enrol every subject again with the model in use.',
    );
  }
}

function label({ model }: Template): string {
  return `${model.name} (SHA-256 ${model.sha256.slice(0, 8)}…)`;
}
