/** A simulated watch that cannot be made, or cannot reach its broker. */
export class WatchError extends Error {
  override readonly name = 'WatchError';
  /** What the user can do about it. */
  readonly hint: string;

  constructor(problem: string, hint: string, cause?: unknown) {
    super(problem, { cause });
    this.hint = hint;
  }
}
