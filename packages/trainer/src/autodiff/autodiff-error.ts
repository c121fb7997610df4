/** A graph that cannot be differentiated: names the node and says what to do about it. */
export class AutodiffError extends Error {
  override readonly name = 'AutodiffError';
  /** What the user can do about it. */
  readonly hint: string;

  constructor(where: string, problem: string, hint: string) {
    super(`${where}: ${problem}`);
    this.hint = hint;
  }
}
