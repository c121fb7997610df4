/** A model that cannot be run on the windows it is meant for: names it and says what is missing. */
export class InferenceError extends Error {
  override readonly name = 'InferenceError';
  /** What the user can do about it. */
  readonly hint: string;

  constructor(problem: string, hint: string) {
    super(problem);
    this.hint = hint;
  }
}
