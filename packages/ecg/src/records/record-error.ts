/** A recording that cannot be read: names the file and the field, and says what to do. */
export class RecordError extends Error {
  override readonly name = 'RecordError';

  constructor(
    /** Path of the file at fault. */
    readonly file: string,
    /** Field of the file at fault, in the words of its format. */
    readonly field: string,
    problem: string,
    /** What the user can do about it. */
    readonly hint: string,
  ) {
    super(`${file}: ${field}: ${problem}`);
  }
}
