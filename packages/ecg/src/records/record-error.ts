/** A recording that cannot be read: names the file and the field, and says what to do. */
export class RecordError extends Error {
  override readonly name = 'RecordError';
  /** Path of the file at fault. */
  readonly file: string;
  /** Field of the file at fault, in the words of its format. */
  readonly field: string;
  /** What the user can do about it. */
  readonly hint: string;

  constructor(file: string, field: string, problem: string, hint: string) {
    super(`${file}: ${field}: ${problem}`);
    this.file = file;
    this.field = field;
    this.hint = hint;
  }
}
