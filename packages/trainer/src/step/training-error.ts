/** Training that cannot go on: names what is at fault and says what to do about it. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError';
  /** What the user can do about it. */
  readonly hint: string;

  constructor(problem: string, hint: string) {
    super(problem);
    this.hint = hint;
  }
}
