/** A file of tensors that cannot be read or written: names the file and what is wrong with it, and says what to do. */
export class CheckpointError extends Error {
  override readonly name = 'CheckpointError';
  readonly path: string;
  /** What the user can do about it. */
  readonly hint: string;
  /** Whether there is no such file, which may be no fault at all. */
  readonly isMissing: boolean;

  constructor(path: string, problem: string, hint: string, isMissing = false) {
    super(`${path}: ${problem}`);
    this.path = path;
    this.hint = hint;
    this.isMissing = isMissing;
  }
}
