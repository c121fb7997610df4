/** A data set that is missing or not as published: names the folder or file, and says what to do. */
export class DataSetError extends Error {
  override readonly name = 'DataSetError';
  /** What the user can do about it. */
  readonly hint: string;

  constructor(problem: string, hint: string) {
    super(problem);
    this.hint = hint;
  }
}
