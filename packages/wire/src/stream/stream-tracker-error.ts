/** A stream tracker that was asked for the impossible. */
export class StreamTrackerError extends Error {
  override readonly name = 'StreamTrackerError';
  /** What the user can do about it. */
  readonly hint: string;

  constructor(problem: string, hint: string) {
    super(`stream tracker: ${problem}`);
    this.hint = hint;
  }
}
