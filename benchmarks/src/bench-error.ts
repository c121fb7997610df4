/** Something that a benchmark needs is missing, or an argument is wrong. */
export class BenchError extends Error {
  override readonly name = 'BenchError';
  /** What the user can do about it. */
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}
