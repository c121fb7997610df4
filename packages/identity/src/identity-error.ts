/** Embeddings, templates or scores that cannot be used: says which and why, and what to do. */
export class IdentityError extends Error {
  override readonly name = 'IdentityError';
  /** What the caller can do about it. */
  readonly hint: string;

  constructor(problem: string, hint: string) {
    super(problem);
    this.hint = hint;
  }
}
