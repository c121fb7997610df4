/** Templates: what is kept of an enrolled person. No retraining: a template is a direction in the embedding space. */
import { meanDirection } from './embedding.js';
import { IdentityError } from './identity-error.js';

/** Answer of an identification that accepted nobody. No subject may bear this name. */
export const UNKNOWN = 'unknown';

/** Which model made an embedding. Templates of different models do not compare. */
export interface ModelReference {
  readonly name: string;
  /** SHA-256 of the model file, 64 hexadecimal digits in lower case. */
  readonly sha256: string;
}

export interface Template {
  /** Whose template it is: a person's key in the application. */
  readonly subject: string;
  /** `[D]`, norm 1. */
  readonly embedding: Float32Array;
  /** How many windows it was made of. */
  readonly count: number;
  readonly model: ModelReference;
  /** When it was made: ISO 8601, UTC. */
  readonly createdAt: string;
}

/** What `enrol` cannot know from the embeddings. */
export interface EnrolmentDetails {
  readonly subject: string;
  readonly model: ModelReference;
  readonly createdAt: Date;
}

/**
 * Makes a template: the mean of the normalised embeddings, normalised again.
 *
 * @param embeddings one `[D]` per enrolment window, at least one.
 * @throws IdentityError for unusable embeddings or a subject without a usable name.
 */
export function enrol(embeddings: readonly Float32Array[], details: EnrolmentDetails): Template {
  const { subject, model, createdAt } = details;
  if (subject === '' || subject === UNKNOWN) {
    throw new IdentityError(
      `"${subject}" cannot be the name of a subject`,
      `Give a name that is neither empty nor "${UNKNOWN}", the answer for strangers.`,
    );
  }
  if (Number.isNaN(createdAt.getTime())) {
    throw new IdentityError(`the template of "${subject}" has no valid time`, 'Pass the time of the enrolment.');
  }
  return {
    subject,
    embedding: meanDirection(embeddings, `enrolment embedding of "${subject}"`),
    count: embeddings.length,
    model: { name: model.name, sha256: model.sha256 },
    createdAt: createdAt.toISOString(),
  };
}
